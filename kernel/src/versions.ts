/**
 * The versions that the kernel tells, from its own package.
 */
import { readFileSync } from 'node:fs'
import type { Versions } from './front/kernelInfo.js'

interface Manifest {
  readonly version: string
  readonly dependencies: { readonly typescript: string }
}

export function readVersions(): Versions {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest
  return {
    psilab: manifest.version,
    typescript: manifest.dependencies.typescript,
    runtime: `Node ${process.versions.node}`,
  }
}

/**
 * The checker's own files, read out of the packages that are installed; the built kernel has them in one file.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { condenseDocs } from './condenseDocs.js'
import { KERNEL, type OwnFiles, PACKAGES, STANDARD } from './ownFiles.js'

/** What the packages hold besides their manifests; the rest of a package is none of the checker's. */
const DECLARATIONS: Readonly<Record<string, RegExp>> = {
  // Not those for other versions of TypeScript.
  '@types/node': /^(?!ts\d).*\.d\.ts$/,
  'undici-types': /\.d\.ts$/,
  psilab: /^dist[\\/](?!page[\\/]).*\.d\.ts$/,
  'complex.js': /\.d\.ts$/,
  'decimal.js': /\.d\.ts$/,
  'fraction.js': /\.d\.m?ts$/,
}

/** Packages whose documentation is kept in short. */
const LENGTHY = new Set(['@types/node', 'undici-types'])

/** The library without a page. */
const STANDARD_FILES = /^lib\.(es|decorators).*\.d\.ts$/

export function gatherOwnFiles(): OwnFiles {
  const require = createRequire(import.meta.url)
  const files = new Map<string, string>()
  const add = (target: string, folder: string, wanted: RegExp, make = (text: string) => text) => {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!wanted.test(name) || /(^|[\\/])node_modules[\\/]/.test(name)) continue
      files.set(`${target}/${name.replaceAll('\\', '/')}`, make(readFileSync(join(folder, name), 'utf8')))
    }
  }
  add(STANDARD, dirname(require.resolve('typescript')), STANDARD_FILES)
  for (const [name, wanted] of Object.entries(DECLARATIONS)) {
    const folder = folderOf(name, require)
    files.set(`${PACKAGES}/${name}/package.json`, readFileSync(join(folder, 'package.json'), 'utf8'))
    add(`${PACKAGES}/${name}`, folder, wanted, LENGTHY.has(name) ? condenseDocs : undefined)
  }
  // The sources, or what the compiler made of them.
  const compiled = import.meta.url.endsWith('.js')
  add(KERNEL, fileURLToPath(new URL('..', import.meta.url)), compiled ? /\.d\.ts$/ : /\.ts$/)
  return files
}

/** Not every package lets its manifest be resolved. */
function folderOf(name: string, require: NodeJS.Require): string {
  const folders = require.resolve.paths(name)!.map((folder) => join(folder, name))
  return folders.find((folder) => existsSync(folder))!
}

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'

interface Package {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

type Packages = Readonly<Record<string, Package>>

const packagesOf = (lock: string): Packages =>
  (JSON.parse(readFileSync(at(lock), 'utf8')) as { packages: Packages }).packages

const packages = packagesOf('package-lock.json')
const hosts = packagesOf('test/hosts/package-lock.json')

/** Native parts come as one optional package a platform; npm writes those that it could resolve. */
const families = [packages, hosts].flatMap((all) =>
  Object.entries(all).flatMap(([name, { optionalDependencies }]) =>
    optionalDependencies ? [{ name, all, optional: Object.keys(optionalDependencies) }] : [],
  ),
)

describe('package-lock.json', () => {
  test.each(families)(
    '$name has all its optional packages, whatever the platform',
    ({ name, all, optional }) => {
      const missing = optional.filter(
        (one) => !(`node_modules/${one}` in all) && !(`${name}/node_modules/${one}` in all),
      )
      expect(missing).toEqual([])
    },
  )

  test('the families of the native tools are among them, for linux, darwin and win32', () => {
    for (const tool of [
      '@rspack/binding',
      '@biomejs/biome',
      'oxlint',
      'oxlint-tsgolint',
      'rolldown',
      'lightningcss',
    ]) {
      const bindings = Object.keys(packages[`node_modules/${tool}`]?.optionalDependencies ?? {}).join(' ')
      for (const platform of ['linux', 'darwin', 'win32']) expect(bindings, tool).toContain(platform)
    }
  })

  test('every package has its checksum and names no host', () => {
    const installed = Object.entries(packages).filter(
      ([name, { link }]) => name.includes('node_modules/') && !link,
    )
    expect(installed.filter(([, { integrity }]) => !integrity).map(([name]) => name)).toEqual([])
    expect(installed.filter(([, { resolved }]) => resolved).map(([name]) => name)).toEqual([])
  })

  test('install scripts: only those known to be dispensable', () => {
    // fontawesome prints a greeting; zeromq would compile where no ready-made addon fits, and one does.
    const known = ['node_modules/@fortawesome/fontawesome-free', 'node_modules/zeromq']
    const scripts = Object.keys(packages).filter((name) => packages[name]!.hasInstallScript)
    expect(scripts.filter((name) => !known.includes(name))).toEqual([])
  })

  test('tslab has the types of Node to itself, where alone it looks for them', () => {
    expect(hosts).toHaveProperty(['node_modules/tslab/node_modules/@types/node'])
    expect(hosts).not.toHaveProperty(['node_modules/@types/node'])
  })
})

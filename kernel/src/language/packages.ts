/**
 * What to do about an import that leads nowhere.
 */
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { nearest } from './nearest.js'

/** Read when it is asked for: what a snapshot holds is of another folder, and no loader of modules can be in it. */
const folderOfNotebook = (): string => process.cwd()
const builtins = (): readonly string[] => process.getBuiltinModule('node:module').builtinModules

/** What a specifier that cannot be resolved most likely lacks. */
export function packageHint(specifier: string): string[] {
  const [, scheme, rest] = /^(npm|jsr|https?):(?:\/\/)?(.*)$/.exec(specifier) ?? []
  if (scheme === 'npm') {
    const name = packageName(rest!)
    return [
      `Packages are installed beside the notebook, and imported by their name:\n${install(name, versioned(rest!))}\n  import … from '${withoutVersion(rest!)}'`,
    ]
  }
  if (scheme === 'jsr') {
    return [
      `Packages of JSR are installed beside the notebook, and imported by their name:\n  npx jsr add ${rest!.replace(/^\/+/, '')}\n  import … from '${withoutVersion(rest!)}'`,
    ]
  }
  if (scheme) {
    return [
      'Node imports no addresses. Install the package beside the notebook with npm, or fetch the text: await (await fetch(url)).text().',
    ]
  }
  if (/^(\.{0,2}\/|file:)/.test(specifier)) return fileHint(specifier)
  if (specifier.startsWith('node:') || builtins().includes(specifier)) {
    const known = nearest(specifier.replace(/^node:/, ''), builtins())
    return known ? [`Did you mean 'node:${known}'?`] : []
  }
  const name = packageName(specifier)
  const installed = findPackage(name)
  if (installed) {
    return name === specifier
      ? []
      : [
          `The package ${name} is installed (${installed}), but gives no '${specifier.slice(name.length + 1)}' away.`,
        ]
  }
  const builtin = nearest(specifier, builtins())
  return [
    ...(builtin ? [`Did you mean 'node:${builtin}'?`] : []),
    `Install it beside the notebook:\n${install(name, name)}`,
  ]
}

function install(name: string, what: string): string {
  return /^(@[\w.-]+\/)?[\w.-]+$/.test(name)
    ? `  cd ${folderOfNotebook()} && npm install ${what}`
    : '  npm install …'
}

/** `@scope/name` or `name`. */
function packageName(specifier: string): string {
  return /^(@[^/]+\/)?[^/@]+/.exec(specifier)?.[0] ?? specifier
}

function versioned(specifier: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
}

function withoutVersion(specifier: string): string {
  return specifier.replace(/^\/+/, '').replace(/^((?:@[^/]+\/)?[^/@]+)@[^/]+/, '$1')
}

/** The folder of an installed package, where Node would look. */
function findPackage(name: string): string | undefined {
  for (let folder = folderOfNotebook(); ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(place)) return place
    if (folder === dirname(folder)) return undefined
  }
}

function fileHint(specifier: string): string[] {
  const path = resolve(folderOfNotebook(), specifier.replace(/^file:(\/\/)?/, ''))
  const folder = dirname(path)
  try {
    const files = readdirSync(folder).filter((file) => /\.([mc]?[jt]s|json)$/.test(file))
    const stem = (file: string): string => file.replace(/\.\w+$/, '')
    const known = nearest(stem(basename(path)), files.map(stem))
    const file = known && files.find((one) => stem(one) === known)
    if (file) return [`Did you mean '${specifier.slice(0, specifier.lastIndexOf('/') + 1)}${file}'?`]
    return [`There is no such file in ${folder}.`]
  } catch {
    return [`There is no folder ${folder}.`]
  }
}

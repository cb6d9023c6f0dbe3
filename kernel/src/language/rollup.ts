/**
 * Declarations of many files as those of one.
 *
 * The checker asks for every file of its program at each change, and merges the global names of each into one scope:
 * the five hundred files of the standard library, of Node and of psilab cost each cell some milliseconds. Modules
 * become ambient modules with a name of their own.
 */
import { posix } from 'node:path'
import type { OwnFiles } from './ownFiles.js'

const { dirname, join } = posix

/** What the modules of a rollup are called by each other. */
const SCHEME = 'rollup:'

/** A module name of a rollup where it stands in a type that is shown. */
export const ROLLED_UP: RegExp = /(?:typeof )?import\("rollup:[^"]*"\)\.?/g

const RELATIVE = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.[^"'\n]*)\2/g

/** A default export; `default as name` is none. */
const DEFAULT = /\bexport default\b|\bexport\s*\{[^}]*\b(?:as default\b|default\b(?!\s+as\b))/

/** Whether a module is part of a rollup: it is found by its name, not as a file. */
export function isRolledUp(module: string): boolean {
  return module.startsWith(SCHEME)
}

/** The file of a module that passes on what its module in the rollup exports. */
export function passOn(own: OwnFiles, file: string): string {
  const module = JSON.stringify(SCHEME + file)
  const hasDefault = DEFAULT.test(own.get(file)!)
  return `export * from ${module}\n${hasDefault ? `export { default } from ${module}\n` : ''}`
}

/** One text made of several files. */
export interface Rollup {
  readonly text: string
  readonly files: ReadonlySet<string>
}

/** All modules that the files lead to by relative imports. */
export function rollUpModules(own: OwnFiles, files: readonly string[]): Rollup {
  const seen = new Set<string>()
  const read = (file: string): string[] => {
    if (seen.has(file)) return []
    seen.add(file)
    const inner: string[] = []
    const text = own.get(file)!.replace(RELATIVE, (whole, before: string, _, specifier: string) => {
      const target = declarationFile(own, join(dirname(file), specifier))
      if (target === undefined) return whole
      inner.push(target)
      return before + JSON.stringify(SCHEME + target)
    })
    return [...inner.flatMap(read), moduleOf(file, text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''))]
  }
  return { text: files.flatMap(read).join('\n'), files: seen }
}

/**
 * Files of global declarations and all that they refer to by path or as a standard library.
 *
 * @param apart Files that are left out.
 */
export function rollUpGlobals(
  own: OwnFiles,
  files: readonly string[],
  apart: ReadonlySet<string> = new Set(),
): Rollup {
  const seen = new Set<string>()
  const read = (file: string): string[] => {
    const whole = own.get(file)
    if (seen.has(file) || apart.has(file) || whole === undefined) return []
    seen.add(file)
    const inner: string[] = []
    const text = whole.replaceAll(
      /^\/\/\/ *<reference +(\w[\w-]*)="([^"]*)".*$/gm,
      (_, kind: string, name: string) => {
        if (kind === 'path') inner.push(join(dirname(file), name))
        if (kind === 'lib') inner.push(join(dirname(file), `lib.${name}.d.ts`))
        return ''
      },
    )
    return [...inner.flatMap(read), /^(?:import|export) /m.test(text) ? moduleOf(file, text) : text]
  }
  return { text: files.flatMap(read).join('\n'), files: seen }
}

function moduleOf(file: string, text: string): string {
  return `declare module ${JSON.stringify(SCHEME + file)} {\n${text}\n}`
}

/** The file of declarations behind a module's path. */
function declarationFile(own: OwnFiles, path: string): string | undefined {
  const [, stem = path, kind = ''] = /^(.*)\.([cm]?)js$/.exec(path) ?? []
  const candidates = [`${stem}.d.${kind}ts`, join(path, 'index.d.ts')]
  return candidates.find((one) => own.has(one))
}

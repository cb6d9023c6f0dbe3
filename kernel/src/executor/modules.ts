/**
 * Imports of cells: resolved from the notebook's folder, except `psilab`, which is the kernel's own.
 */
import { createRequire, register } from 'node:module'
import { join } from 'node:path'
import { constants, Script } from 'node:vm'
import { loadWhole } from './interrupt.js'
import * as tslab from './tslab.js'

export type Namespace = Record<string, unknown>

export interface ImportOptions {
  readonly with?: Record<string, string> | undefined
}

/** `import()` as a file of the notebook's folder would call it: a script that V8 evaluates cannot import. */
const importFromNotebook = new Script('(specifier, options) => import(specifier, options)', {
  filename: join(process.cwd(), 'notebook.mjs'),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (specifier: string, options?: ImportOptions) => Promise<Namespace>

let loading: Promise<Namespace> | undefined
let loaded: Namespace = {}

/** Loads the module `psilab` once: it takes megabytes that a session without it does not pay. */
export function loadLibrary(): Promise<Namespace> {
  loading ??= loadWhole(() => import(import.meta.resolve('psilab')) as Promise<Namespace>).then((library) => {
    loaded = library
    return library
  })
  return loading
}

/** The module `psilab` as it was loaded last. */
export function loadedLibrary(): Namespace {
  return loaded
}

let localModules = false

/** Makes the notebook's own TypeScript files importable; the loader costs some milliseconds, hence on demand. */
function allowLocalModules(): void {
  if (localModules) return
  localModules = true
  register('./localModules.js', import.meta.url)
  process.setSourceMapsEnabled(true)
}

/** The value of an import expression or of `import * as`. */
export async function importModule(specifier: unknown, options?: ImportOptions): Promise<Namespace> {
  const name = String(specifier)
  if (name === 'psilab') return loadLibrary()
  if (name === 'tslab') return tslab
  if (name.startsWith('psilab/')) return import(import.meta.resolve(name)) as Promise<Namespace>
  if (/^(\.{0,2}\/|file:)/.test(name)) allowLocalModules()
  if (options?.with || !name.endsWith('.json')) return withOwnDefault(await importFromNotebook(name, options))
  return importFromNotebook(name, { with: { type: 'json' } })
}

/**
 * A module that was compiled to CommonJS says so by `__esModule`, and has its default export under `default`, as its
 * types say; Node takes the whole of it for the default.
 */
function withOwnDefault(namespace: Namespace): Namespace {
  const whole = namespace.default as Namespace | null | undefined
  if (namespace.__esModule !== true || whole?.__esModule !== true || !('default' in whole)) return namespace
  return { ...namespace, default: whole.default }
}

/** `require` as the notebook's folder would have it, with the kernel's own modules for those names. */
export function notebookRequire(filename: string): NodeJS.Require {
  const theirs = createRequire(filename)
  const ours = createRequire(import.meta.url)
  const load = (name: string): unknown => {
    if (name === 'tslab') return tslab
    return name === 'psilab' || name.startsWith('psilab/') ? ours(name) : theirs(name)
  }
  return Object.assign(load, theirs)
}

/**
 * The named exports of a module, as an import declaration takes them.
 * @throws SyntaxError when the module lacks one, as ECMAScript has it.
 */
export async function importNames(
  specifier: string,
  names: readonly string[],
  options?: ImportOptions,
): Promise<Namespace> {
  const namespace = await importModule(specifier, options)
  const rest = names.filter((name) => !(name in namespace))
  if (rest.length === 0) return namespace
  // A CommonJS module whose names Node cannot read beforehand carries them on its default export.
  const whole = namespace.default
  const found = (name: string): boolean => typeof whole === 'object' && whole !== null && name in whole
  const missing = rest.find((name) => !found(name))
  if (missing !== undefined) {
    throw new SyntaxError(`The module '${specifier}' has no export '${missing}'; it has ${list(namespace)}.`)
  }
  return { ...namespace, ...Object.fromEntries(rest.map((name) => [name, (whole as Namespace)[name]])) }
}

function list(namespace: Namespace): string {
  const names = Object.keys(namespace)
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')
}

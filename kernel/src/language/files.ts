/**
 * The files that the type checker sees: real ones, and cells as modules in the notebook's folder.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type TS from 'typescript'
import { condenseJson } from './condenseJson.js'
import { type Manner, optionsOf } from './manner.js'
import { ownDeclarations } from './ownDeclarations.js'
import { isRolledUp } from './rollup.js'
import { ts } from './typescript.js'

const FOLDER = process.cwd().replaceAll('\\', '/')

/** The cell that is being checked or completed, as a file of either language. */
export const CURRENT = { ts: `${FOLDER}/__cell__.ts`, js: `${FOLDER}/__script__.js` } as const

export type CellLanguage = keyof typeof CURRENT

/** A module that holds on to what every cell may use. */
export const PRELUDE = `${FOLDER}/__prelude__.ts`

/** The module of a cell that has run. */
export function cellModule(run: number): string {
  return `./__cell_${run}__`
}

export function cellFile(run: number, language: CellLanguage): string {
  return `${FOLDER}/__cell_${run}__.${language}`
}

const resolve = createRequire(import.meta.url).resolve

const TYPE_ROOT = dirname(dirname(resolve('@types/node/package.json'))).replaceAll('\\', '/')

const MANIFEST = resolve('psilab/package.json')

/** The folder of the library. */
export const LIBRARY = dirname(MANIFEST).replaceAll('\\', '/')

export const OPTIONS: TS.CompilerOptions = {
  target: runtimeTarget(),
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  typeRoots: [TYPE_ROOT],
  paths: ownPackages(),
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  esModuleInterop: true,
  skipLibCheck: true,
  sourceMap: true,
  removeComments: true,
  // Strict, but for what an exploring user leaves out without being wrong.
  strict: true,
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
}

/** The folder of the standard library. */
const STANDARD = dirname(ts.getDefaultLibFilePath(OPTIONS)).replaceAll('\\', '/')

/** The standard library as one file. */
const STANDARD_FILE = `${STANDARD}/lib.rollup.d.ts`

/** The kernel's own modules as one file. */
const MODULE_FILE = `${LIBRARY}/rollup.d.ts`

/** The module of the kernel's own names. */
export const CELL_MODULE: string = fileURLToPath(new URL('../executor/cell.js', import.meta.url)).replaceAll(
  '\\',
  '/',
)

const resolveFromNode = createRequire(join(TYPE_ROOT, 'node/package.json')).resolve

const OWN = ownDeclarations(
  {
    standard: [`lib.${runtimeLibrary()}.d.ts`, 'lib.esnext.disposable.d.ts'].map(
      (file) => `${STANDARD}/${file}`,
    ),
    node: `${TYPE_ROOT}/node/index.d.ts`,
    modules: [
      ...Object.values(OPTIONS.paths!).flat(),
      CELL_MODULE.replace(/\.js$/, '.d.ts'),
      join(dirname(resolveFromNode('undici-types/package.json')), 'index.d.ts'),
    ]
      .map((file) => file.replaceAll('\\', '/'))
      // Run from its sources, the kernel has no declarations of its own: there the sources serve.
      .filter(ts.sys.fileExists),
  },
  STANDARD_FILE,
  MODULE_FILE,
)

/** Packages that are the kernel's own, whatever the notebook's folder has. */
function ownPackages(): Record<string, string[]> {
  const { exports } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest
  const paths: Record<string, string[]> = {
    tslab: [fileURLToPath(new URL('../executor/tslab.d.ts', import.meta.url))],
  }
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'object') paths[join('psilab', subpath)] = [join(LIBRARY, target.types)]
  }
  return paths
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
}

/** The newest syntax that this Node has; TypeScript rewrites what is younger. */
function runtimeTarget(): TS.ScriptTarget {
  return Number(process.versions.node.split('.')[0]) >= 24 ? ts.ScriptTarget.ES2025 : ts.ScriptTarget.ES2024
}

/** The newest standard library that this Node has. */
function runtimeLibrary(): string {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return 'es2025'
  return major >= 22 ? 'es2024' : 'es2023'
}

export class Files implements TS.LanguageServiceHost {
  readonly #cells = new Map<string, { text: string; version: number }>()
  /** The checker asks for every file, and the manifest of its package, at every change. */
  readonly #manifests = new Map<string, string>()
  readonly #snapshots = new Map<string, { version: string; snapshot: TS.IScriptSnapshot }>()
  readonly #resolutions = ts.createModuleResolutionCache(FOLDER, (name) => name, OPTIONS)
  #versions = 0
  #manner: Manner = 'strict'
  #options = OPTIONS

  constructor(prelude: string) {
    this.set(PRELUDE, prelude)
    for (const current of Object.values(CURRENT)) this.set(current, 'export {}')
  }

  get manner(): Manner {
    return this.#manner
  }

  set manner(manner: Manner) {
    if (manner === this.#manner) return
    this.#manner = manner
    this.#options = optionsOf(manner, OPTIONS, `${FOLDER}/__out__`)
    this.#versions++
  }

  /** Makes or replaces a cell's module. */
  set(file: string, text: string): void {
    if (this.#cells.get(file)?.text !== text) this.#cells.set(file, { text, version: ++this.#versions })
  }

  /** Removes the modules of all cells that have run. */
  clear(): void {
    const kept = new Set<string>([PRELUDE, ...Object.values(CURRENT)])
    for (const file of this.#cells.keys()) if (!kept.has(file)) this.#cells.delete(file)
    this.manner = 'strict'
  }

  getCompilationSettings = (): TS.CompilerOptions => this.#options
  // The roots do not change from cell to cell, so that the checker can keep what it has resolved.
  getScriptFileNames = (): string[] => [
    MODULE_FILE,
    PRELUDE,
    CURRENT.ts,
    ...(this.#manner === 'jslab' ? [CURRENT.js] : []),
  ]
  getProjectVersion = (): string => String(this.#versions)
  getCurrentDirectory = (): string => FOLDER
  getDefaultLibFileName = (): string => STANDARD_FILE
  fileExists = (file: string): boolean => this.#cells.has(file) || OWN.has(file) || ts.sys.fileExists(file)
  readFile = (file: string): string | undefined => {
    const text =
      this.#cells.get(file)?.text ?? OWN.get(file) ?? this.#manifests.get(file) ?? ts.sys.readFile(file)
    if (text !== undefined && file.endsWith('/package.json')) this.#manifests.set(file, text)
    return text
  }
  directoryExists = ts.sys.directoryExists
  getDirectories = ts.sys.getDirectories
  readDirectory = ts.sys.readDirectory
  realpath = (file: string): string =>
    this.#cells.has(file) || OWN.has(file) ? file : (ts.sys.realpath?.(file) ?? file)
  useCaseSensitiveFileNames = (): boolean => ts.sys.useCaseSensitiveFileNames

  resolveModuleNameLiterals: NonNullable<TS.LanguageServiceHost['resolveModuleNameLiterals']> = (
    literals,
    containing,
    redirected,
    options,
    source,
  ) =>
    literals.map((literal) => {
      if (isRolledUp(literal.text)) return { resolvedModule: undefined }
      const mode = ts.getModeForUsageLocation(source, literal, options)
      return ts.resolveModuleName(
        literal.text,
        containing,
        options,
        this,
        this.#resolutions,
        redirected,
        mode,
      )
    })

  getScriptVersion = (file: string): string => {
    const cell = this.#cells.get(file)
    if (cell) return String(cell.version)
    if (OWN.has(file)) return ''
    // Packages do not change under a running kernel; the notebook's own files do.
    const own = file.startsWith(`${FOLDER}/`) && !file.includes('/node_modules/')
    return own ? String(ts.sys.getModifiedTime?.(file)?.getTime() ?? '') : ''
  }

  getScriptSnapshot = (file: string): TS.IScriptSnapshot | undefined => {
    const version = this.getScriptVersion(file)
    const known = this.#snapshots.get(file)
    if (known?.version === version) return known.snapshot
    const text = this.readFile(file)
    if (text === undefined) return undefined
    const snapshot = ts.ScriptSnapshot.fromString(file.endsWith('.json') ? condenseJson(text) : text)
    this.#snapshots.set(file, { version, snapshot })
    return snapshot
  }
}

/**
 * The files that the type checker sees: those it brings along, those of the machine, and cells as modules.
 */
import { posix } from 'node:path'
import type TS from 'typescript'
import { condenseJson } from './condenseJson.js'
import { type Manner, optionsOf } from './manner.js'
import { ownDeclarations } from './ownDeclarations.js'
import { KERNEL, OWN, type OwnFiles, PACKAGES, STANDARD } from './ownFiles.js'
import { RARE_MODULES, rareFilesOf } from './rareModules.js'
import { isRolledUp } from './rollup.js'
import { ts } from './typescript.js'

/** The folder of the cells, on no machine: what they import is looked for from the notebook's folder. */
const CELLS = '/~cells'

/** The cell that is being checked or completed, as a file of either language. */
export const CURRENT = { ts: `${CELLS}/__cell__.ts`, js: `${CELLS}/__script__.js` } as const

export type CellLanguage = keyof typeof CURRENT

/** A module that holds on to what every cell may use. */
export const PRELUDE: string = `${CELLS}/__prelude__.ts`

/** The module of a cell that has run. */
export function cellModule(run: number): string {
  return `./__cell_${run}__`
}

export function cellFile(run: number, language: CellLanguage): string {
  return `${CELLS}/__cell_${run}__.${language}`
}

/** The folder of the library. */
export const LIBRARY: string = `${PACKAGES}/psilab`

/** The module of the kernel's own names. */
export const CELL_MODULE: string = `${KERNEL}/executor/cell.js`

/** The standard library as one file. */
const STANDARD_FILE = `${STANDARD}/lib.rollup.d.ts`

/** The kernel's own modules as one file. */
const MODULE_FILE = `${LIBRARY}/rollup.d.ts`

function notebookFolder(): string {
  return process.cwd().replaceAll('\\', '/')
}

function compilerOptions(own: OwnFiles): TS.CompilerOptions {
  return {
    target: runtimeTarget(),
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: ['node'],
    typeRoots: [`${PACKAGES}/@types`],
    paths: ownPackages(own),
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    skipLibCheck: true,
    sourceMap: true,
    removeComments: true,
    // Strict, but for what an exploring user leaves out without being wrong. That a type is left out is no error (see
    // `isLeftOut`), but is known: what begins as [] or null then has the type of what comes into it.
    strict: true,
    useUnknownInCatchVariables: false,
  }
}

/** Packages that are the kernel's own, whatever the notebook's folder has. */
function ownPackages(own: OwnFiles): Record<string, string[]> {
  const { exports } = JSON.parse(own.get(`${LIBRARY}/package.json`)!) as Manifest
  const paths: Record<string, string[]> = { tslab: [`${KERNEL}/executor/tslab.d.ts`] }
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'object') paths[posix.join('psilab', subpath)] = [posix.join(LIBRARY, target.types)]
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

/** The files that every cell sees, rolled up. */
function inFewFiles(own: OwnFiles, { paths }: TS.CompilerOptions): OwnFiles {
  return ownDeclarations(
    own,
    {
      standard: [`lib.${runtimeLibrary()}.d.ts`, 'lib.esnext.disposable.d.ts'].map(
        (file) => `${STANDARD}/${file}`,
      ),
      node: `${PACKAGES}/@types/node/index.d.ts`,
      apart: new Set(RARE_MODULES.values()),
      modules: [
        ...Object.values(paths!).flat(),
        CELL_MODULE.replace(/\.js$/, '.d.ts'),
        `${PACKAGES}/undici-types/index.d.ts`,
      ],
    },
    STANDARD_FILE,
    MODULE_FILE,
  )
}

export class Files implements TS.LanguageServiceHost {
  readonly #own: OwnFiles
  readonly #ownFolders: ReadonlySet<string>
  readonly #strict: TS.CompilerOptions
  #options: TS.CompilerOptions
  readonly #cells = new Map<string, { text: string; version: number }>()
  /** The checker asks for every file, and the manifest of its package, at every change. */
  readonly #manifests = new Map<string, string>()
  readonly #snapshots = new Map<string, { version: string; snapshot: TS.IScriptSnapshot }>()
  readonly #resolutions: TS.ModuleResolutionCache
  /** Files of rare modules that have been asked for; they stay, so that the roots seldom change. */
  readonly #rare = new Set<string>()
  #versions = 0
  #manner: Manner = 'strict'

  constructor(own: OwnFiles, prelude: string) {
    this.#strict = compilerOptions(own)
    this.#options = this.#strict
    this.#own = inFewFiles(own, this.#strict)
    this.#ownFolders = new Set([...this.#own.keys()].flatMap(foldersAbove))
    this.#resolutions = ts.createModuleResolutionCache(CELLS, (name) => name, this.#strict)
    this.set(PRELUDE, prelude)
    for (const current of Object.values(CURRENT)) this.set(current, 'export {}')
  }

  get manner(): Manner {
    return this.#manner
  }

  set manner(manner: Manner) {
    if (manner === this.#manner) return
    this.#manner = manner
    this.#options = optionsOf(manner, this.#strict, `${CELLS}/__out__`)
    this.#versions++
  }

  /** Makes or replaces a cell's module. */
  set(file: string, text: string): void {
    if (this.#cells.get(file)?.text === text) return
    this.#cells.set(file, { text, version: ++this.#versions })
    for (const rare of rareFilesOf(text)) this.#rare.add(rare)
  }

  /** Removes the modules of all cells that have run. */
  clear(): void {
    const kept = new Set<string>([PRELUDE, ...Object.values(CURRENT)])
    for (const file of this.#cells.keys()) if (!kept.has(file)) this.#cells.delete(file)
    this.manner = 'strict'
  }

  getCompilationSettings = (): TS.CompilerOptions => this.#options
  // The roots seldom change from cell to cell, so that the checker can keep what it has resolved.
  getScriptFileNames = (): string[] => [
    MODULE_FILE,
    PRELUDE,
    CURRENT.ts,
    ...(this.#manner === 'jslab' ? [CURRENT.js] : []),
    ...this.#rare,
  ]
  getProjectVersion = (): string => String(this.#versions)
  getCurrentDirectory = (): string => CELLS
  getDefaultLibFileName = (): string => STANDARD_FILE
  fileExists = (file: string): boolean => {
    if (isOfMachine(file)) return ts.sys.fileExists(file)
    if (isManifest(file)) return ofMachine(file).some(ts.sys.fileExists)
    return this.#cells.has(file) || this.#own.has(file)
  }
  readFile = (file: string): string | undefined => {
    if (isManifest(file)) {
      const found = ofMachine(file).find(ts.sys.fileExists)
      return found && this.readFile(found)
    }
    if (!isOfMachine(file)) return this.#cells.get(file)?.text ?? this.#own.get(file)
    const text = this.#manifests.get(file) ?? ts.sys.readFile(file)
    if (text !== undefined && file.endsWith('/package.json')) this.#manifests.set(file, text)
    return text
  }
  directoryExists = (folder: string): boolean =>
    folder.startsWith(OWN) ? this.#ownFolders.has(folder) : ofMachine(folder).some(ts.sys.directoryExists)
  getDirectories = (folder: string): string[] =>
    ofMachine(folder).filter(ts.sys.directoryExists).flatMap(ts.sys.getDirectories)
  readDirectory: typeof ts.sys.readDirectory = (folder, ...rest) =>
    ofMachine(folder).flatMap((one) => ts.sys.readDirectory(one, ...rest))
  realpath = (file: string): string => (isOfMachine(file) ? (ts.sys.realpath?.(file) ?? file) : file)
  useCaseSensitiveFileNames = (): boolean => ts.sys.useCaseSensitiveFileNames

  getScriptVersion = (file: string): string => {
    if (!isOfMachine(file)) return String(this.#cells.get(file)?.version ?? '')
    // Packages do not change under a running kernel; the notebook's own files do.
    const changes = file.startsWith(`${notebookFolder()}/`) && !file.includes('/node_modules/')
    return changes ? String(ts.sys.getModifiedTime?.(file)?.getTime() ?? '') : ''
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

  /** What a cell imports is another cell, or lies where the notebook's folder has it. */
  resolveModuleNameLiterals = (
    literals: readonly TS.StringLiteralLike[],
    containing: string,
    redirected: TS.ResolvedProjectReference | undefined,
    options: TS.CompilerOptions,
    file: TS.SourceFile,
  ): TS.ResolvedModuleWithFailedLookupLocations[] =>
    literals.map((literal) => {
      const name = literal.text
      if (isRolledUp(name)) return { resolvedModule: undefined }
      const rare = isOfMachine(containing) ? RARE_MODULES.get(name) : undefined
      if (rare) {
        this.#rare.add(rare)
        return { resolvedModule: { resolvedFileName: rare, extension: ts.Extension.Dts } }
      }
      const inCell = containing.startsWith(CELLS)
      for (const extension of inCell ? [ts.Extension.Ts, ts.Extension.Js] : []) {
        const resolvedFileName = `${CELLS}/${name.slice(2)}${extension}`
        if (this.#cells.has(resolvedFileName)) return { resolvedModule: { resolvedFileName, extension } }
      }
      const from = inCell ? `${notebookFolder()}/notebook.ts` : containing
      const mode = ts.getModeForUsageLocation(file, literal, options)
      return ts.resolveModuleName(name, from, options, this, this.#resolutions, redirected, mode)
    })
}

/** Whether a path is one of the machine's files. */
function isOfMachine(path: string): boolean {
  return !path.startsWith(CELLS) && !path.startsWith(OWN)
}

/** Whether a path is the manifest of a package of the notebook, which tells what may be imported of it. */
function isManifest(path: string): boolean {
  return path.startsWith(`${CELLS}/node_modules/`) && path.endsWith('/package.json')
}

/** Where on the machine lies what a cell's path names; of packages, all places where Node would look. */
function ofMachine(path: string): string[] {
  if (!path.startsWith(CELLS)) return [path]
  const inner = path.slice(CELLS.length)
  const folder = notebookFolder()
  if (!inner.startsWith('/node_modules')) return [folder + inner]
  const parts = folder.split('/')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/') + inner)
}

/** `/a` and `/a/b` of `/a/b/c`. */
function foldersAbove(path: string): string[] {
  const names = path.split('/')
  return names.slice(2).map((_, i) => names.slice(0, i + 2).join('/'))
}

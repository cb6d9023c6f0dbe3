/**
 * The files that the type checker sees: real ones, and cells as modules in the notebook's folder.
 */
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const FOLDER = process.cwd().replaceAll('\\', '/')

/** The cell that is being checked or completed. */
export const CURRENT = `${FOLDER}/__cell__.ts`

/** A module that holds on to what every cell may use. */
export const PRELUDE = `${FOLDER}/__prelude__.ts`

/** The module of a cell that has run. */
export function cellModule(run: number): string {
  return `./__cell_${run}__`
}

export function cellFile(run: number): string {
  return `${FOLDER}/__cell_${run}__.ts`
}

/** From here `psilab` is resolved, whatever the notebook's folder has. */
const OWN_FILE = fileURLToPath(import.meta.url)

const TYPE_ROOT = dirname(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))

export const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: [`lib.${runtimeLibrary()}.d.ts`, 'lib.esnext.disposable.d.ts'],
  types: ['node'],
  typeRoots: [TYPE_ROOT],
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

/** The newest standard library that this Node has. */
function runtimeLibrary(): string {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return 'es2025'
  return major >= 22 ? 'es2024' : 'es2023'
}

export class Files implements ts.LanguageServiceHost {
  readonly #cells = new Map<string, { text: string; version: number }>()
  #versions = 0

  constructor(prelude: string) {
    this.set(PRELUDE, prelude)
    this.set(CURRENT, 'export {}')
  }

  /** Makes or replaces a cell's module. */
  set(file: string, text: string): void {
    if (this.#cells.get(file)?.text !== text) this.#cells.set(file, { text, version: ++this.#versions })
  }

  /** Removes the modules of all cells that have run. */
  clear(): void {
    for (const file of this.#cells.keys()) if (file !== PRELUDE && file !== CURRENT) this.#cells.delete(file)
  }

  getCompilationSettings = (): ts.CompilerOptions => OPTIONS
  // The roots never change, so that the checker can keep what it has resolved.
  getScriptFileNames = (): string[] => [PRELUDE, CURRENT]
  getProjectVersion = (): string => String(this.#versions)
  getCurrentDirectory = (): string => FOLDER
  getDefaultLibFileName = ts.getDefaultLibFilePath
  fileExists = (file: string): boolean => this.#cells.has(file) || ts.sys.fileExists(file)
  readFile = (file: string): string | undefined => this.#cells.get(file)?.text ?? ts.sys.readFile(file)
  directoryExists = ts.sys.directoryExists
  getDirectories = ts.sys.getDirectories
  readDirectory = ts.sys.readDirectory
  realpath = (file: string): string => (this.#cells.has(file) ? file : (ts.sys.realpath?.(file) ?? file))
  useCaseSensitiveFileNames = (): boolean => ts.sys.useCaseSensitiveFileNames

  getScriptVersion = (file: string): string => {
    const cell = this.#cells.get(file)
    if (cell) return String(cell.version)
    // Packages do not change under a running kernel; the notebook's own files do.
    return file.includes('/node_modules/') ? '' : String(ts.sys.getModifiedTime?.(file)?.getTime() ?? '')
  }

  getScriptSnapshot = (file: string): ts.IScriptSnapshot | undefined => {
    const text = this.readFile(file)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  }

  resolveModuleNameLiterals = (
    literals: readonly ts.StringLiteralLike[],
    containingFile: string,
    redirected: ts.ResolvedProjectReference | undefined,
    options: ts.CompilerOptions,
  ): readonly ts.ResolvedModuleWithFailedLookupLocations[] =>
    literals.map(({ text }) => {
      const own = text === 'psilab' || text.startsWith('psilab/')
      if (text === 'tslab') return resolved(join(dirname(OWN_FILE), '../executor/tslab.d.ts'))
      return ts.resolveModuleName(text, own ? OWN_FILE : containingFile, options, this, undefined, redirected)
    })
}

function resolved(file: string): ts.ResolvedModuleWithFailedLookupLocations {
  const resolvedFileName = file.replaceAll('\\', '/')
  return { resolvedModule: { resolvedFileName, extension: ts.Extension.Dts } }
}

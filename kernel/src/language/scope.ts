/**
 * Which names a cell sees, and how they are brought into its module.
 *
 * What a cell takes from elsewhere is written behind its text, where no position of the text moves. Variables become
 * declarations of the same type, so that assignments are checked; all else is imported.
 */
import { fileURLToPath } from 'node:url'
import type TS from 'typescript'
import {
  type Declarations,
  declarationsOf,
  exportedNames,
  identifiersOf,
  isAugmentation,
  type NameKind,
  parse,
} from './declarations.js'
import { cellModule } from './files.js'

/** The module of the kernel's own names. */
export const CELL_MODULE = fileURLToPath(new URL('../executor/cell.js', import.meta.url)).replaceAll(
  '\\',
  '/',
)

/** A module whose names all cells see. */
export interface PreludeModule {
  readonly specifier: string
  /** Kinds by name, as completion shows them. */
  readonly names: ReadonlyMap<string, NameKind>
}

export interface ScopeEntry {
  readonly run: number
  readonly kind: NameKind
  readonly position: number
}

/** A cell's module: its text with its surroundings behind. */
export interface CellText {
  readonly file: TS.SourceFile
  readonly code: string
  readonly text: string
  readonly declared: Declarations
  /** Names that come from `psilab` without an import line. */
  readonly fromLibrary: readonly string[]
}

export class Scope {
  readonly #entries = new Map<string, ScopeEntry>()
  /** Cells that every later cell imports, for what they add to the global scope or to a module. */
  readonly #augmenting = new Set<number>()
  #preludes: readonly PreludeModule[] = []

  /** Names of the first module hide those of the next. */
  setPreludes(preludes: readonly PreludeModule[]): void {
    this.#preludes = preludes
  }

  get preludes(): readonly PreludeModule[] {
    return this.#preludes
  }

  get entries(): ReadonlyMap<string, ScopeEntry> {
    return this.#entries
  }

  add(run: number, { file, declared }: CellText): void {
    if (file.statements.some(isAugmentation)) this.#augmenting.add(run)
    for (const [name, { kind, position }] of declared) this.#entries.set(name, { run, kind, position })
  }

  clear(): void {
    this.#entries.clear()
    this.#augmenting.clear()
  }

  /** The module text of a cell in this scope. */
  surround(code: string): CellText {
    const file = parse(code)
    const declared = declarationsOf(file)
    const lines = [...this.#augmenting].map((run) => `import ${JSON.stringify(cellModule(run))};`)
    const fromLibrary: string[] = []
    for (const name of identifiersOf(file)) {
      if (declared.has(name)) continue
      const entry = this.#entries.get(name)
      if (entry) {
        lines.push(bring(name, entry))
        continue
      }
      const prelude = this.#preludes.find(({ names }) => names.has(name))
      if (!prelude) continue
      lines.push(`import { ${name} } from ${JSON.stringify(prelude.specifier)};`)
      if (prelude.specifier === 'psilab' && prelude.names.get(name) !== 'type') fromLibrary.push(name)
    }
    const exported = exportedNames(file)
    const exports = [...declared.keys()].filter((name) => !exported.has(name))
    lines.push(`export { ${exports.join(', ')} };`)
    // The semicolon ends what the cell leaves unfinished: `a.` would else have `import` as its member.
    return { file, code, text: `${code}\n;${lines.join('\n')}`, declared, fromLibrary }
  }
}

function bring(name: string, { run, kind }: ScopeEntry): string {
  const module = JSON.stringify(cellModule(run))
  if (kind !== 'let' && kind !== 'const') return `import { ${name} } from ${module};`
  return `declare ${kind} ${name}: typeof import(${module}).${name};`
}

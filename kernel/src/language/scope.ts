/**
 * Which names a cell sees, and how they are brought into its module.
 *
 * What a cell takes from elsewhere is written behind its text, where no position of the text moves. Variables become
 * declarations of the same type, so that assignments are checked; all else is imported.
 */
import {
  type Declarations,
  declarationsOf,
  exportedNames,
  identifiersOf,
  isAugmentation,
  type NameKind,
} from './declarations.js'
import { type CellLanguage, cellFile, cellModule } from './files.js'
import { type ReadCell, readCell } from './readCell.js'

/** A module whose names all cells see. */
export interface PreludeModule {
  readonly specifier: string
  /** Kinds by name, as completion shows them. */
  readonly names: ReadonlyMap<string, NameKind>
}

export interface ScopeEntry {
  readonly run: number
  /** Execution count of the cell. */
  readonly count: number
  /** The file of its cell. */
  readonly file: string
  readonly kind: NameKind
  readonly position: number
}

/** A cell's module: its text with its surroundings behind. */
export interface CellText extends ReadCell {
  readonly language: CellLanguage
  readonly text: string
  readonly declared: Declarations
  /** Names that come from `psilab` without an import line. */
  readonly fromLibrary: readonly string[]
}

export class Scope {
  readonly #entries = new Map<string, ScopeEntry>()
  /** Cells that every later cell imports, for what they add to the global scope or to a module. */
  readonly #augmenting = new Set<number>()
  /** Names that a failed cell would have declared, and its count. */
  readonly #unset = new Map<string, number>()
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

  get unset(): ReadonlyMap<string, number> {
    return this.#unset
  }

  /** Every name that a cell may use without declaring it. */
  names(): string[] {
    return [...this.#entries.keys(), ...this.#preludes.flatMap(({ names }) => [...names.keys()])]
  }

  /**
   * Takes the names of a cell up.
   *
   * @param reached Offset of the statement in which it failed. What that one and later ones declare has not come to
   *   be: there a name keeps what it meant before. Functions and types are there from the start.
   */
  add(
    { run, count }: { run: number; count: number },
    { language, file, declared, toTyped }: CellText,
    reached?: number,
  ): void {
    if (file.statements.some(isAugmentation)) this.#augmenting.add(run)
    for (const [name, { kind, position }] of declared) {
      const failed = reached !== undefined && toTyped(position) >= reached
      if (failed && kind !== 'function' && kind !== 'type') {
        if (!this.#entries.has(name)) this.#unset.set(name, count)
        continue
      }
      this.#entries.set(name, { run, count, file: cellFile(run, language), kind, position })
      this.#unset.delete(name)
    }
  }

  clear(): void {
    this.#entries.clear()
    this.#augmenting.clear()
    this.#unset.clear()
  }

  /** The module text of a cell in this scope. */
  surround(typed: string, language: CellLanguage = 'ts'): CellText {
    const cell = readCell(typed)
    const { file, code } = cell
    const declared = declarationsOf(file)
    const lines = [...this.#augmenting].map((run) => `import ${JSON.stringify(cellModule(run))};`)
    const fromLibrary: string[] = []
    const listed = cell.helpers.some(({ name }) => name === '%who') ? this.#entries.keys() : []
    for (const name of new Set([...identifiersOf(file), ...listed])) {
      if (declared.has(name)) continue
      const entry = this.#entries.get(name)
      if (entry) {
        lines.push(bring(name, entry, language))
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
    // The semicolon ends what the cell leaves unfinished: `a.` would else have `import` as its member. A comment that
    // follows it on its line would be taken for its own.
    const text = [code, ';', ...lines].join('\n')
    return { ...cell, language, text, declared, fromLibrary }
  }
}

function bring(name: string, { run, kind }: ScopeEntry, language: CellLanguage): string {
  const module = JSON.stringify(cellModule(run))
  const imported = language === 'js' ? kind !== 'let' : kind !== 'let' && kind !== 'const'
  if (imported) return `import { ${name} } from ${module};`
  const type = `typeof import(${module}).${name}`
  if (language === 'ts') return `declare ${kind} ${name}: ${type};`
  // Only a `var` may be used before its place.
  return `/** @type {${type}} */ var ${name};`
}

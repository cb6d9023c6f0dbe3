/**
 * The variables that cells have declared, with their types, for who asks what there is.
 */
import type TS from 'typescript'
import type { Scope } from './scope.js'
import { ts } from './typescript.js'

export interface Variable {
  readonly name: string
  readonly type: string
  /** Execution count of the cell that has declared it. */
  readonly cell: number
}

/** Kinds of names that are no variables to who lists them: functions and classes are, types and imports are not. */
const HIDDEN: ReadonlySet<string> = new Set(['type', 'import', 'namespace'])

/** Characters of a type that are shown. */
const LONG = 60

/** The variables of a scope whose names the cell in the file `current` imports, in the order of their cells. */
export function variablesOf(program: TS.Program, current: string, scope: Scope): Variable[] {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(current)!
  const symbols = new Map(
    checker
      .getSymbolsInScope(file, ts.SymbolFlags.Value | ts.SymbolFlags.Alias)
      .map((symbol) => [symbol.name, symbol]),
  )
  return [...scope.entries].flatMap(([name, { kind, count }]) => {
    const symbol = HIDDEN.has(kind) ? undefined : symbols.get(name)
    if (!symbol) return []
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(target, file))
    return [{ name, type: shortType(type), cell: count }]
  })
}

function shortType(type: string): string {
  const plain = type.replace(/import\("[^"]*"\)\./g, '')
  return plain.length > LONG ? `${plain.slice(0, LONG - 1)}…` : plain
}

/**
 * What a cell means that a file of TypeScript would not: `{ a, b }` at its end is an object, not a block.
 */
import type TS from 'typescript'
import { parse } from './declarations.js'
import { type HelperCell, readHelpers } from './lineHelpers.js'
import { ts } from './typescript.js'

export interface ReadCell extends Pick<HelperCell, 'helpers' | 'wrong'> {
  /** The text as TypeScript: as typed, or with parentheses around the object at the end. */
  readonly code: string
  readonly file: TS.SourceFile
  /** Where a place of the text stands in what was typed. */
  readonly toTyped: (position: number) => number
}

export function readCell(whole: string): ReadCell {
  const { code: typed, helpers, wrong } = readHelpers(whole)
  const file = parse(typed)
  const start = objectAtEnd(typed, file)
  if (start === undefined) return { code: typed, file, toTyped: (position) => position, helpers, wrong }
  // The semicolon ends the statement before, which would else be called.
  const opening = ';('
  const code = `${typed.slice(0, start)}${opening}${typed.slice(start).trimEnd()})`
  const toTyped = (position: number): number =>
    position > start ? Math.max(start, position - opening.length) : position
  return { code, file: parse(code), toTyped, helpers, wrong }
}

/** Offset of the bracket that opens an object at the end of a cell. */
function objectAtEnd(typed: string, file: TS.SourceFile): number | undefined {
  const block = file.statements.findLast(ts.isBlock)
  if (!block) return undefined
  const start = block.getStart(file)
  const alone = parse(`(${typed.slice(start).trimEnd()})`)
  const [statement, ...more] = alone.statements
  if (more.length > 0 || syntaxErrors(alone).length > 0) return undefined
  if (
    !statement ||
    !ts.isExpressionStatement(statement) ||
    !ts.isParenthesizedExpression(statement.expression)
  ) {
    return undefined
  }
  const { expression } = statement.expression
  return ts.isObjectLiteralExpression(expression) && expression.properties.length > 0 ? start : undefined
}

export function syntaxErrors(file: TS.SourceFile): readonly TS.Diagnostic[] {
  return (file as TS.SourceFile & { readonly parseDiagnostics: readonly TS.Diagnostic[] }).parseDiagnostics
}

/** The first element of JSX, where a text that is no TypeScript would be TypeScript with JSX. */
export function jsxOf(code: string): TS.Node | undefined {
  const file = ts.createSourceFile('cell.tsx', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  if (syntaxErrors(file).length > 0) return undefined
  const find = (node: TS.Node): TS.Node | undefined =>
    ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)
      ? node
      : ts.forEachChild(node, find)
  return find(file)
}

/**
 * The first rewriting, of TypeScript: imports become calls of the kernel, the last expression hands its value over,
 * loops that await can be stopped, and so can a cell between its statements.
 */
import type TS from 'typescript'
import { additionsOf, type Helper, helpText } from './lineHelpers.js'
import { localLoop } from './localLoops.js'
import { epochStatement, expressionVisitor, type Surroundings } from './rewriteExpressions.js'
import { importStatements } from './rewriteImports.js'
import { declare, runtimeCall } from './runtimeCalls.js'
import { ts } from './typescript.js'
import type { Variable } from './variables.js'

const { factory } = ts

export interface CellParts {
  readonly run: number
  /** Length of the cell's own text; what stands behind is for the checker only. */
  readonly length: number
  readonly fromLibrary: readonly string[]
  /** Where a place of the text stands in what was typed. */
  readonly toTyped: (position: number) => number
  readonly helpers: readonly Helper[]
  /** The variables that `%who` lists. */
  readonly listed: readonly Variable[]
}

export function rewriteCell(
  checker: TS.TypeChecker,
  { run, length, fromLibrary, toTyped, helpers, listed }: CellParts,
): TS.TransformerFactory<TS.SourceFile> {
  return (context) => (file) => {
    const imports: TS.Statement[] = []
    const body: TS.Statement[] = []
    const ownLoop = (loop: TS.IterationStatement) => localLoop(loop, checker, context)
    const top: Surroundings = { epochName: `__epoch_${run}`, stoppable: false, ownLoop }
    const visitor = expressionVisitor(context, top)
    /** Whether a statement has called something since the cell could last end. */
    let called = false
    const own = file.statements.filter((statement) => statement.getStart(file) < length)
    const additions = additionsOf(helpers, own, file, {
      begin: (key) => callStatement('beginTime', factory.createNumericLiteral(key)),
      end: (key) => callStatement('endTime', factory.createNumericLiteral(key)),
      who: () => callStatement('who', ...listed.map(entryOf)),
      help: () => callStatement('say', factory.createStringLiteral(helpText())),
    })
    for (const [i, statement] of own.entries()) {
      body.push(...(additions.before.get(statement) ?? []))
      if (ts.isImportDeclaration(statement)) imports.push(...importStatements(statement, checker))
      else if (ts.isExportDeclaration(statement)) continue
      else {
        const visited = ts.visitNode(statement, visitor) as TS.Statement
        if (!isHoisted(statement)) body.push(reachStatement(run, toTyped(statement.getStart(file))))
        const isLast = i === own.length - 1
        if (called && !ts.isDeclarationStatement(statement) && !(isLast && isName(statement))) {
          body.push(endOfStatement(run))
          called = false
        }
        body.push(isLast ? withResult(visited) : withoutExport(visited))
        called ||= calls(visited)
      }
      body.push(...(additions.after.get(statement) ?? []))
    }
    body.push(...additions.last)
    const library = fromLibrary.length > 0 ? [libraryStatement(fromLibrary)] : []
    const epoch = top.stoppable ? [epochStatement(top.epochName, ts.NodeFlags.Let)] : []
    return factory.updateSourceFile(file, [...library, ...imports, ...epoch, ...body])
  }
}

function callStatement(name: string, ...args: TS.Expression[]): TS.Statement {
  return factory.createExpressionStatement(runtimeCall(name, ...args))
}

/** A variable for the executor, with a function that reads its value. */
function entryOf({ name, type, cell }: Variable): TS.Expression {
  const value = factory.createArrowFunction(
    undefined,
    undefined,
    [],
    undefined,
    factory.createToken(ts.SyntaxKind.EqualsGreaterThanToken),
    factory.createIdentifier(name),
  )
  return factory.createObjectLiteralExpression([
    factory.createPropertyAssignment('name', factory.createStringLiteral(name)),
    factory.createPropertyAssignment('type', factory.createStringLiteral(type)),
    factory.createPropertyAssignment('cell', factory.createNumericLiteral(cell)),
    factory.createPropertyAssignment('value', value),
  ])
}

/** Whether a statement has its effect before the cell begins. */
function isHoisted(statement: TS.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
}

/** Notes how far the cell has come, so that what a failed one leaves behind is known. */
function reachStatement(run: number, offset: number): TS.Statement {
  const call = runtimeCall('reach', factory.createNumericLiteral(run), factory.createNumericLiteral(offset))
  return factory.createExpressionStatement(call)
}

/** Where a cell ends when a run was stopped in the statement before. */
function endOfStatement(run: number): TS.Statement {
  return factory.createExpressionStatement(runtimeCall('endOfStatement', factory.createNumericLiteral(run)))
}

/** Whether a statement is a name alone: the result of a stopped run is shown by it, and nothing more is computed. */
function isName(statement: TS.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isIdentifier(statement.expression)
}

/** Whether a statement calls or awaits anything when it is run. */
function calls(statement: TS.Node): boolean {
  if (ts.isFunctionLike(statement)) return false
  if (ts.isCallExpression(statement) || ts.isAwaitExpression(statement)) return true
  return ts.forEachChild(statement, calls) === true
}

function libraryStatement(names: readonly string[]): TS.Statement {
  const elements = names.map((name) => factory.createBindingElement(undefined, undefined, name))
  return declare(factory.createObjectBindingPattern(elements), runtimeCall('library'), ts.NodeFlags.Let)
}

/** The statement, with the value of an expression handed over. */
function withResult(statement: TS.Statement): TS.Statement {
  const plain = withoutExport(statement)
  if (!ts.isExpressionStatement(plain)) return plain
  const call = ts.setTextRange(runtimeCall('result', plain.expression), plain.expression)
  return ts.setTextRange(factory.createExpressionStatement(call), plain)
}

function withoutExport(statement: TS.Statement): TS.Statement {
  if (ts.isExportAssignment(statement)) {
    return ts.setTextRange(factory.createExpressionStatement(statement.expression), statement)
  }
  if (!ts.canHaveModifiers(statement)) return statement
  const dropped = ts.ModifierFlags.Export | ts.ModifierFlags.Default
  if (!(ts.getCombinedModifierFlags(statement as TS.Node as TS.Declaration) & dropped)) return statement
  const kept = ts
    .getModifiers(statement)
    ?.filter(({ kind }) => kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword)
  return factory.replaceModifiers(statement as TS.VariableStatement, kept)
}

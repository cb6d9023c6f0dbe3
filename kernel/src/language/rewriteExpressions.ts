/**
 * What is rewritten wherever it stands in a cell: `import()`, `import.meta`, and loops that await, which get a
 * checkpoint where an interrupt ends them.
 */
import type TS from 'typescript'
import { declare, runtimeCall, runtimeName } from './runtimeCalls.js'
import { ts } from './typescript.js'

const { factory } = ts

/** Tells for a loop where its epoch is kept. */
export interface Surroundings {
  readonly epochName: string
  stoppable: boolean
  /** Makes another statement of a loop, outside of functions. */
  readonly ownLoop?: (loop: TS.IterationStatement) => TS.Statement | undefined
}

/** Rewrites `import()`, `import.meta` and loops wherever they stand. */
export function expressionVisitor(context: TS.TransformationContext, surroundings: Surroundings): TS.Visitor {
  const visit = (node: TS.Node): TS.Node => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) return visitFunction(node, context)
    if (surroundings.ownLoop && ts.isIterationStatement(node, false)) {
      const own = surroundings.ownLoop(node)
      if (own) return own
    }
    const visited = ts.visitEachChild(node, visit, context)
    if (ts.isCallExpression(visited) && visited.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return ts.setTextRange(runtimeCall('import', ...visited.arguments), node)
    }
    if (ts.isMetaProperty(visited) && visited.keywordToken === ts.SyntaxKind.ImportKeyword) {
      return ts.setTextRange(runtimeName('meta'), node)
    }
    if (ts.isIterationStatement(visited, false) && awaits(node)) {
      surroundings.stoppable = true
      return withCheckpoint(visited, surroundings.epochName)
    }
    return visited
  }
  return visit
}

/** Notes the present epoch under a name. */
export function epochStatement(name: string, flags: TS.NodeFlags): TS.Statement {
  return declare(name, runtimeCall('epoch'), flags)
}

/** A function whose loops can be stopped notes the epoch in which it began. */
function visitFunction(node: TS.SignatureDeclaration, context: TS.TransformationContext): TS.Node {
  const inner: Surroundings = { epochName: '__epoch', stoppable: false }
  const visited = ts.visitEachChild(node, expressionVisitor(context, inner), context)
  const body = (visited as TS.FunctionLikeDeclaration).body
  if (!inner.stoppable || !body || !ts.isBlock(body)) return visited
  const statements = [epochStatement(inner.epochName, ts.NodeFlags.Const), ...body.statements]
  const longer = ts.setTextRange(factory.createBlock(statements, true), body)
  return ts.visitEachChild(visited, (child) => (child === body ? longer : child), context)
}

/** Whether the loop awaits in its own flow, not only in a function inside. */
function awaits(node: TS.Node): boolean {
  if (ts.isForOfStatement(node) && node.awaitModifier) return true
  const search = (child: TS.Node): boolean =>
    ts.isAwaitExpression(child) ||
    (ts.isForOfStatement(child) && child.awaitModifier !== undefined) ||
    (!ts.isFunctionLike(child) && ts.forEachChild(child, search) === true)
  return ts.forEachChild(node, search) === true
}

function withCheckpoint(loop: TS.IterationStatement, epochName: string): TS.IterationStatement {
  const { statement } = loop
  const call = runtimeCall('checkpoint', factory.createIdentifier(epochName))
  const check = ts.setTextRange(factory.createExpressionStatement(call), statement)
  const block = factory.createBlock(
    [check, ...(ts.isBlock(statement) ? statement.statements : [statement])],
    true,
  )
  if (ts.isForStatement(loop)) {
    return factory.updateForStatement(loop, loop.initializer, loop.condition, loop.incrementor, block)
  }
  if (ts.isForInStatement(loop))
    return factory.updateForInStatement(loop, loop.initializer, loop.expression, block)
  if (ts.isForOfStatement(loop)) {
    return factory.updateForOfStatement(loop, loop.awaitModifier, loop.initializer, loop.expression, block)
  }
  if (ts.isWhileStatement(loop)) return factory.updateWhileStatement(loop, loop.expression, block)
  return factory.updateDoStatement(loop as TS.DoStatement, block, (loop as TS.DoStatement).expression)
}

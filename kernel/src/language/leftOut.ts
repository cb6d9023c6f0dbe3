/**
 * Types that a cell leaves out: what TypeScript says of them, and is no error here.
 */
import type TS from 'typescript'
import { ts } from './typescript.js'

/**
 * Whether a finding says no more than that a type was left out, or that of a variable that only functions set:
 * `let resolve; new Promise((r) => { resolve = r }); resolve()` has `undefined` in it wherever TypeScript follows.
 */
export function isLeftOut(finding: TS.Diagnostic, checker: () => TS.TypeChecker): boolean {
  const { code, messageText, file, start } = finding
  if (code >= 7000 && code < 7100) {
    return /implicitly/.test(ts.flattenDiagnosticMessageText(messageText, '\n'))
  }
  if (!file || start === undefined) return false
  const root = rootOf(innermost(file, start))
  const variable = root && checker().getSymbolAtLocation(root)
  const declaration = variable?.valueDeclaration
  return (
    declaration !== undefined && isOpen(declaration) && isSetByFunction(declaration, variable!, checker())
  )
}

/** The innermost node at a place. */
export function innermost(node: TS.Node, position: number): TS.Node {
  const child = ts.forEachChild(node, (inner) =>
    inner.getStart() <= position && position < inner.end ? inner : undefined,
  )
  return child ? innermost(child, position) : node
}

/** The variable that an expression begins with: `a` of `a`, of `a.b` and of `a[0]`. */
function rootOf(node: TS.Node): TS.Identifier | undefined {
  const { parent } = node
  let root =
    parent && ts.isPropertyAccessExpression(parent) && parent.name === node ? parent.expression : node
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = root.expression
  return ts.isIdentifier(root) ? root : undefined
}

/** Whether a variable begins with nothing, and without a type. */
function isOpen(node: TS.Node): node is TS.VariableDeclaration {
  if (!ts.isVariableDeclaration(node) || node.type || !ts.isVariableStatement(node.parent.parent))
    return false
  const { initializer } = node
  return (
    !initializer ||
    initializer.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(initializer) && initializer.text === 'undefined')
  )
}

/** Whether a function inside of that of the declaration, whose calls TypeScript does not follow, sets a variable. */
function isSetByFunction(declaration: TS.Node, variable: TS.Symbol, checker: TS.TypeChecker): boolean {
  const home = ts.findAncestor(declaration, ts.isFunctionLike)
  const sets = (node: TS.Node): boolean => {
    const isSet =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
      ts.isIdentifier(node.left) &&
      checker.getSymbolAtLocation(node.left) === variable &&
      ts.findAncestor(node, ts.isFunctionLike) !== home
    return isSet || ts.forEachChild(node, sets) === true
  }
  return sets(declaration.getSourceFile())
}

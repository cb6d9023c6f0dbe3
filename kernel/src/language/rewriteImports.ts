/**
 * Import declarations of a cell as calls of the kernel, which knows where to look.
 */
import type TS from 'typescript'
import { declare, runtimeCall } from './runtimeCalls.js'
import { ts } from './typescript.js'

const { factory } = ts

/** `import d, { a as b } from 'm'` becomes `let { default: d, a: b } = await importNames('m', ['default', 'a'])`. */
export function importStatements(statement: TS.ImportDeclaration, checker: TS.TypeChecker): TS.Statement[] {
  const { importClause: clause, moduleSpecifier, attributes } = statement
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return []
  const options = attributes ? [importOptions(attributes)] : []
  const load = (name: string, ...args: TS.Expression[]): TS.Expression =>
    factory.createAwaitExpression(runtimeCall(name, moduleSpecifier, ...args, ...options))
  const placed = <T extends TS.Node>(node: T): T => ts.setTextRange(node, statement)
  if (!clause) return [placed(factory.createExpressionStatement(load('import')))]

  const bindings = clause.namedBindings
  const statements: TS.Statement[] = []
  if (bindings && ts.isNamespaceImport(bindings)) {
    statements.push(placed(declare(bindings.name, load('import'), ts.NodeFlags.Let)))
  }
  const pairs: { exported: string; local: TS.Identifier }[] = []
  if (clause.name) pairs.push({ exported: 'default', local: clause.name })
  for (const specifier of bindings && ts.isNamedImports(bindings) ? bindings.elements : []) {
    if (!specifier.isTypeOnly && isValue(specifier.name, checker)) {
      pairs.push({ exported: (specifier.propertyName ?? specifier.name).text, local: specifier.name })
    }
  }
  if (pairs.length > 0) {
    const pattern = pairs.map(({ exported, local }) =>
      factory.createBindingElement(undefined, factory.createStringLiteral(exported), local),
    )
    const names = pairs.map(({ exported }) => factory.createStringLiteral(exported))
    const value = load('importNames', factory.createArrayLiteralExpression(names))
    statements.push(placed(declare(factory.createObjectBindingPattern(pattern), value, ts.NodeFlags.Let)))
  }
  return statements
}

function isValue(name: TS.Identifier, checker: TS.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name)
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return true
  const target = checker.getAliasedSymbol(symbol)
  // What has no types may be anything, hence a value.
  return (target.flags & ts.SymbolFlags.Value) !== 0 || target.escapedName === 'unknown'
}

function importOptions(attributes: TS.ImportAttributes): TS.Expression {
  const pairs = attributes.elements.map(({ name, value }) =>
    factory.createPropertyAssignment(factory.createStringLiteral(name.text), value),
  )
  return factory.createObjectLiteralExpression([
    factory.createPropertyAssignment('with', factory.createObjectLiteralExpression(pairs)),
  ])
}

/**
 * The first rewriting, of TypeScript: imports become calls of the kernel, the last expression hands its value over,
 * and loops that await can be stopped.
 */
import type TS from 'typescript'
import { ts } from './typescript.js'

const { factory } = ts

/** The object in the executor that scripts call. */
const RUNTIME = '__psilab__'

export interface CellParts {
  readonly run: number
  /** Length of the cell's own text; what stands behind is for the checker only. */
  readonly length: number
  readonly fromLibrary: readonly string[]
}

/** Tells for a loop where its epoch is kept. */
interface Surroundings {
  readonly epochName: string
  stoppable: boolean
}

export function rewriteCell(
  checker: TS.TypeChecker,
  { run, length, fromLibrary }: CellParts,
): TS.TransformerFactory<TS.SourceFile> {
  return (context) => (file) => {
    const imports: TS.Statement[] = []
    const body: TS.Statement[] = []
    const top: Surroundings = { epochName: `__epoch_${run}`, stoppable: false }
    const visitor = expressionVisitor(context, top)
    const own = file.statements.filter((statement) => statement.getStart(file) < length)
    for (const [i, statement] of own.entries()) {
      if (ts.isImportDeclaration(statement)) imports.push(...importStatements(statement, checker))
      else if (ts.isExportDeclaration(statement)) continue
      else {
        const visited = ts.visitNode(statement, visitor) as TS.Statement
        body.push(i === own.length - 1 ? withResult(visited) : withoutExport(visited))
      }
    }
    const library = fromLibrary.length > 0 ? [libraryStatement(fromLibrary)] : []
    const epoch = top.stoppable ? [epochStatement(top.epochName, ts.NodeFlags.Let)] : []
    return factory.updateSourceFile(file, [...library, ...imports, ...epoch, ...body])
  }
}

function runtimeCall(name: string, ...args: TS.Expression[]): TS.CallExpression {
  return factory.createCallExpression(runtimeName(name), undefined, args)
}

function runtimeName(name: string): TS.PropertyAccessExpression {
  return factory.createPropertyAccessExpression(factory.createIdentifier(RUNTIME), name)
}

function declare(name: TS.BindingName | string, value: TS.Expression, flags: TS.NodeFlags): TS.Statement {
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value)
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], flags),
  )
}

function libraryStatement(names: readonly string[]): TS.Statement {
  const elements = names.map((name) => factory.createBindingElement(undefined, undefined, name))
  return declare(factory.createObjectBindingPattern(elements), runtimeCall('library'), ts.NodeFlags.Let)
}

function epochStatement(name: string, flags: TS.NodeFlags): TS.Statement {
  return declare(name, runtimeCall('epoch'), flags)
}

/** `import d, { a as b } from 'm'` becomes `let { default: d, a: b } = await importNames('m', ['default', 'a'])`. */
function importStatements(statement: TS.ImportDeclaration, checker: TS.TypeChecker): TS.Statement[] {
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

/** Rewrites `import()`, `import.meta` and loops wherever they stand. */
function expressionVisitor(context: TS.TransformationContext, surroundings: Surroundings): TS.Visitor {
  const visit = (node: TS.Node): TS.Node => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) return visitFunction(node, context)
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

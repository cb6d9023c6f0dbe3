/**
 * Loops over numbers run on copies of the top-level names that they use, at the speed of a module.
 *
 * A cell's names live in slots of a context, where V8 (before 13.0, which Node 24 has) makes an object on the heap for
 * every number with a fraction that is stored: ten times the cost of a short loop. So the loop
 *
 *     for (let i = 0; i < n; i++) s += a[i]
 *
 * becomes
 *
 *     const keep = (value) => { s = value }
 *     const began = epoch()
 *     const copy_s = s, copy_a = a, copy_n = n
 *     {
 *       let s = copy_s, a = copy_a, n = copy_n
 *       try {
 *         for (let i = 0; i < n; keep(s), checkpoint(began))
 *           for (const end = n - i > 65536 ? i + 65536 : n; i < end; i++) s += a[i]
 *       } finally { keep(s) }
 *     }
 *
 * which none can tell from the first as long as no other code runs meanwhile. Only such loops are taken: on numbers and
 * other primitive values, elements of arrays and functions of `Math`, without any other call. An interrupted loop ends
 * itself where it keeps its names, from time to time, so that they fit the elements of arrays; V8, which would end it
 * without its `finally`, comes later. Loops that do not count to a fixed end count their turns for that.
 */
import type TS from 'typescript'
import { runtimeCall } from './runtimeCalls.js'
import { ts } from './typescript.js'

const { factory } = ts
const { SyntaxKind, TypeFlags } = ts

/** Turns after which names are kept and an interrupt ends the loop, powers of two: without loops inside, and with. */
const SELDOM = 65536
const OFTEN = 64

const PRIMITIVE =
  TypeFlags.NumberLike |
  TypeFlags.StringLike |
  TypeFlags.BigIntLike |
  TypeFlags.BooleanLike |
  TypeFlags.Null |
  TypeFlags.Undefined |
  TypeFlags.Never

const TYPED_ARRAY = /^(Big)?(Int|Uint|Float)\d+(Clamped)?Array$/

const LIBRARY_OF_LANGUAGE = /[\\/]lib\.[^\\/]*\.d\.ts$/

/** Syntax that does nothing but what its parts do. */
const PLAIN: ReadonlySet<TS.SyntaxKind> = new Set([
  SyntaxKind.ForStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.IfStatement,
  SyntaxKind.Block,
  SyntaxKind.EmptyStatement,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.VariableStatement,
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.NonNullExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
])

type Loop = TS.ForStatement | TS.WhileStatement | TS.DoStatement

/** The loop on copies, or nothing where it may run other code or assigns to no top-level name. */
export function localLoop(
  loop: TS.Node,
  checker: TS.TypeChecker,
  context: TS.TransformationContext,
): TS.Statement | undefined {
  if (!isLoop(loop)) return undefined
  const uses = usesOf(loop, checker)
  return uses && uses.written.size > 0 ? onCopies(loop, uses, context) : undefined
}

function isLoop(node: TS.Node): node is Loop {
  return ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)
}

/** The top-level names that a loop uses, and all that it assigns to. */
interface Uses {
  readonly used: ReadonlySet<string>
  readonly written: ReadonlySet<string>
  /** Names inside of it that do not keep their values, and how often they are assigned to. */
  readonly assigned: ReadonlyMap<string, number>
  readonly isNumber: (node: TS.Node) => boolean
}

function usesOf(loop: Loop, checker: TS.TypeChecker): Uses | undefined {
  const used = new Set<string>()
  const written = new Set<string>()
  const assigned = new Map<string, number>()

  function isOf(node: TS.Node, flags: TS.TypeFlags): boolean {
    const type = checker.getTypeAtLocation(node)
    return (type.isUnion() ? type.types : [type]).every((part) => (part.flags & flags) !== 0)
  }

  const isPrimitive = (node: TS.Node): boolean => isOf(node, PRIMITIVE)
  const isNumber = (node: TS.Node): boolean => isOf(node, TypeFlags.NumberLike)

  /** Whether elements of a value are read and written without any code of a cell. */
  function isArray(node: TS.Node): boolean {
    const type = checker.getTypeAtLocation(node)
    if (type.flags & TypeFlags.StringLike || checker.isArrayType(type) || checker.isTupleType(type))
      return true
    return TYPED_ARRAY.test(type.symbol?.name ?? '') && isOfLanguage(type.symbol)
  }

  function isMath(node: TS.Node): boolean {
    return ts.isIdentifier(node) && node.text === 'Math' && isOfLanguage(checker.getSymbolAtLocation(node))
  }

  function note(name: TS.Identifier, names: Set<string>): void {
    const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration
    if (declaration?.getSourceFile() === loop.getSourceFile() && isTopLevel(declaration)) names.add(name.text)
  }

  /** Whether something may be assigned to: a name or an element. */
  function isTarget(node: TS.Expression): boolean {
    const inner = bare(node)
    if (!ts.isIdentifier(inner)) return ts.isElementAccessExpression(inner)
    note(inner, written)
    assigned.set(inner.text, (assigned.get(inner.text) ?? 0) + 1)
    return true
  }

  /** Whether a value in front of `[` or `.length` is an array that is found without any other code. */
  function isReceiver(node: TS.Expression): boolean {
    const inner = bare(node)
    if (!isArray(inner)) return false
    if (ts.isElementAccessExpression(inner)) return isElement(inner)
    if (!ts.isIdentifier(inner)) return false
    note(inner, used)
    return true
  }

  function isElement({ expression, argumentExpression }: TS.ElementAccessExpression): boolean {
    return isReceiver(expression) && isPlain(argumentExpression) && isPrimitive(argumentExpression)
  }

  function isPlain(node: TS.Node): boolean {
    if (ts.isTypeNode(node) || (ts.isToken(node) && PLAIN.has(node.kind))) return true
    if (PLAIN.has(node.kind)) return everyChild(node)
    if (ts.isVariableDeclarationList(node)) return !(node.flags & ts.NodeFlags.Using) && everyChild(node)
    if (ts.isVariableDeclaration(node)) {
      if (!ts.isIdentifier(node.name)) return false
      if (!(node.parent.flags & ts.NodeFlags.BlockScoped)) note(node.name, written)
      const { initializer } = node
      return initializer === undefined || isPlain(initializer) || isReceiver(initializer)
    }
    if (ts.isBreakOrContinueStatement(node)) return node.label === undefined
    if (ts.isIdentifier(node)) {
      note(node, used)
      return isPrimitive(node)
    }
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      const steps = node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken
      return (!steps || isTarget(node.operand)) && isPlain(node.operand)
    }
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken
      if (kind === SyntaxKind.InKeyword || kind === SyntaxKind.InstanceOfKeyword) return false
      const assigns = kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment
      if (assigns && !isTarget(node.left)) return false
      return isPlain(node.left) && isPlain(node.right)
    }
    if (ts.isElementAccessExpression(node)) return isElement(node) && isPrimitive(node)
    if (ts.isPropertyAccessExpression(node))
      return node.name.text === 'length' ? isReceiver(node.expression) : isMath(node.expression)
    if (ts.isCallExpression(node)) {
      const { expression: callee, arguments: values } = node
      return ts.isPropertyAccessExpression(callee) && isMath(callee.expression) && values.every(isPlain)
    }
    return false
  }

  const everyChild = (node: TS.Node): boolean => !ts.forEachChild(node, (child) => !isPlain(child))

  return isPlain(loop) ? { used: new Set([...used, ...written]), written, assigned, isNumber } : undefined
}

/** An expression without parentheses and what is said of its type. */
function bare(node: TS.Expression): TS.Expression {
  const wrapped =
    ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)
  return wrapped ? bare(node.expression) : node
}

/** Whether a name belongs to the language, not to a cell or a package. */
function isOfLanguage(symbol: TS.Symbol | undefined): boolean {
  return (
    symbol?.declarations?.some((declaration) =>
      LIBRARY_OF_LANGUAGE.test(declaration.getSourceFile().fileName),
    ) === true
  )
}

/** Whether a variable, declared outside of functions, is seen by other cells. */
function isTopLevel(declaration: TS.Declaration): boolean {
  const list = ts.findAncestor(declaration, ts.isVariableDeclarationList)
  if (!list) return false
  if (!(list.flags & ts.NodeFlags.BlockScoped)) return true
  return ts.isVariableStatement(list.parent) && ts.isSourceFile(list.parent.parent)
}

function onCopies(loop: Loop, uses: Uses, context: TS.TransformationContext): TS.Statement {
  const { used, written } = uses
  const keep = factory.createUniqueName('keep')
  const copies = [...used].map((name) => [name, factory.createUniqueName(`copy_${name}`)] as const)
  const began = factory.createUniqueName('began')
  const turns: TS.Identifier[] = []
  const kept = () => call(keep, [...written].map(identifier))
  const keptUnlessStopped = () => factory.createComma(kept(), runtimeCall('checkpoint', began))

  const visit = (node: TS.Node): TS.Node => {
    const visited = ts.visitEachChild(node, visit, context)
    return isLoop(visited) ? ts.setTextRange(keeping(visited, node as Loop), node) : visited
  }

  /** The loop that keeps its names in some of its turns, where `continue` does not leave that out. */
  function keeping(visited: Loop, original: Loop): Loop {
    const inner = !hasLoop(original)
    const count = inner ? countOf(original, uses) : undefined
    if (count) return inParts(visited as TS.ForStatement, count, keptUnlessStopped())
    const due = factory.createStrictEquality(
      factory.createBitwiseAnd(turn(), number((inner ? SELDOM : OFTEN) - 1)),
      number(0),
    )
    const check = factory.createLogicalAnd(due, factory.createParenthesizedExpression(keptUnlessStopped()))
    const { statement } = visited
    if (ts.isDoStatement(visited))
      return factory.updateDoStatement(visited, statement, factory.createComma(check, visited.expression))
    if (ts.isWhileStatement(visited))
      return factory.createForStatement(undefined, visited.expression, check, statement)
    const { initializer, condition, incrementor } = visited
    const both = incrementor ? factory.createComma(check, incrementor) : check
    return factory.updateForStatement(visited, initializer, condition, both, statement)
  }

  /** `++turn`, of a loop that counts nothing itself. */
  function turn(): TS.Expression {
    const name = factory.createUniqueName('turn')
    turns.push(name)
    return factory.createPrefixIncrement(name)
  }

  const body = visit(loop) as TS.Statement
  const values = [...written].map(() => factory.createUniqueName('value'))
  const stores = [...written].map((name, i) => factory.createAssignment(identifier(name), values[i]!))
  const store = factory.createArrowFunction(
    undefined,
    undefined,
    values.map((value) => factory.createParameterDeclaration(undefined, undefined, value)),
    undefined,
    undefined,
    factory.createBlock(stores.map(statementOf)),
  )
  return block([
    variables(ts.NodeFlags.Const, [
      [keep, store],
      [began, runtimeCall('epoch')],
      ...copies.map(([name, copy]) => [copy, identifier(name)] as const),
    ]),
    block([
      variables(ts.NodeFlags.Let, [...copies, ...turns.map((name) => [name, number(0)] as const)]),
      factory.createTryStatement(block([body]), undefined, block([statementOf(kept())])),
    ]),
  ])
}

function hasLoop(loop: Loop): boolean {
  const search = (node: TS.Node): boolean => isLoop(node) || ts.forEachChild(node, search) === true
  return ts.forEachChild(loop, search) === true
}

/** What a loop counts, and up to where. */
interface Count {
  readonly name: string
  readonly operator: TS.BinaryOperatorToken
  readonly end: TS.Expression
}

/**
 * What a loop counts by ones that is only left at its end, which is a number, a name or a length, and stays what it is.
 */
function countOf(loop: Loop, { assigned, isNumber }: Uses): Count | undefined {
  if (!ts.isForStatement(loop) || !loop.condition || !ts.isBinaryExpression(loop.condition)) return undefined
  const { left, operatorToken: operator, right: end } = loop.condition
  const below = [SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken].includes(operator.kind)
  if (!below || !ts.isIdentifier(left) || hasBreak(loop)) return undefined
  const steps = loop.incrementor && isStep(loop.incrementor, left.text) && assigned.get(left.text) === 1
  const name = ts.isPropertyAccessExpression(end) ? end.expression : end
  const stays = ts.isIdentifier(name) ? !assigned.has(name.text) : ts.isNumericLiteral(end)
  return steps && stays && isNumber(left) && isNumber(end) ? { name: left.text, operator, end } : undefined
}

function hasBreak(node: TS.Node): boolean {
  return ts.isBreakStatement(node) || ts.forEachChild(node, hasBreak) === true
}

/** `name++` or `++name` */
function isStep(node: TS.Expression, name: string): boolean {
  if (!ts.isPostfixUnaryExpression(node) && !ts.isPrefixUnaryExpression(node)) return false
  const { operator, operand } = node
  return operator === SyntaxKind.PlusPlusToken && ts.isIdentifier(operand) && operand.text === name
}

/** The loop in parts of so many turns, between which something is done. */
function inParts(
  loop: TS.ForStatement,
  { name, operator, end }: Count,
  between: TS.Expression,
): TS.ForStatement {
  const { initializer, condition, incrementor, statement } = loop
  const [here, last] = [identifier(name), factory.createUniqueName('end')]
  const partEnd = factory.createConditionalExpression(
    factory.createGreaterThan(factory.createSubtract(end, here), number(SELDOM)),
    undefined,
    factory.createAdd(here, number(SELDOM)),
    undefined,
    end,
  )
  const part = factory.createForStatement(
    factory.createVariableDeclarationList(
      [factory.createVariableDeclaration(last, undefined, undefined, partEnd)],
      ts.NodeFlags.Const,
    ),
    factory.createBinaryExpression(here, operator, last),
    incrementor,
    statement,
  )
  return factory.updateForStatement(loop, initializer, condition, between, ts.setTextRange(part, statement))
}

const number = (value: number): TS.Expression => factory.createNumericLiteral(value)

const identifier = (name: string): TS.Identifier => factory.createIdentifier(name)

const block = (statements: readonly TS.Statement[]): TS.Block => factory.createBlock(statements, true)

const statementOf = (expression: TS.Expression): TS.Statement => factory.createExpressionStatement(expression)

function call(callee: TS.Expression, values: readonly TS.Expression[]): TS.Expression {
  return factory.createCallExpression(callee, undefined, values)
}

function variables(
  flags: TS.NodeFlags,
  list: readonly (readonly [string | TS.Identifier, TS.Expression])[],
): TS.Statement {
  const declarations = list.map(([name, value]) =>
    factory.createVariableDeclaration(name, undefined, undefined, value),
  )
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(declarations, flags),
  )
}

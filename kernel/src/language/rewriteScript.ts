/**
 * The second rewriting, of the JavaScript that TypeScript makes: every top-level name becomes a `let`, the one kind
 * that V8's REPL mode lets a later cell declare again; functions move to the top, where they would be.
 */
import type TS from 'typescript'
import { ts } from './typescript.js'

const { factory } = ts

export const rewriteScript: TS.TransformerFactory<TS.SourceFile> = (context) => (file) => {
  const functions: TS.Statement[] = []
  const body: TS.Statement[] = []
  const hoisted = repeatedVars(file)
  const isRepeated = ({ name }: TS.VariableDeclaration): boolean =>
    namesOf(name).some((one) => hoisted.has(one))
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) continue
    if (ts.isFunctionDeclaration(statement)) functions.push(letFunction(statement))
    else if (ts.isClassDeclaration(statement)) body.push(letClass(statement))
    else if (ts.isVariableStatement(statement) && !statement.declarationList.declarations.some(isRepeated))
      body.push(letVariables(statement))
    else body.push(ts.visitNode(statement, nestedVars(context, hoisted)) as TS.Statement)
  }
  const strict = factory.createExpressionStatement(factory.createStringLiteral('use strict'))
  const names = hoisted.size > 0 ? [letNames([...hoisted])] : []
  return factory.updateSourceFile(file, [strict, ...names, ...functions, ...body])
}

/** Names that `var` declares more than once, here or in a block. */
function repeatedVars(file: TS.SourceFile): Set<string> {
  const once = new Set<string>()
  const repeated = new Set<string>()
  const visit = (node: TS.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return
    if (isVar(node)) {
      for (const name of node.declarations.flatMap((declaration) => namesOf(declaration.name))) {
        if (once.has(name)) repeated.add(name)
        once.add(name)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return repeated
}

function namesOf(name: TS.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []))
}

function letStatement(declarations: readonly TS.VariableDeclaration[], place: TS.Node): TS.Statement {
  const list = factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let)
  return ts.setTextRange(factory.createVariableStatement(undefined, list), place)
}

function letVariables(statement: TS.VariableStatement): TS.Statement {
  return letStatement(statement.declarationList.declarations, statement)
}

function letNames(names: readonly string[]): TS.Statement {
  const declarations = names.map((name) => factory.createVariableDeclaration(name))
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let),
  )
}

/** `function f() {}` becomes `let f = function () {}`, whose calls of itself see a later `f`. */
function letFunction(node: TS.FunctionDeclaration): TS.Statement {
  const { name, asteriskToken, parameters, body } = node
  const modifiers = ts.getModifiers(node)
  const value = factory.createFunctionExpression(
    modifiers,
    asteriskToken,
    undefined,
    undefined,
    parameters,
    undefined,
    body ?? factory.createBlock([]),
  )
  if (!name) return factory.createExpressionStatement(factory.createParenthesizedExpression(value))
  return letStatement([factory.createVariableDeclaration(name, undefined, undefined, value)], node)
}

/** The class keeps its inner name, which its static parts may use. */
function letClass(node: TS.ClassDeclaration): TS.Statement {
  const { name, heritageClauses, members } = node
  const value = factory.createClassExpression(
    ts.getModifiers(node),
    name,
    undefined,
    heritageClauses,
    members,
  )
  if (!name) return factory.createExpressionStatement(factory.createParenthesizedExpression(value))
  return letStatement([factory.createVariableDeclaration(name, undefined, undefined, value)], node)
}

/** Turns a `var` inside of a top-level block or loop into assignments, and notes its names. */
function nestedVars(context: TS.TransformationContext, names: Set<string>): TS.Visitor {
  const visit = (node: TS.Node): TS.Node => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node
    if (ts.isVariableStatement(node) && isVar(node.declarationList)) {
      const assignments = assignmentsOf(node.declarationList, names)
      return assignments
        ? ts.setTextRange(factory.createExpressionStatement(assignments), node)
        : factory.createEmptyStatement()
    }
    if (ts.isForStatement(node) && node.initializer && isVar(node.initializer)) {
      const { initializer, condition, incrementor, statement } = node
      const assignments = assignmentsOf(initializer, names)
      return factory.updateForStatement(
        node,
        assignments,
        condition,
        incrementor,
        ts.visitNode(statement, visit) as TS.Statement,
      )
    }
    if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && isVar(node.initializer)) {
      const target = targetOf(node.initializer.declarations[0]!.name, names)
      const statement = ts.visitNode(node.statement, visit) as TS.Statement
      return ts.isForOfStatement(node)
        ? factory.updateForOfStatement(node, node.awaitModifier, target, node.expression, statement)
        : factory.updateForInStatement(node, target, node.expression, statement)
    }
    return ts.visitEachChild(node, visit, context)
  }
  return visit
}

function isVar(node: TS.Node): node is TS.VariableDeclarationList {
  return ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)
}

function assignmentsOf(list: TS.VariableDeclarationList, names: Set<string>): TS.Expression | undefined {
  const assignments = list.declarations.flatMap(({ name, initializer }) => {
    const target = targetOf(name, names)
    return initializer ? [factory.createAssignment(target, initializer)] : []
  })
  const [first, ...rest] = assignments
  return first && rest.reduce<TS.Expression>((left, right) => factory.createComma(left, right), first)
}

/** The pattern of a declaration as the target of an assignment. */
function targetOf(name: TS.BindingName, names: Set<string>): TS.Expression {
  if (ts.isIdentifier(name)) {
    names.add(name.text)
    return name
  }
  const target = (element: TS.BindingElement): TS.Expression => {
    const inner = targetOf(element.name, names)
    return element.initializer ? factory.createAssignment(inner, element.initializer) : inner
  }
  if (ts.isArrayBindingPattern(name)) {
    return factory.createArrayLiteralExpression(
      name.elements.map((element) => {
        if (!ts.isBindingElement(element)) return factory.createOmittedExpression()
        return element.dotDotDotToken ? factory.createSpreadElement(target(element)) : target(element)
      }),
    )
  }
  return factory.createObjectLiteralExpression(
    name.elements.map((element) => {
      if (element.dotDotDotToken) return factory.createSpreadAssignment(target(element))
      const property = element.propertyName ?? (element.name as TS.Identifier)
      return factory.createPropertyAssignment(property, target(element))
    }),
  )
}

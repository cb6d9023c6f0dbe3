/**
 * Syntax that the rewriting of cells makes: calls of the executor's runtime, and declarations.
 */
import type TS from 'typescript'
import { ts } from './typescript.js'

const { factory } = ts

/** The object in the executor that scripts call. */
const RUNTIME = '__psilab__'

export function runtimeCall(name: string, ...args: TS.Expression[]): TS.CallExpression {
  return factory.createCallExpression(runtimeName(name), undefined, args)
}

export function runtimeName(name: string): TS.PropertyAccessExpression {
  return factory.createPropertyAccessExpression(factory.createIdentifier(RUNTIME), name)
}

/** `let name = value`, or `const`. */
export function declare(
  name: TS.BindingName | string,
  value: TS.Expression,
  flags: TS.NodeFlags,
): TS.Statement {
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value)
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], flags),
  )
}

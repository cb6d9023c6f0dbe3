import type { Derivation, Formula, Where } from '../../../src/derive/index.js'
import { evaluateComplex, type Node, substituteFunction } from '../../../src/expr/index.js'

/** Digits to which sides are evaluated, beyond those of a double. */
const DIGITS = 25

/** A step of a derivation. */
export const stepOf = (derivation: Derivation, id: string) => derivation.until(id).steps.at(-1)!

export const lineOf = (derivation: Derivation, id: string): Formula => stepOf(derivation, id).after

export const textOf = (derivation: Derivation, id: string): string => stepOf(derivation, id).text

/** A side of a formula at a point; undefined functions are given as texts in their arguments. */
export function complexOf(
  { language }: Derivation,
  side: Node,
  point: Readonly<Record<string, number>>,
  functions: Where = {},
): { readonly re: number; readonly im: number } {
  const closed = Object.entries(functions).reduce(
    (node, [name, text]) =>
      substituteFunction(node, name, language.vocabulary.functions[name]!.of, language.expression(text)),
    side,
  )
  const { re, im } = evaluateComplex(closed, point, DIGITS)
  return { re: re.toNumber(), im: im.toNumber() }
}

/** The same where the value is real. @throws Error where it is not. */
export function realOf(
  derivation: Derivation,
  side: Node,
  point: Readonly<Record<string, number>>,
  functions: Where = {},
): number {
  const { re, im } = complexOf(derivation, side, point, functions)
  if (im !== 0) throw new Error(`not real: ${re} + ${im}i`)
  return re
}

/** The number that a side of a step's formula is: symbols as numbers, functions as texts, which are put in by turns. */
export function numberOf(
  derivation: Derivation,
  id: string,
  values: Readonly<Record<string, number | string>>,
  side: 'left' | 'right' = 'right',
): number {
  const only = <T>(type: 'number' | 'string'): Record<string, T> =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === type)) as Record<
      string,
      T
    >
  return complexOf(derivation, lineOf(derivation, id)[side], only<number>('number'), only<string>('string'))
    .re
}

/** ζ from the trees of its formula, without a parser and without differentiating: what a page computes with. */
import {
  compile,
  compileAll,
  type Expression,
  expressionsOf,
  type Formula,
  lowerBound,
} from '../expr/index.js'
import { zerosOf } from './breaks.js'
import type { Objective } from './objective.js'

export interface FormulaData {
  readonly formula: Formula
  readonly variables: readonly string[]
  readonly parameters: Readonly<Record<string, number>>
  /** ζ in TeX, in plain text and as it was written. */
  readonly tex: string
  readonly text: string
  readonly source?: string
}

/** @throws ExpressionError where a tree is none, or has other symbols than variables and parameters */
export function formulaObjective(data: FormulaData): Objective {
  const { formula, variables, parameters, tex, text, source } = data
  const { value, gradient, breaks } = expressionsOf(formula, { variables, parameters })
  return {
    variables,
    tex,
    text,
    ...(source === undefined ? {} : { source }),
    parameters,
    evaluate: compile(value, variables),
    lowerBound: lowerBound(value, variables),
    formula: () => formula,
    ...(gradient && { gradient: compileAll(gradient, variables) }),
    ...breaksAlong(breaks),
  }
}

/** Where an expression of one coordinate may have kinks or jumps: zeros of these conditions. */
export function breaksAlong(conditions: readonly Expression[]): Pick<Objective, 'breaks'> {
  if (conditions.length === 0 || conditions[0].variables.length > 1) return {}
  const lines = conditions.map((condition) => {
    const evaluate = compile(condition, [...condition.variables])
    return (x: Float64Array) => evaluate([x])
  })
  return { breaks: (lower, upper) => zerosOf(lines, lower, upper) }
}

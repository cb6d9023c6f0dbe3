import type { Derivation, Step } from '../../../../src/derive/index.js'
import { evaluateComplex, type Node } from '../../../../src/expr/index.js'

/** A step by its id. */
export function stepOf(derivation: Derivation, id: string): Step {
  const step = derivation.steps.find((known) => known.id === id)
  if (!step) throw new Error(`no step “${id}” in “${derivation.title}”`)
  return step
}

/** A line as text. */
export const lineOf = (derivation: Derivation, id: string): string => stepOf(derivation, id).text

/** The right side of a line, with definitions in place of undefined functions. */
export const rightOf = (derivation: Derivation, id: string): Node => stepOf(derivation, id).after.right

/** The real value of a tree at a point. */
export const numberAt = (node: Node, point: Readonly<Record<string, number>>): number =>
  evaluateComplex(node, point, 20).re.toNumber()

/** Goes on from a derivation up to (not including) a step, with another formula, rule or facts. */
export function retried(
  derivation: Derivation,
  id: string,
  change: Partial<Pick<Step, 'move' | 'using'>> & { readonly gives: string },
): () => Derivation {
  const step = stepOf(derivation, id)
  const place = derivation.steps.indexOf(step)
  const before = derivation.until(derivation.steps[place - 1]!.id)
  return () =>
    before.apply(change.move ?? step.move, {
      id: 'retried',
      gives: change.gives,
      using: change.using ?? step.using,
      ...(step.from !== undefined && { from: step.from }),
    })
}

import { expect } from 'vitest'
import { type Derivation, DerivationError, type Formula, type Step } from '../../../src/derive/index.js'
import {
  ExpressionError,
  mapParts,
  multiply,
  type Node,
  negate,
  number,
  proveEqual,
  symbolsOf,
} from '../../../src/expr/index.js'

interface Twin {
  readonly name: string
  readonly after: Formula
}

function replaced(node: Node, name: string, by: Node): Node {
  if ((node.kind === 'symbol' || node.kind === 'constant') && node.name === name) return by
  return mapParts(node, (part) => replaced(part, name, by))
}

/** The step's formula with one mistake in it: a sign, a factor 2, i for −i, one symbol for its negative. */
function twinsOf({ after }: Step): readonly Twin[] {
  const with_ = (name: string, right: Node): Twin => ({ name, after: { ...after, right } })
  const flips = [...symbolsOf(after.right)].map((name) =>
    with_(`${name} → −${name}`, replaced(after.right, name, negate({ kind: 'symbol', name }))),
  )
  return [
    with_('a sign', negate(after.right)),
    with_('a factor 2', multiply(number(2), after.right)),
    with_('i → −i', replaced(after.right, 'i', negate({ kind: 'constant', name: 'i' }))),
    ...flips,
  ]
}

/** Twins that say the same are none. */
function differs(derivation: Derivation, step: Step, { after }: Twin): boolean {
  try {
    return !proveEqual(after.right, step.after.right, derivation.language.assumptions)
  } catch (error) {
    if (error instanceof ExpressionError) return true
    throw error
  }
}

/** Every proved step with every mistake is refused, where it was accepted without; returns how many were tried. */
export function expectTwinsRefused(derivation: Derivation): number {
  let tried = 0
  derivation.steps.forEach((step, place) => {
    // What is taken on trust, and bounds, which hold the better when the greater side is doubled, have no twins.
    if (step.obligations.length === 0 || step.relation === 'inequality') return
    const before = place === 0 ? undefined : derivation.until(derivation.steps[place - 1]!.id)
    if (!before) return
    const again = (after: Formula) => () =>
      before.apply(step.move, {
        id: 'twin',
        gives: after,
        using: step.using,
        ...(step.from !== undefined && { from: step.from }),
      })
    expect(again(step.after)).not.toThrow()
    for (const twin of twinsOf(step).filter((twin) => differs(derivation, step, twin))) {
      tried += 1
      let thrown: unknown
      try {
        again(twin.after)()
      } catch (error) {
        thrown = error
      }
      const refused = thrown instanceof DerivationError || thrown instanceof ExpressionError
      expect(refused, `${derivation.title}, ${step.id} with ${twin.name}`).toBe(true)
    }
  })
  return tried
}

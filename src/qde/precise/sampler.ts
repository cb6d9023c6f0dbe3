/** ζ in double precision for looking at, wherever it makes sense. */
import { compile, type Expression, evaluateDecimal, rational } from '../../expr/index.js'

/** ζ on ascending points. */
export type Sampler = (points: Float64Array) => Float64Array

/** Digits that tell +∞ from −∞. */
const DIGITS = 10

/**
 * ζ by doubles. Where these overflow to ∞ − ∞, as e^{−2x} − 2e^{−x} does far out, the whole run of points gets the value
 * of a decimal evaluation at its first one; NaN is left where ζ has no value.
 */
export function samplerOf(zeta: Expression): Sampler {
  const [variable] = zeta.variables
  const compiled = compile(zeta, zeta.variables)
  return (points) => {
    const values = compiled([points])
    let patch: number | undefined
    for (const [j, value] of values.entries()) {
      if (!Number.isNaN(value)) patch = undefined
      else {
        patch ??= evaluateDecimal(zeta, { [variable]: rational(points[j]) }, DIGITS).toNumber()
        if (Number.isNaN(patch)) return values
        values[j] = patch
      }
    }
    return values
  }
}

/** How labels are given: by energies ζ, of which low ones are likely, or by logits z = −ζ, of which high ones are. */
import { PsilabError, requireKeys } from '../../error.js'

/**
 * One number a label. A list holds energies ζ, p ∝ e^{−ζ/T}, as everywhere here; what machine learning calls logits has
 * the other sign, p ∝ e^{z/T}, and is given by name.
 */
export type LabelEnergies = ArrayLike<number> | { readonly logits: ArrayLike<number> }

/** Most labels: beyond, the lists would outgrow memory. */
const MOST = 10_000_000

/** ζ of each label. @throws PsilabError `parameter` for what is no list of finite numbers */
export function energiesOf(given: LabelEnergies, most = MOST): Float64Array {
  const byLogits = typeof given === 'object' && given !== null && 'logits' in given
  if (byLogits) requireKeys('logits', given, ['logits'])
  const list = byLogits ? given.logits : given
  const count = typeof list === 'object' && list !== null ? list.length : Number.NaN
  if (count > most) refuse(byLogits, most, count)
  if (!(count >= 1)) refuse(byLogits, most, given)
  const numbers = Float64Array.from(list)
  const wrong = numbers.findIndex((z) => !Number.isFinite(z))
  if (wrong >= 0) refuse(byLogits, most, numbers[wrong])
  return byLogits ? numbers.map((z) => -z) : numbers
}

function refuse(byLogits: boolean, most: number, got: unknown): never {
  throw new PsilabError({
    code: typeof got === 'number' && got > most ? 'too-large' : 'parameter',
    parameter: byLogits ? 'logits' : 'zeta',
    problem: 'not one number a label',
    allowed: `a list of 1 to ${most} finite numbers`,
    got,
    advice: 'Energies ζ (low is likely) are given as a list, logits z = −ζ as { logits: [2, 1, 0.1] }.',
  })
}

/**
 * H with any smooth ζ in sinc functions of spacing h, one at each point x_j of a uniform grid:
 *
 *   H_jk = D T(j − k) + ζ(x_j) δ_jk ,   T(0) = π²/(3h²) ,   T(m) = 2(−1)^m/(m²h²) .
 *
 * For an analytic ζ the error of a level falls exponentially with 1/h. Where ζ is even about c the points are
 * c ± (j + ½)h, and the even and odd combinations of mirrored points make two blocks, with T(j − k) ± T(j + k + 1).
 *
 * Reference: Colbert and Miller, J. Chem. Phys. 96, 1982 (1992).
 */
import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { PsilabError } from '../../error.js'
import { compile, type Expression, evaluateDecimal } from '../../expr/index.js'
import { ALL, type Basis, type Block, bitsFor, EVEN, ODD, type Precision } from './basis.js'
import { dyadic } from './dyadic.js'
import type { Extent } from './extent.js'
import { times, toFixed } from './fixed.js'

export interface SincOptions extends Precision {
  readonly D: Fraction
  /** The extent of the states for an effort. */
  readonly extent: (effort: number) => Extent
}

/** Significant bits of h and c. */
const LENGTH_BITS = 12
/** Points at which ζ is compared with its mirror image. */
const PROBES = 12

export function sincBasis(zeta: Expression, options: SincOptions): Basis {
  const { D, digits } = options
  const [variable] = zeta.variables
  const at = (x: Fraction, accuracy: number): Decimal => evaluateDecimal(zeta, { [variable]: x }, accuracy)
  const zetaOf = compile(zeta, zeta.variables)
  const centre = maybeCentre(options.extent(1), digits, (x) => at(x, digits))

  const layout = (effort: number): { origin: Fraction; h: Fraction; size: number } => {
    const { lower, upper, momentum } = options.extent(effort)
    const h = dyadic(Math.PI / (momentum * effort), LENGTH_BITS)
    const start = centre ?? dyadic(lower, LENGTH_BITS)
    const length = centre === undefined ? upper - start.valueOf() : (upper - lower) / 2
    return { origin: start.add(h.div(2)), h, size: Math.ceil(length / h.valueOf()) }
  }
  return {
    name: centre === undefined ? 'sinc functions' : `sinc functions, even and odd about ${centre.valueOf()}`,
    shapes: (effort) => {
      const { size } = layout(effort)
      return [{ size, bandwidth: size - 1 }]
    },
    blocks: (effort) => {
      const { origin, h, size } = layout(effort)
      const points = Array.from({ length: size }, (_, j) => origin.add(h.mul(j)))
      const coarse = zetaOf([Float64Array.from(points, (x) => x.valueOf())])
      requireFinite(points, coarse)
      const kinetic = (D.valueOf() * Math.PI ** 2) / h.valueOf() ** 2
      const magnitude = Math.log2(coarse.reduce((most, v) => Math.max(most, Math.abs(v)), kinetic + 1))
      const { bits, guard } = bitsFor(options, magnitude)
      const accuracy = Math.ceil((bits - guard) * Math.log10(2)) + 4
      const fixed = fixedPoint(bits, magnitude)
      const values = points.map((x) => fixed(at(x, accuracy)))
      const T = kineticElements(D.div(h.mul(h)), 2 * size, bits, fixed)
      const block = (sign: bigint, levelsOf: Block['levelsOf']): Block => {
        const rows = values.map((v, j) =>
          Array.from({ length: j + 1 }, (_, k) => {
            const mirrored = sign === 0n ? 0n : sign * T[j + k + 1]
            return T[j - k] + mirrored + (j === k ? v : 0n)
          }),
        )
        return { matrix: { size, bits, guard, bandwidth: size - 1, rows }, levelsOf }
      }
      return centre === undefined ? [block(0n, ALL)] : [block(1n, EVEN), block(-1n, ODD)]
    },
  }
}

/** T(0), T(1), … times D, for D/h² given. */
function kineticElements(
  scale: Fraction,
  count: number,
  bits: number,
  fixed: (value: Decimal) => bigint,
): bigint[] {
  const pi = fixed(
    Decimal.clone({ precision: Math.ceil(bits * Math.log10(2)) + 10, defaults: true }).acos(-1),
  )
  const squared = times(pi, pi, bits)
  return Array.from({ length: count }, (_, m) =>
    m === 0
      ? (squared * scale.s * scale.n) / (3n * scale.d)
      : toFixed(scale.mul(m % 2 === 0 ? 2 : -2).div(m * m), bits),
  )
}

/** Decimals below 2^magnitude to fixed point. */
function fixedPoint(bits: number, magnitude: number): (value: Decimal) => bigint {
  const precision = Math.ceil((bits + Math.max(0, magnitude)) * Math.log10(2)) + 10
  const arithmetic = Decimal.clone({ precision, defaults: true })
  const unit = arithmetic.pow(2, bits)
  return (value) => BigInt(arithmetic.mul(value, unit).toFixed(0))
}

/** A centre about which ζ is even to the working precision at every probe: 0, or the middle of the states. */
function maybeCentre(
  { left, right, lower, upper }: Extent,
  digits: number,
  at: (x: Fraction) => Decimal,
): Fraction | undefined {
  const middle = new Fraction(Math.round(50 * (left + right)), 100)
  const probes = Array.from({ length: PROBES }, (_, k) =>
    dyadic(((upper - lower) * (k + 0.7)) / (2 * PROBES), LENGTH_BITS),
  )
  return [new Fraction(0), middle].find((centre) =>
    probes.every((distance) => {
      const [u, v] = [at(centre.add(distance)), at(centre.sub(distance))]
      return (
        u.eq(v) ||
        u
          .minus(v)
          .abs()
          .lte(u.abs().times(`1e-${digits - 2}`))
      )
    }),
  )
}

function requireFinite(points: readonly Fraction[], values: Float64Array): void {
  const bad = values.findIndex((v) => !Number.isFinite(v))
  if (bad < 0) return
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'objective',
    problem: `ζ is ${values[bad]} at ${Number(points[bad].valueOf().toPrecision(6))}`,
    allowed: 'a finite number wherever the states are',
  })
}

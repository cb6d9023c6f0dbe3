import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExpressionError } from '../../../src/expr/errors.js'
import { proveEqual } from '../../../src/expr/normal.js'
import { parse } from '../../../src/expr/parse.js'
import { type C, evaluate } from './_complex.js'
import { SEED, texts } from './_random.js'

/** a and b are positive, r is real, z and w are any complex numbers. */
const NAMES = { variables: ['z', 'w', 'r', 'a', 'b'], imaginary: true }
const ASSUMED = { positive: ['a', 'b'], real: ['r'] }

/** Proofs that would grow beyond the ring's limit, or divide by zero, claim nothing. */
function claims(left: string, right: string): boolean {
  try {
    return proveEqual(parse(left, NAMES), parse(right, NAMES), ASSUMED)
  } catch (error) {
    if (
      error instanceof ExpressionError &&
      (error.code === 'too-complex' || error.code === 'division-by-zero')
    )
      return false
    throw error
  }
}

const POINTS: readonly Readonly<Record<string, C>>[] = [
  { z: [0.83, 1.27], w: [-1.41, 0.62], r: [0.77, 0], a: [0.59, 0], b: [1.71, 0] },
  { z: [-0.71, -0.93], w: [0.37, -1.83], r: [-1.13, 0], a: [1.37, 0], b: [0.43, 0] },
  { z: [-1.63, 0.29], w: [-0.53, -0.47], r: [-0.39, 0], a: [0.87, 0], b: [2.19, 0] },
  { z: [1.19, -2.07], w: [2.11, 1.03], r: [1.91, 0], a: [2.63, 0], b: [0.91, 0] },
]
/** Relative difference above which two sides are different numbers, not one number rounded twice. */
const DIFFERENT = 1e-6
/** Beyond this size a double has lost the digits that the comparison needs. */
const LARGE = 1e6

/** How many of the points tell the sides apart. */
function refutations(left: string, right: string): number {
  const [l, r] = [parse(left, NAMES), parse(right, NAMES)]
  return POINTS.filter((point) => {
    const [a, b] = [evaluate(l, point), evaluate(r, point)]
    const [gap, size] = [Math.hypot(a[0] - b[0], a[1] - b[1]), Math.hypot(...a)]
    return Number.isFinite(gap) && size < LARGE && gap > DIFFERENT * Math.max(1, size)
  }).length
}

const small = texts({
  leaves: ['z', 'w', 'r', 'a', 'b', '2', '3', 'i'],
  functions: ['exp', 'sqrt', 'sin', 'tanh'],
  powers: ['2', '(-1)', '(1/2)'],
  depth: 2,
})

/** Rewritings that hold for positive numbers and break across branch cuts. */
const TEMPTATIONS: readonly ((A: string, B: string) => readonly [string, string])[] = [
  (A, B) => [`sqrt((${A})*(${B}))`, `sqrt(${A})*sqrt(${B})`],
  (A, B) => [`sqrt((${A})/(${B}))`, `sqrt(${A})/sqrt(${B})`],
  (A) => [`((${A})^2)^(1/2)`, A],
  (A) => [`sqrt(-(${A}))`, `i*sqrt(${A})`],
  (A) => [`exp(${A})^(1/2)`, `exp((${A})/2)`],
  (A) => [`log(exp(${A}))`, A],
  (A, B) => [`log((${A})*(${B}))`, `log(${A}) + log(${B})`],
  (A) => [`sqrt(1/(${A}))`, `1/sqrt(${A})`],
  (A) => [`((${A})^(1/2))^(1/2)`, `(${A})^(1/4)`],
  (A) => [`((${A})^3)^(1/3)`, A],
  (A, B) => [`(${A})^((${B})*2)`, `((${A})^2)^(${B})`],
  (A, B) => [`(${A})^(${B})*(${A})^2`, `(${A})^((${B})+2)`],
]

describe('the normal form is sound', () => {
  it('across branch cuts: 4000 pairs, no claim that numbers refute', () => {
    let claimed = 0
    fc.assert(
      fc.property(fc.constantFrom(...TEMPTATIONS), small, small, (tempt, A, B) => {
        const [left, right] = tempt(A, B)
        if (!claims(left, right)) return
        claimed += 1
        expect(refutations(left, right)).toBe(0)
      }),
      { numRuns: 4000, seed: SEED },
    )
    expect(claimed).toBeGreaterThan(400)
  }, 60_000)
})

const analytic = texts({
  leaves: ['z', 'w', 'a', '2', '3', 'i'],
  functions: ['exp', 'sin', 'cos', 'sinh', 'tanh'],
  powers: ['2', '3', '(-1)'],
  depth: 3,
})

describe('the normal form decides its class', () => {
  it('E·(1 + e^z)/(e^z + 1) + (w + 1)² − w² − 2w − 1 = E is never missed', () => {
    let proved = 0
    fc.assert(
      fc.property(analytic, (E) => {
        try {
          const left = parse(`(${E})*(1 + exp(z))/(exp(z) + 1) + (w + 1)^2 - w^2 - 2*w - 1`, NAMES)
          expect(proveEqual(left, parse(E, NAMES), ASSUMED)).toBe(true)
          proved += 1
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error
        }
      }),
      { numRuns: 1000, seed: SEED },
    )
    expect(proved).toBeGreaterThan(900)
  }, 60_000)

  it('E·(1 + z/10⁶) is never taken for E, unless E is 0', () => {
    fc.assert(
      fc.property(analytic, (E) => {
        if (!claims(E, '0')) expect(claims(`(${E})*(1 + z/1000000)`, E)).toBe(false)
      }),
      { numRuns: 1000, seed: SEED },
    )
  }, 60_000)
})

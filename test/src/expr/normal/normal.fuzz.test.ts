import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandDiff } from '../../../../src/expr/differentiate.js'
import { ExpressionError } from '../../../../src/expr/errors.js'
import { proveEqual } from '../../../../src/expr/normal/normal.js'
import { parse } from '../../../../src/expr/parse.js'
import { type C, evaluate } from '../_complex.js'
import { SEED, texts } from '../_random.js'

/** a and b are positive, r is real, z and w are any complex numbers. */
const NAMES = {
  variables: ['z', 'w', 'r', 'a', 'b', 's', 'n'],
  functions: { f: 1, g: 2 },
  imaginary: true,
}
const read = (text: string) => expandDiff(parse(text, NAMES))
const ASSUMED = { positive: ['a', 'b'], real: ['r'] }

/** Proofs that would grow beyond the ring's limit, or divide by zero, claim nothing. */
function claims(left: string, right: string): boolean {
  try {
    return proveEqual(read(left), read(right), ASSUMED)
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

/** Texts of expressions with values > 0, as signs alone show. */
function positives(depth: number): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(
    'a',
    'b',
    '2',
    '3',
    'exp(r)',
    'exp(-a*r)',
    'cosh(r)',
    '(a + b)',
    '(1 + r^2)',
    '(1 + tanh(r)^2)',
  )
  if (depth === 0) return leaf
  const inner = positives(depth - 1)
  const pair = fc.tuple(inner, inner)
  return fc.oneof(
    { weight: 1, arbitrary: leaf },
    { weight: 2, arbitrary: pair.map(([P, Q]) => `(${P} + ${Q})`) },
    { weight: 2, arbitrary: pair.map(([P, Q]) => `(${P} * ${Q})`) },
    { weight: 1, arbitrary: pair.map(([P, Q]) => `(${P})/(${Q})`) },
    { weight: 1, arbitrary: inner.map((P) => `(${P})^2`) },
  )
}

/** Laws of roots and logarithms of positive numbers, and others that only look like them. */
const OF_POSITIVE: readonly {
  readonly law: boolean
  readonly sides: (P: string, Q: string) => readonly [string, string]
}[] = [
  { law: true, sides: (P, Q) => [`sqrt(${P})*sqrt(${Q})`, `sqrt((${P})*(${Q}))`] },
  { law: true, sides: (P, Q) => [`sqrt((${P})*(${Q}))`, `sqrt(${P})*sqrt(${Q})`] },
  { law: true, sides: (P, Q) => [`sqrt(${P})/sqrt(${Q})`, `sqrt((${P})/(${Q}))`] },
  { law: true, sides: (P, Q) => [`sqrt((${P})^2 + 2*(${P})*(${Q}) + (${Q})^2)`, `(${P}) + (${Q})`] },
  {
    law: true,
    sides: (P, Q) => [
      `sqrt((${P})^2 + 3*(${P})*(${Q}) + 2*(${Q})^2)`,
      `sqrt((${P}) + (${Q}))*sqrt((${P}) + 2*(${Q}))`,
    ],
  },
  { law: true, sides: (P, Q) => [`log((${P})*(${Q}))`, `log(${P}) + log(${Q})`] },
  { law: true, sides: (P, Q) => [`((${P})*(${Q}))^w`, `(${P})^w*(${Q})^w`] },
  { law: true, sides: (P) => [`sqrt((${P})*sqrt(${P}))`, `(${P})^(3/4)`] },
  { law: true, sides: (P) => [`((${P})^4)^(1/3)`, `(${P})*(${P})^(1/3)`] },
  { law: true, sides: (P, Q) => [`1/(${Q} + sqrt(${P}))`, `(${Q} - sqrt(${P}))/((${Q})^2 - (${P}))`] },
  { law: false, sides: (P, Q) => [`sqrt((${P})^2 + (${Q})^2)`, `(${P}) + (${Q})`] },
  { law: false, sides: (P, Q) => [`sqrt((${P}) + (${Q}))`, `sqrt(${P}) + sqrt(${Q})`] },
  { law: false, sides: (P, Q) => [`log((${P}) + (${Q}))`, `log(${P}) + log(${Q})`] },
  { law: false, sides: (P, Q) => [`sqrt((${P})^2 - 2*(${P})*(${Q}) + (${Q})^2)`, `(${P}) - (${Q})`] },
  { law: false, sides: (P, Q) => [`sqrt((${P})^2*(${Q}))`, `(${P})*(${Q})`] },
]

describe('roots and logarithms of positive numbers', () => {
  it('500 pairs: none of the laws is missed, and nothing is claimed that numbers refute', () => {
    let proved = 0
    fc.assert(
      fc.property(fc.constantFrom(...OF_POSITIVE), positives(2), positives(1), ({ law, sides }, P, Q) => {
        const [left, right] = sides(P, Q)
        // Where Q² = P the reasoning divides by zero, and claims nothing.
        const claimed = claims(left, right)
        if (law && !left.startsWith('1/')) expect(claimed).toBe(true)
        if (claimed) {
          proved += 1
          expect(refutations(left, right)).toBe(0)
        }
      }),
      { numRuns: 500, seed: SEED },
    )
    expect(proved).toBeGreaterThan(300)
  }, 60_000)
})

const analytic = texts({
  leaves: [
    'z',
    'w',
    'a',
    '2',
    '3',
    'i',
    'sqrt(a + b)',
    'sqrt(1 + r^2)',
    'b^(2/3)',
    'f(z)',
    'diff(f(z), z)',
    'diff(g(z, w), w, 2)',
    'integral(g(s, z), s, 0, a)',
    'sum(exp(-n*w), n, 0, 5)',
  ],
  functions: ['exp', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'f'],
  powers: ['2', '3', '(-1)'],
  depth: 2,
})

/** Identities of any two expressions. */
const IDENTITIES: readonly ((E: string, F: string) => readonly [string, string])[] = [
  (E) => [`(${E})*(1 + exp(z))/(exp(z) + 1) + (w + 1)^2 - w^2 - 2*w - 1`, E],
  (E, F) => [`(${E})*sin(2*(${F}))`, `2*(${E})*sin(${F})*cos(${F})`],
  (E) => [`tanh((${E})/2)`, `sinh(${E})/(1 + cosh(${E}))`],
  (E, F) => [`tan((${E}) + (${F}))*(1 - tan(${E})*tan(${F}))`, `tan(${E}) + tan(${F})`],
  (E, F) => [`exp(${E})*exp(${F})`, `exp((${F}) + (${E}))`],
  (E) => [`1/((${E})*((${E}) + 1))`, `1/(${E}) - 1/((${E}) + 1)`],
  (E) => [`((${E})^4 - 1)/((${E}) - 1)`, `1 + (${E}) + (${E})^2 + (${E})^3`],
  (E) => [`f(((${E})^2 - 1)/((${E}) - 1))`, `f((${E}) + 1)`],
  (E) => [`exp((exp(2*(${E})) - 1)/(exp(${E}) - 1))`, `exp(1 + exp(${E}))`],
  (E, F) => [`diff((${E})*(${F}), z)`, `diff(${E}, z)*(${F}) + (${E})*diff(${F}, z)`],
  (E, F) => [`diff((${E})/(${F}), z)*(${F})^2`, `diff(${E}, z)*(${F}) - (${E})*diff(${F}, z)`],
  (E, F) => [`diff(diff((${E})*(${F}), z), w)`, `diff(diff((${F})*(${E}), w), z)`],
  (E, F) => [
    `integral((${E})*f(s) + (${F})*exp(-s), s, 0, b)`,
    `(${E})*integral(f(n), n, 0, b) + (${F})*integral(1/exp(s), s, 0, b)`,
  ],
  (E, F) => [
    `sum((${E})*f(n) - exp(n*z)*exp(${F}), n, 0, 7)`,
    `(${E})*sum(f(s), s, 0, 7) - sum(exp(s*z + (${F})), s, 0, 7)`,
  ],
]

/** True, false, or undefined where an expression divides by zero or grows too large. */
function decide(left: string, right: string): boolean | undefined {
  try {
    return proveEqual(read(left), read(right), ASSUMED)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

describe('the normal form decides its class', () => {
  it('2000 identities of random expressions: none is missed', () => {
    let proved = 0
    fc.assert(
      fc.property(fc.constantFrom(...IDENTITIES), analytic, analytic, (identity, E, F) => {
        const verdict = decide(...identity(E, F))
        expect(verdict).not.toBe(false)
        if (verdict) proved += 1
      }),
      { numRuns: 2000, seed: SEED },
    )
    expect(proved).toBeGreaterThan(1900)
  }, 60_000)

  it('2000 expressions E: E·(1 + z/10⁶) is never taken for E, unless E is 0', () => {
    fc.assert(
      fc.property(analytic, (E) => {
        if (!claims(E, '0')) expect(claims(`(${E})*(1 + z/1000000)`, E)).toBe(false)
      }),
      { numRuns: 2000, seed: SEED },
    )
  }, 60_000)
})

import { Complex } from 'complex.js'
import fc from 'fast-check'
import { compile as mathjsCompile } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { compileComplex, parse } from '../../../../src/expr/index.js'
import { type C, evaluate } from '../_complex.js'
import { between, SEED, texts } from '../_random.js'

const text = texts({
  leaves: ['x', 'z', 'w', 'a', 'c', '2', '0.5', '3', 'pi', 'i'],
  functions: ['sin', 'cos', 'sinh', 'cosh', 'tanh', 'exp', 'sqrt', 'log'],
  powers: ['2', '3', '(-1)', '(1/2)', '(1/3)', '(-3/2)', 'z', '5'],
  depth: 3,
})
const VALUES = { a: 0.7, c: { re: 0.4, im: -1.2 } } as const
const NAMES = { variables: ['x', 'z', 'w'], complex: ['z', 'w'], parameters: VALUES } as const
/** Relative agreement asked of two orders of evaluation in doubles, away from cancellation. */
const AGREE = 1e-9
/** A few roundings of the result. */
const ROUNDED = 1e-14

const at = (source: string, re: number, im: number): C => {
  const [a, b] = compileComplex(source, { variables: ['z'], complex: ['z'] })([Float64Array.of(re, im)])
  return [a!, b!]
}
const gap = (a: C, b: C): number => Math.hypot(a[0] - b[0], a[1] - b[1]) / Math.max(1, Math.hypot(...b))

describe('compileComplex()', () => {
  it('agrees with an independent evaluation on random expressions at random points', () => {
    let compared = 0
    const part = between(-2, 2)
    fc.assert(
      fc.property(text, between(-3, 3), part, part, part, part, (source, x, zr, zi, wr, wi) => {
        const point = { x: [x, 0], z: [zr, zi], w: [wr, wi], a: [0.7, 0], c: [0.4, -1.2] } as const
        const expected = evaluate(
          parse(source, { variables: ['x', 'z', 'w'], parameters: ['a', 'c'], imaginary: true }),
          point,
        )
        const size = Math.hypot(...expected)
        if (!(size < 1e6)) return
        const found = compileComplex(
          source,
          NAMES,
        )([Float64Array.of(x), Float64Array.of(zr, zi), Float64Array.of(wr, wi)])
        compared += 1
        expect(gap([found[0]!, found[1]!], expected)).toBeLessThan(AGREE)
      }),
      { numRuns: 1500, seed: SEED },
    )
    expect(compared).toBeGreaterThan(1000)
  })

  it.each([
    'exp',
    'log',
    'sqrt',
    'sin',
    'cos',
    'tan',
    'sinh',
    'cosh',
    'tanh',
    'asinh',
    'acosh',
    'atanh',
    'asin',
    'acos',
    'atan',
  ])('%s agrees with complex.js off the cuts', (name) => {
    fc.assert(
      fc.property(between(-3, 3), between(-3, 3), (re, im) => {
        const expected = (new Complex(re, im) as unknown as Record<string, () => Complex>)[name]!()
        expect(gap(at(`${name}(z)`, re, im), [expected.re, expected.im])).toBeLessThan(1e-13)
      }),
      { numRuns: 100, seed: SEED },
    )
  })

  it('gives the same values in columns as one by one, across block borders', () => {
    const f = compileComplex('sqrt(z)*exp(i*x)/(1+x^2)', { variables: ['x', 'z'], complex: ['z'] })
    const x = Float64Array.from({ length: 2500 }, (_, k) => -2 + k / 500)
    const z = Float64Array.from({ length: 5000 }, (_, k) => Math.cos(k))
    const values = f([x, z])
    expect(values.length).toBe(5000)
    for (const k of [0, 1023, 1024, 2047, 2048, 2499])
      expect([...values.subarray(2 * k, 2 * k + 2)]).toEqual([
        ...f([x.slice(k, k + 1), z.slice(2 * k, 2 * k + 2)]),
      ])
  })

  it('on a cut takes arg z = π, whatever the sign of a zero', () => {
    for (const zero of [0, -0]) {
      expect(at('sqrt(z)', -4, zero)).toEqual([0, 2])
      expect(at('log(z)', -1, zero)).toEqual([0, Math.PI])
      expect(gap(at('z^(1/4)', -1, zero), [Math.SQRT1_2, Math.SQRT1_2])).toBeLessThan(ROUNDED)
      expect(at('sqrt(-z)', 4, zero)).toEqual([0, 2])
      expect(gap(at('asin(z)', 2, zero), [Math.PI / 2, -Math.acosh(2)])).toBeLessThan(ROUNDED)
      expect(gap(at('atanh(z)', 2, zero), [Math.atanh(0.5), -Math.PI / 2])).toBeLessThan(ROUNDED)
    }
    const real = compileComplex('sqrt(x)', { variables: ['x'] })
    expect([...real([Float64Array.of(-9, 9)])]).toEqual([0, 3, 3, 0])
  })

  it('√z is accurate beside the negative axis, and over the whole range of doubles', () => {
    for (const im of [1e-20, -1e-20, 1e-300]) {
      const [re, imaginary] = at('sqrt(z)', -1, im)
      expect(Math.abs(re / (Math.abs(im) / 2) - 1)).toBeLessThan(ROUNDED)
      expect(imaginary).toBe(Math.sign(im))
    }
    for (const size of [1e-308, 1e-200, 1e200, 1e308]) {
      const [re, im] = at('sqrt(z)', -size, size)
      const root = Math.sqrt(size) * Math.sqrt(Math.SQRT2)
      expect(gap([re / root, im / root], [Math.sin(Math.PI / 8), Math.cos(Math.PI / 8)])).toBeLessThan(1e-13)
    }
  })

  it('stays finite where the value does', () => {
    expect(at('tanh(z)', 400, 1)).toEqual([1, expect.closeTo(0, 300)])
    expect(at('tanh(z)', -800, 0.3)[0]).toBe(-1)
    expect(at('tan(z)', 0.4, 900)).toEqual([expect.closeTo(0, 300), 1])
    // cosh 710.5 is finite, e^{710.5} is not.
    const [re, im] = at('cosh(z)', 710.4, Math.PI / 4)
    expect(Number.isFinite(re) && Number.isFinite(im)).toBe(true)
    expect(Math.abs(re / Math.cosh(710.4) - Math.SQRT1_2)).toBeLessThan(1e-12)
    expect(at('exp(z)', 720, Math.PI / 2 - 1e-9)[1]).toBe(Number.POSITIVE_INFINITY)
    expect(at('sigmoid(z)', -800, 1)).toEqual([0, 0])
    expect(at('sigmoid(z)', 800, 1)).toEqual([1, 0])
    // σ(z) = e^z/(1 + e^z) ≈ e^z far on the left, to all its digits.
    expect(Math.abs(at('sigmoid(z)', -300, 0)[0] / Math.exp(-300) - 1)).toBeLessThan(ROUNDED)
    // ln|1 + ε| = ε − ε²/2.
    expect(Math.abs(at('log(z)', 1, 1e-8)[0] / 5e-17 - 1)).toBeLessThan(ROUNDED)
  })

  it('keeps the laws of the functions at random points', () => {
    const law = (left: string, right: string) =>
      fc.assert(
        fc.property(between(-3, 3), between(-3, 3), (re, im) => {
          expect(gap(at(left, re, im), at(right, re, im))).toBeLessThan(1e-11)
        }),
        { numRuns: 60, seed: SEED },
      )
    law('sin(z)^2 + cos(z)^2', '1')
    law('exp(log(z))', 'z')
    law('sqrt(z)^2', 'z')
    law('sigmoid(z) + sigmoid(-z)', '1')
    law('tanh(2*z)', '2*tanh(z)/(1+tanh(z)^2)')
    law('z^(3/2)', 'z*sqrt(z)')
    law('z^(-1/3)', 'exp(-log(z)/3)')
    law('tan(atan(z))', 'z')
    law('sin(asin(z)) + cos(acos(z))', '2*z')
    law('sinh(asinh(z)) + tanh(atanh(z)) + cosh(acosh(z))', '3*z')
    law('abs(z)^2', 'abs(z^2)')
  })

  it('refuses what has no complex meaning, and columns that do not fit', () => {
    const names = { variables: ['x', 'z'], complex: ['z'] }
    for (const call of ['floor(z)', 'min(x, z)', 'max(z, 1)', 'sign(z)', 'erf(z)', 'step(i)'])
      expect(() => compileComplex(call, names)).toThrow(/no meaning for complex numbers/)
    expect(() => compileComplex('cbrt(z)', names)).toThrow(/z\^\(1\/3\)/)
    expect(() => compileComplex('floor(x) + i*min(x, 2)', names)).not.toThrow()
    expect(() => compileComplex('q*z', names)).toThrow(/“q” is not declared/)
    expect(() => compileComplex('z', { variables: ['z'], complex: ['y'] })).toThrow(/complex column “y”/)
    const sum = compileComplex('x + z', names)
    expect(() => sum([new Float64Array(2), new Float64Array(3)])).toThrow(/x, z \(re, im\).*lengths 2, 3/)
    expect(() => sum([new Float64Array(2)])).toThrow(/got lengths 2/)
  })

  it('computes a free packet at 4096 points at least 50 times as fast as mathjs', () => {
    const packet =
      '(1/(2*pi*s^2))^(1/4)/sqrt(1 + i*D*t/s^2)*exp(i*k*(x - D*k*t) - (x - 2*D*k*t)^2/(4*s^2*(1 + i*D*t/s^2)))'
    const parameters = { s: 0.5, D: 0.5, k: 3, t: 1.3 }
    const x = Float64Array.from({ length: 4096 }, (_, n) => -10 + (20 * n) / 4096)
    const fast = compileComplex(packet, { variables: ['x'], parameters })
    const slow = mathjsCompile(packet)
    const least = (runs: number, run: () => void): number =>
      Math.min(
        ...Array.from({ length: runs }, () => {
          const start = performance.now()
          run()
          return performance.now() - start
        }),
      )
    let values: unknown[] = []
    const theirs = least(3, () => {
      values = Array.from(x, (value) => slow.evaluate({ ...parameters, x: value }))
    })
    const ours = least(40, () => fast([x]))
    const found = fast([x])
    values.forEach((value, n) => {
      const { re, im } = value as Complex
      expect(Math.hypot(found[2 * n]! - re, found[2 * n + 1]! - im)).toBeLessThan(1e-12)
    })
    expect(theirs / ours).toBeGreaterThan(50)
  })
})

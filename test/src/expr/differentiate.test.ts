import fc from 'fast-check'
import { complex, compile as mathjsCompile } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { differentiate, expandDiff, substituteFunction } from '../../../src/expr/differentiate.js'
import { FUNCTIONS } from '../../../src/expr/functions.js'
import { parseExpression } from '../../../src/expr/index.js'
import { proveEqual } from '../../../src/expr/normal/normal.js'
import { parse } from '../../../src/expr/parse.js'
import { between, SEED, texts } from './_random.js'

/** Step of the complex-step derivative Im f(x + ih)/h; its error is h², far below a double's. */
const H = 1e-30
/** A point inside every function's real domain. */
const INSIDE: Readonly<Record<string, number>> = { acosh: 1.7 }
const AGREE = 1e-9

describe('derivative()', () => {
  it('agrees with the complex-step derivative on random analytic expressions', () => {
    const text = texts({
      leaves: ['x', 'x', 'a', '2', '0.5'],
      functions: ['sin', 'cos', 'exp', 'sinh', 'tanh', 'sqrt', 'log'],
      powers: ['2', '3', '(-1)', '(1/2)'],
      depth: 4,
    })
    let compared = 0
    fc.assert(
      fc.property(text, between(0.2, 2), (source, x) => {
        const step: unknown = mathjsCompile(source).evaluate({ x: complex(x, H), a: 0.7 })
        const value = typeof step === 'number' ? { re: step, im: 0 } : (step as { re: number; im: number })
        const slope = parseExpression(source, { variables: ['x'], parameters: { a: 0.7 } })
          .derivative('x')!
          .evaluate({ x })
        const expected = value.im / H
        if (!Number.isFinite(slope) || !Number.isFinite(expected) || Math.abs(expected) > 1e6) return
        // Where a square root or logarithm of a negative number occurs inside, f itself is not real.
        if (
          Number.isNaN(parseExpression(source, { variables: ['x'], parameters: { a: 0.7 } }).evaluate({ x }))
        )
          return
        compared += 1
        expect(Math.abs(slope - expected)).toBeLessThanOrEqual(AGREE * Math.max(1, Math.abs(expected)))
      }),
      { numRuns: 1000, seed: SEED },
    )
    expect(compared).toBeGreaterThan(500)
  })

  it.each([...FUNCTIONS.values()].filter((row) => typeof row.derivative === 'string').map((row) => row.name))(
    '%s′ is its slope',
    (name) => {
      const at = INSIDE[name] ?? 0.4
      const f = parseExpression(`${name}(x)`, { variables: ['x'] })
      // Fourth-order central difference: error h⁴ f⁽⁵⁾/30 below 1e-9 at h = 1e-3 for these functions.
      const h = 1e-3
      const value = (x: number) => f.evaluate({ x })
      const slope = (8 * (value(at + h) - value(at - h)) - (value(at + 2 * h) - value(at - 2 * h))) / (12 * h)
      expect(Math.abs(f.derivative('x')!.evaluate({ x: at }) - slope)).toBeLessThan(1e-8)
    },
  )

  it('reads well', () => {
    const slope = (text: string) => parseExpression(text, { variables: ['x'] }).derivative('x')!.text
    expect(slope('(x^2-1)^2 + 0.2*x')).toBe('4*(x^2 - 1)*x + 0.2')
    expect(slope('3')).toBe('0')
    expect(slope('x^2/2')).toBe('x')
    expect(slope('exp(-x^2)')).toBe('-2*exp(-x^2)*x')
  })
})

describe('undefined functions', () => {
  const scope = { variables: ['x', 't', 'tau'], functions: { f: 2 }, imaginary: true }

  it('obey the chain rule: ∂_τ f(x, −iτ) = −i (∂ₜf)(x, −iτ)', () => {
    const slope = differentiate(parse('f(x, -i*tau)', scope), 'tau')
    const jet = {
      kind: 'jet',
      name: 'f',
      orders: [0, 1],
      args: [parse('x', scope), parse('-i*tau', scope)],
    } as const
    expect(proveEqual(slope, { kind: 'product', factors: [parse('-i', scope), jet] })).toBe(true)
    expect(proveEqual(slope, { kind: 'product', factors: [parse('i', scope), jet] })).toBe(false)
  })

  it('take a definition inside their derivatives', () => {
    const mixed = expandDiff(parse('diff(diff(f(x,t), t), x, 2)', scope))
    const value = substituteFunction(mixed, 'f', ['x', 't'], parse('x^3*exp(2*t)', scope))
    expect(proveEqual(value, parse('12*x*exp(2*t)', scope))).toBe(true)
  })

  it('have mixed derivatives that do not depend on the order', () => {
    const read = (text: string) => expandDiff(parse(text, scope))
    expect(proveEqual(read('diff(diff(f(x,t), t), x)'), read('diff(diff(f(x,t), x), t)'))).toBe(true)
    expect(() => read('diff(f(x,t), 2)')).toThrow(/a variable/)
  })
})

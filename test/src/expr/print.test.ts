import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FUNCTIONS } from '../../../src/expr/functions.js'
import { expandDiff, parseExpression, print, writtenDiff } from '../../../src/expr/index.js'
import { nameTex } from '../../../src/expr/names.js'
import { ascii, OPERATOR_TEX, TEX, tex, UNICODE, unicode } from '../../../src/expr/notations.js'
import { parse } from '../../../src/expr/parse.js'
import { katexErrors } from './_katex.js'
import { mathjaxErrors } from './_mathjax.js'
import { SEED, texts } from './_random.js'

const scope = { variables: ['x', 'x_1', 'theta', 'omega_max', 'speed', 'ζ'] }
const text = texts({
  leaves: [...scope.variables, '2', '0.2', '1e-8', '12345678901234567890', '1.5e-9', 'pi', 'e'],
  functions: [...FUNCTIONS.values()].filter((row) => row.arity[0] === 1).map((row) => row.name),
  powers: ['2', '(-3)', '(1/2)', 'x', '0.1'],
  depth: 4,
})

describe('printing', () => {
  it('in the input language parses back to the same values', () => {
    fc.assert(
      fc.property(text, (source) => {
        const once = ascii(parse(source, scope))
        const point = { x: 0.7, x_1: 1.3, theta: 0.4, omega_max: 2.1, speed: 0.9, ζ: 1.1 }
        const [a, b] = [source, once].map((s) => parseExpression(s, scope).evaluate(point)) as [
          number,
          number,
        ]
        if (Number.isFinite(a) && Math.abs(a) < 1e12)
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)))
      }),
      { numRuns: 800, seed: SEED },
    )
  })

  it('as TeX passes MathJax, and KaTeX in strict mode, whatever the expression', () => {
    fc.assert(
      fc.property(text, (source) => {
        const written = tex(parse(source, scope))
        expect(mathjaxErrors(written)).toEqual([])
        expect(katexErrors(written)).toEqual([])
      }),
      { numRuns: 150, seed: SEED },
    )
  })

  it.each([
    ['learning_rate', '\\mathrm{learning}_{\\mathrm{rate}}'],
    ['x_phi', 'x_{\\varphi}'],
    ['größe', '\\text{größe}'],
    ['E_größe', 'E_{\\text{größe}}'],
    ['a_b_c', 'a_{\\text{b\\_c}}'],
    ['hbar', '\\hbar'],
    ['omicron', '\\mathrm{omicron}'],
    ['温度', '\\text{温度}'],
  ])('the name %s passes both, alone, as an index and under a power', (name, asTex) => {
    expect(nameTex(name)).toBe(asTex)
    for (const written of [asTex, `${asTex}^{2}`, `\\partial_{${asTex}}^{2} \\psi`]) {
      expect(mathjaxErrors(written)).toEqual([])
      expect(katexErrors(written)).toEqual([])
    }
  })

  it.each([
    'diff(f(x), x)^2 + diff(g(x, t), x, 2)*f(x^2)^3',
    'diff(f(x^2), x)^2/diff(g(2*x, t), x, 2)^(1/2)',
    '-D*diff(g(x,t), x, 2) + x*g(x,t)',
    'D*(diff(g(x,t), x, 2) + diff(g(x,t), t, 2))',
    'integral(exp(-x^2)*f(x)^2, x, -infinity, infinity)^2',
    '-sum(exp(-beta*E(n))^2, n, 0, N)^(-1)*integral(f(x + t) - t, x, 0, t)',
    'limit(sin(x)/x, x, 0)^2 + limit(f(N)/N, N, infinity)',
    'exp(exp(integral(f(x), x, 0, 1)))^(-x)',
  ])('jets and bound operators pass both: %s', (source) => {
    const names = {
      variables: ['x', 't', 'D', 'beta', 'N'],
      functions: { f: 1, g: 2, E: 1 },
      imaginary: true,
    }
    for (const notation of [TEX, OPERATOR_TEX]) {
      const written = print(expandDiff(parse(source, names)), notation)
      expect(mathjaxErrors(written)).toEqual([])
      expect(katexErrors(written)).toEqual([])
    }
  })

  it.each([
    ['E(n)', 'E_{n}', 'Eₙ'],
    ['E(0) - E(n + 1)', 'E_{0} - E_{n + 1}', 'E₀ − E_(n + 1)'],
    ['diff(phi(n, x), x, 2)', '\\varphi_{n}^{\\prime\\prime}', 'φₙ″'],
    ['phi(0, 2)', '\\varphi_{0}(2)', 'φ₀(2)'],
    ['rho(1, n, x)^2', '\\rho_{1n}^{2}', 'ρ₁ₙ²'],
  ])('a function of numbers with an index: %s', (source, asTex, asText) => {
    const written = expandDiff(parse(source, { variables: ['n', 'x'], functions: { E: 1, phi: 2, rho: 3 } }))
    const slots = { E: ['n'], phi: ['n', 'x'], rho: ['m', 'n', 'x'] }
    const indices = { E: 1, phi: 1, rho: 2 }
    expect(print(written, { ...TEX, slots, indices })).toBe(asTex)
    expect(print(written, { ...UNICODE, slots, indices })).toBe(asText)
    expect(mathjaxErrors(asTex)).toEqual([])
    expect(katexErrors(asTex)).toEqual([])
  })

  it.each([
    ['diff(f(x)*g(x, t), x)', '\\partial_{x} \\left(f g\\right)', '∂ₓ(fg)'],
    ['-D*diff(f(x)^2, x, 2)', '-D \\, \\partial_{x}^{2} \\left(f^{2}\\right)', '−D ∂ₓ²(f²)'],
    ['diff(exp(f(x)), x)*x', '\\left(\\partial_{x} e^{f}\\right) x', '(∂ₓ exp(f))·x'],
    ['diff(f(x), x)^2*f(x)', '\\left(f^{\\prime}\\right)^{2} f', '(f′)²·f'],
    ['diff(diff(g(x, t), t), x)', '\\partial_{x}\\partial_{t} g', '∂ₓ∂ₜg'],
    ['diff(f(x^2), x)', '\\partial_{x} f(x^{2})', '∂ₓ f(x²)'],
    ['at(diff(f(x)*x, x), x, D)', 'f^{\\prime}(D) D + f(D)', 'f′(D)·D + f(D)'],
    [
      'diff(integral(g(x, t), x, -infinity, infinity), t)',
      '\\partial_{t} \\int_{-\\infty}^{\\infty} g \\, \\mathrm{d} x',
      '∂ₜ ∫ g dx',
    ],
  ])('a derivative as it is written: %s', (source, asTex, asText) => {
    const names = { variables: ['x', 't', 'D'], functions: { f: 1, g: 2 } }
    const written = writtenDiff(parse(source, names))
    const slots = { f: ['x'], g: ['x', 't'] }
    expect(print(written, { ...TEX, slots })).toBe(asTex)
    expect(print(written, { ...UNICODE, slots })).toBe(asText)
    expect(mathjaxErrors(asTex)).toEqual([])
    expect(katexErrors(asTex)).toEqual([])
  })

  it.each([
    ['2*x*speed', '2 x \\, \\mathrm{speed}', '2x·speed'],
    ['x_1^2 - (x - 1)', 'x_{1}^{2} - \\left(x - 1\\right)', 'x₁² − (x−1)'],
    ['(x^2)^3', '\\left(x^{2}\\right)^{3}', '(x²)³'],
    ['-x^2*theta/2', '-\\frac{x^{2} \\theta}{2}', '−x²θ/2'],
    ['x*(-theta)', 'x \\left(-\\theta\\right)', 'x·(−θ)'],
    ['exp(-x^2/2)', 'e^{-\\frac{x^{2}}{2}}', 'exp(−x²/2)'],
    ['sqrt(abs(x))', '\\sqrt{\\left|x\\right|}', '√(|x|)'],
    ['x/(theta/2)', '\\frac{x}{\\frac{\\theta}{2}}', 'x/(θ/2)'],
    ['1e-8*x', '10^{-8} x', '1·10⁻⁸·x'],
    [
      'sin(x)*cos(x/theta)',
      '\\sin(x) \\, \\cos\\mathopen{}\\left(\\frac{x}{\\theta}\\right)',
      'sin(x)·cos(x/θ)',
    ],
    ['2*3', '2 \\cdot 3', '2·3'],
    ['x + -theta^4/4', 'x - \\frac{\\theta^{4}}{4}', 'x − θ⁴/4'],
    ['x + (-200)*exp(-x)', 'x - 200 e^{-x}', 'x − 200exp(−x)'],
    ['x + (-1/2)*theta', 'x - \\frac{1}{2} \\theta', 'x − 1/2·θ'],
  ])('%s', (source, asTex, asText) => {
    expect(tex(parse(source, scope))).toBe(asTex)
    expect(unicode(parse(source, scope))).toBe(asText)
  })
})

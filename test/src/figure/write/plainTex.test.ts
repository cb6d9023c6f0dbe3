import { describe, expect, it } from 'vitest'
import { plainTex } from '../../../../src/figure/index.js'

describe('plainTex()', () => {
  it.each([
    ['\\hbar > 0', 'ħ > 0'],
    ['-\\frac{\\hbar^{2}}{2 m} \\partial_{x}^{2}', '−ħ²/(2 m) ∂ₓ²'],
    ['e^{-\\frac{x^{2}}{2}}', 'e^(−x²/2)'],
    ['x_{1} + \\omega_{\\mathrm{max}}', 'x₁ + ωₘₐₓ'],
    ['f_{abc}', 'f_(abc)'],
    ['\\sqrt{2 \\pi}', '√(2 π)'],
    ['\\left(a + b\\right)^{10}', '(a + b)¹⁰'],
    ['\\left[f\\right]_{a}^{b}', '[f]ₐ^b'],
    ["f'(x) \\le g^{\\prime}", 'f′(x) ≤ g′'],
    ['\\int_{-\\infty}^{\\infty} f(x) \\, dx', '∫_(−∞)^∞ f(x) dx'],
    ['a := B \\implies F(B) = F(a)', 'a := B ⟹ F(B) = F(a)'],
    ['\\left.f\\right|_{x = 0}', 'f|_(x = 0)'],
    ['\\text{for all } a', 'for all a'],
    ['\\sin\\mathopen{}\\left(\\frac{a}{b}\\right)', 'sin(a/b)'],
    ['\\operatorname{erf}\\left(x\\right)', 'erf(x)'],
    ['\\unheard{x', 'unheardx'],
  ])('%s', (tex, text) => {
    expect(plainTex(tex)).toBe(text)
  })
})

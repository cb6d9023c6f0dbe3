import { describe, expect, it } from 'vitest'
import {
  type Derivation,
  DerivationError,
  derive,
  type Move,
  type StepText,
} from '../../../../src/derive/index.js'
import { FIGURE_MIME, JUPYTER_DISPLAY, validateFigure } from '../../../../src/figure/index.js'
import { mathjaxErrors } from '../../expr/_mathjax.js'

const whole = derive.wickRotation()
const LAST = 'quarter-turn'

describe('derive.wickRotation()', () => {
  it('goes from Schrödinger’s equation through the QDE to imaginary time and every angle', () => {
    expect(whole.steps.map((step) => step.id)).toEqual([
      'schroedinger',
      'divided',
      'diffusion',
      'equivalence',
      'qde',
      'chain',
      'rotated',
      'imaginary',
      'mode',
      'decay',
      'growth',
      'angle',
      'general',
      LAST,
    ])
    expect(whole.steps.slice(0, 5).map((step) => step.id)).toEqual(derive.qde().steps.map((step) => step.id))
  })

  it('states postulates and definitions as such and proves everything else', () => {
    for (const step of whole.steps) {
      const given = step.relation === 'postulate' || step.relation === 'definition'
      expect(step.verdict.status).toBe(given ? step.relation : 'proved')
      expect(step.obligations.length > 0).toBe(!given)
    }
  })

  it('writes the QDE and its rotation in the library’s convention', () => {
    const line = (id: string) => whole.steps.find((step) => step.id === id)?.text
    expect(line('qde')).toBe('i ∂ₜψ = [−D ∂ₓ² + ζ] ψ')
    expect(line('imaginary')).toBe('∂_τψ = [D ∂ₓ² − ζ] ψ')
    expect(line('decay')).toContain('t = −iτ')
    expect(whole.toString()).toMatch(/◇ Postulate \[paper\]\n *Potential-energy equivalence/)
  })

  it('emits TeX that MathJax takes without an error, in formulas and conditions', () => {
    for (const step of whole.steps) {
      for (const tex of Object.values(step.tex)) expect(mathjaxErrors(tex)).toEqual([])
      for (const condition of step.when) {
        for (const [, tex] of condition.matchAll(/\$(.*?)\$/g)) expect(mathjaxErrors(tex!)).toEqual([])
      }
    }
  })

  it('draws itself', async () => {
    expect(() => validateFigure(whole.figure())).not.toThrow()
    const bundle = await whole[JUPYTER_DISPLAY]()
    expect(Object.keys(bundle)).toEqual(expect.arrayContaining([FIGURE_MIME, 'image/png', 'text/plain']))
  })
})

/** The derivation up to (not including) a step, which then gets another formula or rule. */
function retry(
  id: string,
  move: Move,
  gives: string,
  from?: string,
  using: readonly string[] = [],
): () => Derivation {
  const place = whole.steps.findIndex((step) => step.id === id)
  const before = whole.steps.slice(0, place)
  const text: StepText = {
    id: 'twin',
    gives,
    why: 'A twin.',
    provenance: 'derived',
    from: from ?? before[place - 1]!.id,
    using,
  }
  return () => whole.until(before[place - 1]!.id).apply(move, text)
}

const imaginary = { psi: 'psi_tau(x, i*t)', tau: 'i*t' }
const backwards = { psi: 'psi_tau(x, -i*t)', tau: '-i*t' }
const rotated = { psi: 'psi_s(x, exp(i*theta)*t)', s: 'exp(i*theta)*t' }
const quarter = { psi_s: 'psi_tau(x, s)', theta: 'pi/2', s: 'tau' }
const mode = { psi: 'exp(i*k*x - i*E*t)', zeta: 'zeta_0', E: 'D*k^2 + zeta_0' }
const QDE_RIGHT = '-D*diff(psi(x,t), x, 2) + zeta(x)*psi(x,t)'
const IMAGINARY_RIGHT = 'D*diff(psi_tau(x,tau), x, 2) - zeta(x)*psi_tau(x,tau)'

describe('a mutated twin of a step is refused', () => {
  it.each<[string, string, Move, string, string?]>([
    [
      'a sign',
      'divided',
      { rule: 'multiply', by: '1/hbar' },
      'i*diff(psi(x,t), t) = hbar/(2*m)*diff(psi(x,t), x, 2) + V(x)/hbar*psi(x,t)',
    ],
    [
      'a factor 2',
      'divided',
      { rule: 'multiply', by: '1/hbar' },
      'i*diff(psi(x,t), t) = -hbar/m*diff(psi(x,t), x, 2) + V(x)/hbar*psi(x,t)',
    ],
    [
      'another factor',
      'divided',
      { rule: 'multiply', by: '2/hbar' },
      'i*diff(psi(x,t), t) = -hbar/(2*m)*diff(psi(x,t), x, 2) + V(x)/hbar*psi(x,t)',
    ],
    [
      'i → −i in the chain rule',
      'chain',
      { rule: 'identity', where: imaginary },
      'diff(psi(x,t), t) = -i*diff(psi_tau(x,tau), tau)',
    ],
    [
      'τ = −it in the chain rule',
      'chain',
      { rule: 'identity', where: backwards },
      'diff(psi(x,t), t) = i*diff(psi_tau(x,tau), tau)',
    ],
    [
      'τ = −it in the rotation',
      'rotated',
      { rule: 'changeVariable', where: backwards },
      `-diff(psi_tau(x,tau), tau) = -(${IMAGINARY_RIGHT})`,
      'qde',
    ],
    [
      'the sign of ζ',
      'imaginary',
      { rule: 'multiply', by: '-1' },
      'diff(psi_tau(x,tau), tau) = D*diff(psi_tau(x,tau), x, 2) + zeta(x)*psi_tau(x,tau)',
    ],
    [
      'twice D',
      'imaginary',
      { rule: 'multiply', by: '-1' },
      'diff(psi_tau(x,tau), tau) = 2*D*diff(psi_tau(x,tau), x, 2) - zeta(x)*psi_tau(x,tau)',
    ],
    [
      'a rearrangement that loses a sign',
      'imaginary',
      { rule: 'rearrange' },
      `diff(psi_tau(x,tau), tau) = -(${IMAGINARY_RIGHT})`,
    ],
    [
      'the wrong dispersion',
      'mode',
      { rule: 'solution', where: { ...mode, E: 'D*k^2/2 + zeta_0' } },
      'psi(x,t) = exp(i*k*x - i*E*t)',
      'qde',
    ],
    [
      'another solution than the one tried',
      'mode',
      { rule: 'solution', where: mode },
      'psi(x,t) = exp(i*k*x + i*E*t)',
      'qde',
    ],
    [
      'growth where decay is',
      'decay',
      { rule: 'identity', where: { t: '-i*tau' } },
      'exp(i*k*x - i*E*t) = exp(i*k*x)*exp(E*tau)',
    ],
    [
      'twice the rate',
      'decay',
      { rule: 'identity', where: { t: '-i*tau' } },
      'exp(i*k*x - i*E*t) = exp(i*k*x)*exp(-2*E*tau)',
    ],
    [
      'θ → −θ',
      'angle',
      { rule: 'changeVariable', where: rotated },
      `i*exp(-i*theta)*diff(psi_s(x,s), s) = ${QDE_RIGHT.replaceAll('psi(x,t)', 'psi_s(x,s)')}`,
      'qde',
    ],
    [
      'θ = −π/2',
      LAST,
      { rule: 'specialise', where: { ...quarter, theta: '-pi/2' } },
      `diff(psi_tau(x,tau), tau) = ${IMAGINARY_RIGHT}`,
    ],
  ])('%s (%s)', (_name, id, move, gives, from) => {
    expect(retry(id, move, gives, from)).toThrow(DerivationError)
  })

  it('of what is put in', () => {
    const facts = ['diffusion', 'equivalence']
    const line = `i*diff(psi(x,t), t) = ${QDE_RIGHT}`
    const insert = (gives: string, using: readonly string[]) =>
      retry('qde', { rule: 'insert' }, gives, 'divided', using)
    expect(insert(line, facts)).not.toThrow()
    expect(insert(line.replace('-D', '-hbar*D'), facts)).toThrow(DerivationError)
    expect(insert(`-${line}`, facts)).toThrow(DerivationError)
    expect(insert(line, ['diffusion'])).toThrow(DerivationError)
    expect(insert(line, ['equivalence'])).toThrow(DerivationError)
  })

  it('and the untouched twins pass, so that the refusals mean something', () => {
    expect(
      retry(
        'chain',
        { rule: 'identity', where: imaginary },
        'diff(psi(x,t), t) = i*diff(psi_tau(x,tau), tau)',
      ),
    ).not.toThrow()
    expect(
      retry('imaginary', { rule: 'rearrange' }, `0 = diff(psi_tau(x,tau), tau) + (${IMAGINARY_RIGHT})`),
    ).toThrow(DerivationError)
    expect(
      retry('imaginary', { rule: 'rearrange' }, `0 = diff(psi_tau(x,tau), tau) - (${IMAGINARY_RIGHT})`),
    ).not.toThrow()
    expect(
      retry('mode', { rule: 'solution', where: mode }, 'psi(x,t) = exp(i*k*x - i*E*t)', 'qde'),
    ).not.toThrow()
  })

  it('multiplying by something that is 0 proves nothing', () => {
    expect(retry('imaginary', { rule: 'multiply', by: 'k - k' }, '0 = 0')).toThrow(/is 0/)
  })

  it('a factor that may vanish becomes a side condition', () => {
    const by = (factor: string) =>
      retry(
        'rotated',
        { rule: 'multiply', by: factor },
        `${factor}*i*diff(psi(x,t), t) = ${factor}*(${QDE_RIGHT})`,
        'qde',
      )().steps.at(-1)?.when
    expect(by('k')).toEqual(['$k \\neq 0$'])
    expect(by('exp(i*theta)*D')).toEqual([])
  })
})

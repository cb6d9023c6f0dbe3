import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'y', 'tau', 'D'),
    t: { domain: 'positive', meaning: 'time of the noising' },
    s: { domain: 'real', meaning: 'time under an integral' },
    w: { domain: 'positive', meaning: 'variance as the time of the free diffusion' },
    x_0: { domain: 'real', meaning: 'data point' },
  },
  functions: {
    p: { of: ['x', 't'], domain: 'real', meaning: 'density of the noised data' },
    q: { of: ['y', 'w'], domain: 'real', meaning: 'any solution of the free diffusion' },
    r: { of: ['x', 't'], domain: 'real', meaning: 'any solution of the noising with decay' },
    psi: { ...FUNCTIONS.psi, of: ['x', 'tau'], meaning: 'wave function in imaginary time' },
    phi: {
      of: ['x', 't'],
      domain: 'real',
      meaning: 'wave function at the time of the noising',
      shown: 'psi',
    },
    sigma: { of: ['t'], domain: 'positive', meaning: 'standard deviation of the noise' },
    beta: { of: ['t'], domain: 'positive', meaning: 'rate of the noising' },
    alpha_bar: { of: ['t'], domain: 'positive', meaning: 'share of the data that is left in the variance' },
  },
  positive: ['1 - alpha_bar(t)'],
})

const VE = 'exp(-(x - x_0)^2/(2*sigma(t)^2))/sqrt(2*pi*sigma(t)^2)'
const VP = 'exp(-(x - sqrt(alpha_bar(t))*x_0)^2/(2*(1 - alpha_bar(t))))/sqrt(2*pi*(1 - alpha_bar(t)))'
const RATIO = '(1 - alpha_bar(t))/alpha_bar(t)'

/**
 * The two forward processes of diffusion models as QDEs in imaginary time. “Variance exploding” is order 0: free motion
 * with 2Dτ = σ². “Variance preserving” is the Ornstein–Uhlenbeck process, so order 2 after a similarity transform; and
 * x_VP = √ᾱ x_VE with σ² = (1 − ᾱ)/ᾱ maps one onto the other exactly.
 */
export function diffusionModel(): Derivation {
  return secondOrder(map(preserving(exploding())))
}

/** Variance exploding. */
function exploding(): Derivation {
  return new Derivation('The forward processes of diffusion models', LANGUAGE)
    .section('Variance exploding: order 0')
    .apply(
      { rule: 'postulate' },
      {
        id: 've',
        gives: 'diff(p(x,t), t) = diff(sigma(t)^2, t)*diff(p(x,t), x, 2)/2',
        why: 'Noise alone is added to the data, until its variance is $\\sigma^{2}(t)$.',
        when: ['$\\sigma$ grows with time'],
        reference: 'Y. Song et al., Score-Based Generative Modeling through SDEs, arXiv:2011.13456 (2021)',
      },
    )
    .apply(
      { rule: 'solution', where: { p: VE } },
      {
        id: 've-kernel',
        gives: `p(x,t) = ${VE}`,
        why: 'From a data point $x_{0}$ comes a Gaussian about it.',
      },
    )
    .apply(
      { rule: 'changeVariable', where: { p: 'psi(x, sigma(t)^2/(2*D))', tau: 'sigma(t)^2/(2*D)' } },
      {
        id: 've-clock',
        from: 've',
        gives:
          'diff(sigma(t)^2, t)/(2*D)*diff(psi(x,tau), tau) = diff(sigma(t)^2, t)*diff(psi(x,tau), x, 2)/2',
        at: '2*D*tau = sigma(t)^2',
        why: 'Take the variance as the clock.',
      },
    )
    .apply(
      { rule: 'multiply', by: '2*D/diff(sigma(t)^2, t)' },
      {
        id: 've-qde',
        gives: 'diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2)',
        at: '2*D*tau = sigma(t)^2',
        why: 'The QDE in imaginary time with ζ = 0: this process is its order 0.',
        provenance: 'paper',
      },
    )
}

/** Variance preserving. */
function preserving(start: Derivation): Derivation {
  return start
    .section('Variance preserving: the Ornstein–Uhlenbeck process')
    .apply(
      { rule: 'postulate' },
      {
        id: 'vp',
        gives: 'diff(p(x,t), t) = beta(t)/2*diff(x*p(x,t), x) + beta(t)/2*diff(p(x,t), x, 2)',
        why: 'The data shrink while noise is added: drift $-\\beta x/2$, noise $\\beta$.',
        when: ['$\\beta > 0$'],
        reference:
          'J. Ho, A. Jain and P. Abbeel, Denoising Diffusion Probabilistic Models, arXiv:2006.11239 (2020)',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'share',
        gives: 'alpha_bar(t) = exp(-integral(beta(s), s, 0, t))',
        why: 'What is left of the data’s variance.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'share-rate',
        using: ['share'],
        gives: 'diff(alpha_bar(t), t) = -beta(t)*alpha_bar(t)',
        why: 'It decays at the rate β.',
      },
    )
    .apply(
      { rule: 'solution', where: { p: VP } },
      {
        id: 'vp-kernel',
        from: 'vp',
        using: ['share-rate'],
        gives: `p(x,t) = ${VP}`,
        why: 'From a data point comes a Gaussian of the mean $\\sqrt{\\bar{\\alpha}} \\, x_{0}$ and the variance $1 - \\bar{\\alpha}$, whatever β(t) is.',
      },
    )
}

/** x_VP = √ᾱ x_VE. */
function map(start: Derivation): Derivation {
  return start
    .section('One is the other, rescaled')
    .apply(
      { rule: 'postulate' },
      {
        id: 'free',
        gives: 'diff(q(y,w), w) = diff(q(y,w), y, 2)/2',
        why: 'Let q be any solution of the first process, with its variance w as the clock.',
      },
    )
    .apply(
      {
        rule: 'solution',
        where: { p: `q(x/sqrt(alpha_bar(t)), ${RATIO})/sqrt(alpha_bar(t))` },
      },
      {
        id: 'map',
        from: 'vp',
        using: ['free', 'share-rate'],
        gives: `p(x,t) = q(x/sqrt(alpha_bar(t)), ${RATIO})/sqrt(alpha_bar(t))`,
        why: 'Then the same data, shrunk by $\\sqrt{\\bar{\\alpha}}$, solve the second: $x_{\\mathrm{VP}} = \\sqrt{\\bar{\\alpha}} \\, x_{\\mathrm{VE}}$, and $\\sigma^{2} = 2 D \\tau = (1 - \\bar{\\alpha})/\\bar{\\alpha}$.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'map-kernel',
        gives: `at(at(exp(-(y - x_0)^2/(2*w))/sqrt(2*pi*w), y, x/sqrt(alpha_bar(t))), w, ${RATIO})/sqrt(alpha_bar(t)) = ${VP}`,
        why: 'It takes one Gaussian to the other.',
      },
    )
}

/** VP as an oscillator. */
function secondOrder(start: Derivation): Derivation {
  return start
    .section('Variance preserving is order 2')
    .apply(
      { rule: 'ansatz' },
      {
        id: 'similarity',
        gives: 'p(x,t) = exp(-x^2/4)*phi(x,t)',
        why: 'Split off the square root of the normal density in which all data end.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'inserted',
        from: 'vp',
        using: ['similarity'],
        gives:
          'exp(-x^2/4)*diff(phi(x,t), t) = exp(-x^2/4)*beta(t)/2*(diff(phi(x,t), x, 2) - (x^2/4 - 1/2)*phi(x,t))',
        why: 'The terms with one derivative cancel.',
      },
    )
    .apply(
      { rule: 'multiply', by: 'exp(x^2/4)' },
      {
        id: 'order-2',
        gives: 'diff(phi(x,t), t) = beta(t)/2*(diff(phi(x,t), x, 2) - (x^2/4 - 1/2)*phi(x,t))',
        why: 'The QDE in imaginary time with D = β/2 and a harmonic ζ. So this process is order 2, and not order 0 as the other one.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'any',
        gives: 'diff(r(x,t), t) = beta(t)/2*diff(x*r(x,t), x) + beta(t)/2*diff(r(x,t), x, 2)',
        why: 'Let r be any solution of the process.',
      },
    )
    .apply(
      { rule: 'solution', where: { p: 'sqrt(alpha_bar(t))*diff(r(x,t), x)' } },
      {
        id: 'ladder',
        from: 'vp',
        using: ['any', 'share-rate'],
        gives: 'p(x,t) = sqrt(alpha_bar(t))*diff(r(x,t), x)',
        why: 'Then its derivative is another one, that decays faster by $\\sqrt{\\bar{\\alpha}}$. From the normal density on, mode n decays as $\\bar{\\alpha}^{n/2}$: the levels of an oscillator.',
      },
    )
}

import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'D', 'k', 'tau'),
    t: { domain: 'positive', meaning: 'time of the noising' },
    s: { domain: 'real', meaning: 'time that runs back, s = T − t' },
    T: { domain: 'positive', meaning: 'end of the noising' },
    x_0: { domain: 'real', meaning: 'data point' },
    mu: { domain: 'real', meaning: 'mean of Gaussian data' },
    v_0: { domain: 'positive', meaning: 'variance of Gaussian data' },
    c: { domain: 'real', meaning: 'where a sample starts, in standard deviations' },
  },
  functions: {
    p: { of: ['x', 't'], domain: 'positive', meaning: 'density of the noised data' },
    q: { of: ['x', 's'], domain: 'positive', meaning: 'the same density, backwards' },
    f: { of: ['x', 't'], domain: 'real', meaning: 'drift of the noising' },
    g: { of: ['t'], domain: 'real', meaning: 'strength of the noise' },
    S: { of: ['x', 't'], domain: 'real', meaning: 'score, the slope of ln p' },
    psi: { of: ['x', 'tau'], domain: 'complex', meaning: 'wave function in imaginary time' },
    chi: { of: ['x', 's'], domain: 'complex', meaning: 'wave function, backwards', shown: 'psi' },
    K: {
      of: ['x', 'x_0', 't'],
      domain: 'positive',
      meaning: 'density of the noised data from one data point',
    },
    p_0: { of: ['x_0'], domain: 'nonnegative', meaning: 'density of the data' },
    m: { of: ['x', 't'], domain: 'real', meaning: 'mean of the data that a noised point may come from' },
    alpha_bar: { of: ['t'], domain: 'positive', meaning: 'share of the data that is left in the variance' },
    X: { of: ['t'], domain: 'real', meaning: 'place of a sample' },
    beta: { of: ['t'], domain: 'positive', meaning: 'rate of the noising' },
  },
  positive: ['1 - alpha_bar(t)', 'alpha_bar(t)*v_0 + 1 - alpha_bar(t)'],
})

const KERNEL = 'exp(-(x - sqrt(alpha_bar(t))*x_0)^2/(2*(1 - alpha_bar(t))))/sqrt(2*pi*(1 - alpha_bar(t)))'

/** A function of t taken at T − s. */
const back = (text: string): string => `at(${text}, t, T - s)`
const over = (body: string): string => `integral(${body}, x_0, -infinity, infinity)`

/**
 * How a diffusion model is run backwards. The density backwards obeys a Fokker–Planck equation with the drift
 * −f + g²S, S = ∂ₓ ln p the score (Anderson), and the probability flow −f + ½g²S has the same densities without noise;
 * τ → −τ in the QDE is neither. Tweedie’s formula says what the score is: the mean of the data behind a noised point.
 */
export function reverseDiffusion(): Derivation {
  return gaussianData(tweedie(notReversal(flow(reverse()))))
}

/** Anderson’s reverse equation. */
function reverse(): Derivation {
  return new Derivation('The reverse process of diffusion models', LANGUAGE)
    .section('The reverse equation')
    .apply(
      { rule: 'postulate' },
      {
        id: 'forward',
        gives: 'diff(p(x,t), t) = -diff(f(x,t)*p(x,t), x) + g(t)^2/2*diff(p(x,t), x, 2)',
        why: 'The noising with any drift f and any noise g, $\\mathrm{d} x = f \\, \\mathrm{d} t + g \\, \\mathrm{d} W$: its Fokker–Planck equation.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'score',
        gives: 'S(x,t) = diff(log(p(x,t)), x)',
        why: 'The score: which way the density grows.',
        when: ['$p > 0$'],
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'backwards',
        gives: 'q(x,s) = p(x,T-s)',
        why: 'The same densities, from the noise back to the data.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'turned',
        using: ['backwards', 'forward'],
        gives: `diff(q(x,s), s) = diff(${back('f(x,t)')}*q(x,s), x) - ${back('g(t)^2')}/2*diff(q(x,s), x, 2)`,
        why: 'Turned round, every sign changes. The noise has the wrong one: this is no Fokker–Planck equation, and cannot be run.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'trade',
        using: ['score', 'backwards'],
        gives: `diff(q(x,s), x) = ${back('S(x,t)')}*q(x,s)`,
        why: 'But a slope of the density is a drift by the score.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'reverse',
        using: ['backwards', 'forward', 'score'],
        gives: `diff(q(x,s), s) = -diff((-${back('f(x,t)')} + ${back('g(t)^2')}*${back('S(x,t)')})*q(x,s), x) + ${back('g(t)^2')}/2*diff(q(x,s), x, 2)`,
        why: 'So twice the noise goes into the drift: a Fokker–Planck equation with the drift $-f + g^{2} S$ in the time s and noise of the right sign.',
        reference: 'B. D. O. Anderson, Stochastic Process. Appl. 12 (1982) 313',
      },
    )
}

/** The probability-flow equation. */
function flow(start: Derivation): Derivation {
  return start.section('The probability flow').apply(
    { rule: 'identity' },
    {
      id: 'flow',
      using: ['forward', 'score'],
      gives: 'diff(p(x,t), t) = -diff((f(x,t) - g(t)^2*S(x,t)/2)*p(x,t), x)',
      why: 'With half of it, no noise is left: points that move with the velocity $f - g^{2} S/2$ have the same densities at all times, and may be run either way.',
      reference: 'Y. Song et al., Score-Based Generative Modeling through SDEs, arXiv:2011.13456 (2021)',
    },
  )
}

/** Why τ → −τ is not the reverse process. */
function notReversal(start: Derivation): Derivation {
  return start
    .section('Why τ → −τ is not it')
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: 'diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2)',
        why: 'The QDE in imaginary time at order 0, which is the noising alone.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'changeVariable', where: { psi: 'chi(x,-tau)', s: '-tau' } },
      {
        id: 'anti',
        gives: '-diff(chi(x,s), s) = D*diff(chi(x,s), x, 2)',
        at: 's = -tau',
        why: 'Its imaginary time, turned round: the backward heat equation.',
      },
    )
    .apply(
      { rule: 'solution', where: { chi: 'exp(i*k*x + D*k^2*s)' } },
      {
        id: 'growth',
        gives: 'chi(x,s) = exp(i*k*x + D*k^2*s)',
        why: 'Its modes grow, the finer the faster and without bound: any error, however small, is blown up at once. The equation is ill-posed; the reverse process is another equation, with the score.',
        provenance: 'corrected',
      },
    )
}

/** The score as a mean. */
function tweedie(start: Derivation): Derivation {
  return start
    .section('What the score knows: Tweedie’s formula')
    .apply(
      { rule: 'define' },
      {
        id: 'kernel',
        gives: `K(x,x_0,t) = ${KERNEL}`,
        why: 'The variance-preserving process from one data point.',
        when: ['$0 < \\bar{\\alpha} < 1$'],
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'kernel-slope',
        using: ['kernel'],
        gives: 'diff(K(x,x_0,t), x) = -(x - sqrt(alpha_bar(t))*x_0)/(1 - alpha_bar(t))*K(x,x_0,t)',
        why: 'Its slope points back to the data point.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mixture',
        gives: `p(x,t) = ${over('K(x,x_0,t)*p_0(x_0)')}`,
        why: 'Any data: a mixture of such Gaussians.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'posterior',
        gives: `m(x,t) = ${over('x_0*K(x,x_0,t)*p_0(x_0)')}/p(x,t)`,
        why: 'The mean of the data points behind a noised point x, by Bayes’ rule.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'mixture-score',
        using: ['score', 'mixture', 'posterior', 'kernel-slope'],
        gives: 'S(x,t) = -(x - sqrt(alpha_bar(t))*m(x,t))/(1 - alpha_bar(t))',
        why: 'So the score points back to that mean.',
        when: ['the derivative may be taken under the integral'],
      },
    )
    .apply(
      { rule: 'rearrange', times: '-(1 - alpha_bar(t))/sqrt(alpha_bar(t))' },
      {
        id: 'tweedie',
        gives: 'm(x,t) = (x + (1 - alpha_bar(t))*S(x,t))/sqrt(alpha_bar(t))',
        why: 'Tweedie’s formula: who knows the mean of the data behind a noised point knows the score. That is what a denoiser learns.',
        reference: 'B. Efron, J. Amer. Statist. Assoc. 106 (2011) 1602',
      },
    )
}

/** Gaussian data, for which all is known. */
function gaussianData(start: Derivation): Derivation {
  const data = 'exp(-(x_0 - mu)^2/(2*v_0))/sqrt(2*pi*v_0)'
  const variance = '(alpha_bar(t)*v_0 + 1 - alpha_bar(t))'
  const noised = `exp(-(x - sqrt(alpha_bar(t))*mu)^2/(2*${variance}))/sqrt(2*pi*${variance})`
  const path = `sqrt(alpha_bar(t))*mu + c*sqrt(${variance})`
  return start
    .section('Gaussian data')
    .apply(
      { rule: 'value', of: over(`${KERNEL}*${data}`) },
      {
        id: 'noised',
        gives: `${over(`${KERNEL}*${data}`)} = ${noised}`,
        why: 'Gaussian data stay Gaussian while they are noised: this is their p.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'gaussian-score',
        gives: `diff(log(${noised}), x) = -(x - sqrt(alpha_bar(t))*mu)/${variance}`,
        why: 'Their score is linear.',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'share-rate',
        gives: 'diff(alpha_bar(t), t) = -beta(t)*alpha_bar(t)',
        why: 'In the variance-preserving process, $f = -\\beta x/2$ and $g^{2} = \\beta$.',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'ode',
        gives: `diff(X(t), t) = -beta(t)/2*X(t) + beta(t)/2*(X(t) - sqrt(alpha_bar(t))*mu)/${variance}`,
        why: 'The probability flow, $\\dot{X} = f - g^{2} S/2$, at this score.',
      },
    )
    .apply(
      { rule: 'solution', where: { X: path } },
      {
        id: 'path',
        using: ['share-rate'],
        gives: `X(t) = ${path}`,
        why: 'A sample keeps its place, counted in standard deviations, from the noise to the data.',
      },
    )
}

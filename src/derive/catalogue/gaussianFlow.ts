import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, SYMBOLS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'a', 'D', 'g', 'zeta_0'),
    tau: { domain: 'positive', meaning: 'imaginary time', unit: 's' },
    h: { ...SYMBOLS.h, domain: 'real' },
    C: { domain: 'real', meaning: 'covariance of place and objective', unit: 'm/s' },
    delta: { domain: 'real', meaning: 'a step of time', unit: 's' },
  },
  functions: {
    psi: { ...FUNCTIONS.psi, of: ['x', 'tau'], domain: 'positive', meaning: 'population' },
    zeta: FUNCTIONS.zeta,
    c: { of: ['tau'], domain: 'real', meaning: 'logarithm of the height' },
    mu: { of: ['tau'], domain: 'real', meaning: 'mean of the population' },
    v: { of: ['tau'], domain: 'positive', meaning: 'variance of the population' },
    P: { of: ['x', 'tau'], domain: 'positive', meaning: 'normal density' },
    M: { of: ['tau'], domain: 'positive', meaning: 'mass of the population' },
  },
})

const slope = (text: string): string => `diff(${text}(tau), tau)`

const MODEL = 'zeta_0 + g*(x - a) + 1/2*h*(x - a)^2'
const AT_MEAN = 'zeta_0 + g*(mu(tau) - a) + 1/2*h*(mu(tau) - a)^2'
const SHAPE = 'exp(c(tau) - (x - mu(tau))^2/(2*v(tau)))'
const LEFT = `${slope('c')} + ${slope('mu')}/v(tau)*(x - mu(tau)) + ${slope('v')}/(2*v(tau)^2)*(x - mu(tau))^2`
const RIGHT = `D/v(tau)^2*(x - mu(tau))^2 - D/v(tau) - (${MODEL})`

const STEIN = 'C. M. Stein, Ann. Statist. 9, 1135 (1981), lemma 1'

/**
 * A normal population under a quadratic objective stays normal in imaginary time. Its variance and mean obey two
 * ordinary equations: a Riccati equation, and gradient descent whose rate is the variance.
 */
export function gaussianFlow(): Derivation {
  return anyObjective(gradientDescent(massOf(closure())))
}

function closure(): Derivation {
  return new Derivation('Gaussian flow: how mean and variance of a population move', LANGUAGE)
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: 'diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau)',
        why: 'The quantum dynamic equation in imaginary time, where the argument starts.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'specialise', where: { zeta: MODEL } },
      {
        id: 'quadratic',
        gives: `diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2) - (${MODEL})*psi(x,tau)`,
        why: 'With an objective that is quadratic, or linear where h = 0: its Taylor order 2 or 1.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'shape',
        gives: `psi(x,tau) = ${SHAPE}`,
        why: 'Try a normal population whose mean, variance and height move.',
      },
    )
    .apply(
      { rule: 'specialise', where: { psi: SHAPE } },
      {
        id: 'put-in',
        from: 'quadratic',
        gives: `${SHAPE}*(${LEFT}) = ${SHAPE}*(${RIGHT})`,
        why: 'Put it in.',
      },
    )
    .apply(
      { rule: 'multiply', by: `1/${SHAPE}` },
      {
        id: 'powers',
        gives: `${LEFT} = ${RIGHT}`,
        why: 'Divide by it. What is left has powers 0, 1 and 2 of x − μ, each of which must agree by itself.',
      },
    )
    .section('Power by power')
    .apply(
      { rule: 'differentiate', by: 'x', times: 2 },
      {
        id: 'second',
        from: 'powers',
        gives: `${slope('v')}/v(tau)^2 = 2*D/v(tau)^2 - h`,
        why: 'The second power: two derivatives.',
      },
    )
    .apply(
      { rule: 'multiply', by: 'v(tau)^2' },
      {
        id: 'variance',
        gives: `${slope('v')} = 2*D - h*v(tau)^2`,
        why: 'The variance: diffusion widens it, curvature narrows it.',
      },
    )
    .apply(
      { rule: 'differentiate', by: 'x' },
      {
        id: 'first',
        from: 'powers',
        gives: `${slope('mu')}/v(tau) + ${slope('v')}/v(tau)^2*(x - mu(tau)) = 2*D/v(tau)^2*(x - mu(tau)) - g - h*(x - a)`,
        why: 'The first power: one derivative.',
      },
    )
    .apply(
      { rule: 'specialise', where: { x: 'mu(tau)' } },
      {
        id: 'first-at-mean',
        gives: `${slope('mu')}/v(tau) = -(g + h*(mu(tau) - a))`,
        why: 'Take it at the mean.',
      },
    )
    .apply(
      { rule: 'multiply', by: 'v(tau)' },
      {
        id: 'mean',
        gives: `${slope('mu')} = -v(tau)*(g + h*(mu(tau) - a))`,
        why: 'The mean: it runs down the slope that it sees.',
      },
    )
    .apply(
      { rule: 'specialise', where: { x: 'mu(tau)' } },
      {
        id: 'height',
        from: 'powers',
        gives: `${slope('c')} = -D/v(tau) - (${AT_MEAN})`,
        why: 'The power 0: the line itself at the mean.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: SHAPE } },
      {
        id: 'closed',
        from: 'quadratic',
        using: ['variance', 'mean', 'height'],
        gives: `psi(x,tau) = ${SHAPE}`,
        why: 'And back: with these three the normal population solves the equation, at every place. For a quadratic objective the closure is exact.',
      },
    )
}

function massOf(closed: Derivation): Derivation {
  return closed
    .section('Mass')
    .apply(
      { rule: 'define' },
      {
        id: 'mass-of',
        gives: `M(tau) = integral(${SHAPE}, x, -infinity, infinity)`,
        why: 'How many are left?',
      },
    )
    .apply(
      { rule: 'evaluate' },
      { id: 'mass', gives: 'M(tau) = exp(c(tau))*sqrt(2*pi*v(tau))', why: 'The area of the normal curve.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'decay',
        using: ['mass', 'variance', 'height'],
        gives: `-diff(log(M(tau)), tau) = ${AT_MEAN} + 1/2*h*v(tau)`,
        why: 'They decay at the mean of the objective over the population.',
      },
    )
}

function gradientDescent(mass: Derivation): Derivation {
  return mass
    .section('Gradient descent')
    .apply(
      { rule: 'identity', where: { zeta: MODEL } },
      {
        id: 'descent',
        using: ['mean'],
        gives: `${slope('mu')} = -v(tau)*at(diff(zeta(x), x), x, mu(tau))`,
        at: `zeta(x) = ${MODEL}`,
        why: 'The mean descends the gradient of the objective, and its learning rate is the variance of the population: not D, and not a constant.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'taylor', about: { delta: '0' }, order: 1 },
      {
        id: 'step',
        using: ['mean'],
        gives: `mu(tau + delta) ~ mu(tau) - delta*v(tau)*(g + h*(mu(tau) - a))`,
        why: 'A short step of time is a step of gradient descent with the learning rate δ v.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'specialise', where: { h: '0' } },
      {
        id: 'linear',
        from: 'variance',
        gives: `${slope('v')} = 2*D`,
        why: 'Where the objective is linear, that rate grows without end.',
      },
    )
}

/** What is left of this for any objective: Stein’s identity. */
function anyObjective(descent: Derivation): Derivation {
  return descent
    .section('Any objective')
    .apply(
      { rule: 'define' },
      {
        id: 'normal',
        gives: 'P(x,tau) = exp(-(x - mu(tau))^2/(2*v(tau)))/sqrt(2*pi*v(tau))',
        why: 'The normal density.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'covariance',
        gives: 'C = integral((x - mu(tau))*zeta(x)*P(x,tau), x, -infinity, infinity)',
        why: 'Under any objective the mean moves by minus its covariance with the place (Price).',
      },
    )
    .apply(
      { rule: 'byParts', over: 'x', boundary: '-v(tau)*zeta(x)*P(x,tau)' },
      {
        id: 'stein',
        using: ['normal'],
        gives: 'C = v(tau)*integral(diff(zeta(x), x)*P(x,tau), x, -infinity, infinity)',
        why: 'For a normal population that is variance times mean gradient: the same descent, on a slope that is averaged over the population.',
        reference: STEIN,
      },
    )
}

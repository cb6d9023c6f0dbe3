import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: symbols('x', 'tau', 'D'),
  functions: {
    psi: {
      of: ['x', 'tau'],
      domain: 'positive',
      meaning: 'wave function in imaginary time, read as a population',
    },
    P: FUNCTIONS.P,
    M: { of: ['tau'], domain: 'positive', meaning: 'mass of the population' },
    zeta: FUNCTIONS.zeta,
    f: { of: ['x'], domain: 'real', meaning: 'any property of an individual' },
    zeta_bar: { of: ['tau'], domain: 'real', meaning: 'mean of the objective in the population' },
    f_bar: { of: ['tau'], domain: 'real', meaning: 'mean of the property in the population' },
    x_bar: { of: ['tau'], domain: 'real', meaning: 'mean place of the population' },
  },
})

/** ∫ … dx over the whole line. */
const over = (body: string): string => `integral(${body}, x, -infinity, infinity)`
const MEAN_LOSS = 'zeta_bar(tau)'
const MOMENT = `diff(${over('f(x)*P(x,tau)')}, tau)`

/**
 * The QDE in imaginary time as the dynamics of a population. The wave function ψ loses mass, dM/dτ = −ζ̄ M, and is no
 * probability; the normalised P = ψ/M obeys the replicator–diffusion equation ∂_τP = D ∂ₓ²P − (ζ − ζ̄) P, from which
 * Price’s identity follows for every mean: df̄/dτ = D⟨f″⟩ − Cov(f, ζ).
 */
export function replicator(): Derivation {
  return means(price(normalised(mass())))
}

/** dM/dτ. */
function mass(): Derivation {
  return new Derivation('The population picture: replicator equation and Price’s identity', LANGUAGE)
    .section('The mass of the population')
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: 'diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau)',
        why: 'The QDE in imaginary time, with a wave function that is positive: individuals diffuse, and die at the rate ζ or multiply where ζ is negative.',
        when: ['$\\psi > 0$', '$D > 0$'],
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mass',
        gives: `M(tau) = ${over('psi(x,tau)')}`,
        why: 'The mass: how many individuals there are.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'balance',
        using: ['mass'],
        gives: `diff(M(tau), tau) = ${over('diff(psi(x,tau), tau)')}`,
        why: 'Its rate of change.',
        when: ['the derivative may be taken under the integral'],
      },
    )
    .apply(
      { rule: 'byParts', over: 'x', boundary: 'D*diff(psi(x,tau), x)' },
      {
        id: 'sink',
        using: ['qde'],
        gives: `diff(M(tau), tau) = -${over('zeta(x)*psi(x,tau)')}`,
        why: 'By the QDE. Diffusion only moves individuals, so its term is the integral of a derivative; the objective changes their number.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'density',
        gives: 'P(x,tau) = psi(x,tau)/M(tau)',
        why: 'The share of individuals at a place: this is a probability density.',
        when: ['$M > 0$'],
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'norm',
        using: ['density', 'mass'],
        gives: `${over('P(x,tau)')} = 1`,
        why: 'Its norm is 1 at every time.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mean-loss',
        gives: `${MEAN_LOSS} = ${over('zeta(x)*P(x,tau)')}`,
        why: 'The mean of the objective in the population.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'decay',
        from: 'sink',
        using: ['mean-loss', 'density'],
        gives: `diff(M(tau), tau) = -${MEAN_LOSS}*M(tau)`,
        why: 'The mass shrinks at the mean rate. So $\\int \\psi \\, \\mathrm{d} x$ is not conserved: the equation for ψ is no equation of a probability.',
        provenance: 'corrected',
      },
    )
}

/** The equation of P. */
function normalised(start: Derivation): Derivation {
  return start
    .section('The replicator equation')
    .apply(
      { rule: 'identity' },
      {
        id: 'product',
        using: ['density'],
        gives: 'psi(x,tau) = M(tau)*P(x,tau)',
        why: 'The population is its mass times the shares.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'chain',
        from: 'qde',
        using: ['product'],
        gives:
          'M(tau)*diff(P(x,tau), tau) + diff(M(tau), tau)*P(x,tau) = M(tau)*(D*diff(P(x,tau), x, 2) - zeta(x)*P(x,tau))',
        why: 'Put it into the QDE: both factors change with time.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'balanced',
        using: ['decay'],
        gives: `M(tau)*diff(P(x,tau), tau) = M(tau)*(D*diff(P(x,tau), x, 2) - (zeta(x) - ${MEAN_LOSS})*P(x,tau))`,
        why: 'The change of the mass turns the objective into its distance from the mean.',
      },
    )
    .apply(
      { rule: 'multiply', by: '1/M(tau)' },
      {
        id: 'replicator',
        gives: `diff(P(x,tau), tau) = D*diff(P(x,tau), x, 2) - (zeta(x) - ${MEAN_LOSS})*P(x,tau)`,
        why: 'The replicator equation with diffusion as mutation: who is better than the mean gains share. The mean depends on P, so it is not linear; “diffusion and reaction” is a probability equation only with this term.',
        provenance: 'corrected',
        reference: 'M. Eigen, J. McCaskill and P. Schuster, Adv. Chem. Phys. 75 (1989) 149',
      },
    )
}

/** d⟨f⟩/dτ. */
function price(start: Derivation): Derivation {
  return start
    .section('Price’s identity')
    .apply(
      { rule: 'identity' },
      {
        id: 'moment',
        using: ['replicator'],
        gives: `${MOMENT} = ${over(`f(x)*(D*diff(P(x,tau), x, 2) - (zeta(x) - ${MEAN_LOSS})*P(x,tau))`)}`,
        why: 'How the mean of any property f changes, by the replicator equation.',
      },
    )
    .apply(
      { rule: 'byParts', over: 'x', boundary: 'D*(f(x)*diff(P(x,tau), x) - diff(f(x), x)*P(x,tau))' },
      {
        id: 'general',
        gives: `${MOMENT} = D*${over('diff(f(x), x, 2)*P(x,tau)')} - ${over(`f(x)*(zeta(x) - ${MEAN_LOSS})*P(x,tau)`)}`,
        why: 'By parts, twice, the derivatives go over to the property.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mean',
        gives: `f_bar(tau) = ${over('f(x)*P(x,tau)')}`,
        why: 'The mean of the property.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'price',
        from: 'general',
        using: ['mean', 'mean-loss', 'norm'],
        gives: `diff(f_bar(tau), tau) = D*${over('diff(f(x), x, 2)*P(x,tau)')} - ${over(`(f(x) - f_bar(tau))*(zeta(x) - ${MEAN_LOSS})*P(x,tau)`)}`,
        why: 'Price’s identity: the last integral is the covariance Cov(f, ζ). Selection moves a mean only as far as the property goes along with the objective.',
        reference: 'G. R. Price, Nature 227 (1970) 520',
      },
    )
}

/** The mean place and the mean loss. */
function means(start: Derivation): Derivation {
  const variance = over(`(zeta(x) - ${MEAN_LOSS})^2*P(x,tau)`)
  const curvature = `D*${over('diff(zeta(x), x, 2)*P(x,tau)')}`
  return start
    .section('Where the population goes')
    .apply(
      { rule: 'specialise', where: { f: 'x' } },
      {
        id: 'place',
        from: 'general',
        gives: `diff(${over('x*P(x,tau)')}, tau) = -${over(`x*(zeta(x) - ${MEAN_LOSS})*P(x,tau)`)}`,
        why: 'The property f = x: it has no curvature.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mean-place',
        gives: `x_bar(tau) = ${over('x*P(x,tau)')}`,
        why: 'The mean place.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'drift',
        from: 'place',
        using: ['mean-place', 'mean-loss', 'norm'],
        gives: `diff(x_bar(tau), tau) = -${over(`(x - x_bar(tau))*(zeta(x) - ${MEAN_LOSS})*P(x,tau)`)}`,
        why: 'The mean place moves by −Cov(x, ζ): downhill, at a rate that the width of the population sets.',
      },
    )
    .apply(
      { rule: 'specialise', where: { f: 'zeta(x)' } },
      {
        id: 'loss',
        from: 'general',
        gives: `diff(${over('zeta(x)*P(x,tau)')}, tau) = ${curvature} - ${over(`zeta(x)*(zeta(x) - ${MEAN_LOSS})*P(x,tau)`)}`,
        why: 'The property f = ζ.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'fisher',
        using: ['mean-loss', 'norm'],
        gives: `diff(${MEAN_LOSS}, tau) = -${variance} + ${curvature}`,
        why: 'The mean loss falls by its variance (Fisher’s theorem) and rises by what diffusion costs in a valley.',
        reference: 'R. A. Fisher, The Genetical Theory of Natural Selection (1930), chapter 2',
      },
    )
    .apply(
      { rule: 'inequality', rest: variance },
      {
        id: 'descent',
        using: ['fisher'],
        gives: `diff(${MEAN_LOSS}, tau) <= ${curvature}`,
        why: 'So selection alone, D = 0, never lets the mean loss rise.',
      },
    )
}

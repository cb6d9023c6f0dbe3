import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, SYMBOLS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'D', 'h', 'omega'),
    tau: { domain: 'positive', meaning: 'imaginary time', unit: 's' },
    h_1: { ...SYMBOLS.h, meaning: 'the greater of two curvatures' },
    h_2: { ...SYMBOLS.h, meaning: 'the smaller of two curvatures' },
    kappa: { domain: 'positive', meaning: 'condition number' },
    x_star: { domain: 'real', meaning: 'the Newton point', unit: 'm' },
    zeta_star: { domain: 'real', meaning: 'value of the objective there', unit: '1/s' },
    mu_0: { domain: 'real', meaning: 'mean at the start', unit: 'm' },
    v_0: { domain: 'positive', meaning: 'variance at the start', unit: 'm²' },
    v_star: { domain: 'positive', meaning: 'variance that stays', unit: 'm²' },
  },
  functions: {
    psi: { ...FUNCTIONS.psi, of: ['x', 'tau'], domain: 'positive', meaning: 'population' },
    zeta: FUNCTIONS.zeta,
    mu: { of: ['tau'], domain: 'real', meaning: 'mean of the population' },
    v: { of: ['tau'], domain: 'positive', meaning: 'variance of the population' },
    M: { of: ['tau'], domain: 'positive', meaning: 'mass of the population' },
    Delta: { of: ['tau'], domain: 'positive', meaning: 'common denominator' },
  },
})

const slope = (text: string): string => `diff(${text}(tau), tau)`

const MODEL = 'zeta_star + 1/2*h*(x - x_star)^2'
const POPULATION = 'M(tau)*exp(-(x - mu(tau))^2/(2*v(tau)))/sqrt(2*pi*v(tau))'
const VARIANCE = 'v_star*(v_0*cosh(omega*tau) + v_star*sinh(omega*tau))/Delta(tau)'
const MEAN = 'x_star + (mu_0 - x_star)*v_star/Delta(tau)'
const MASS = 'exp(-zeta_star*tau - (mu_0 - x_star)^2*sinh(omega*tau)/(2*Delta(tau)))*sqrt(v_star/Delta(tau))'

const REID = 'W. T. Reid, Riccati Differential Equations (Academic Press, 1972), chapter I'

/**
 * The Gaussian flow of a quadratic objective solved: variance, mean and mass at every time, and what they become. The
 * mean goes to the Newton point at the rate √(2Dh): a Newton method with the inverse root of the curvature.
 */
export function halfNewton(): Derivation {
  return rates(solved(flow()))
}

function flow(): Derivation {
  return new Derivation('Half a Newton method: where the Gaussian flow goes, and how fast', LANGUAGE)
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
        why: 'Order 2 of the objective, its square completed about the Newton point.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'variance',
        gives: `${slope('v')} = 2*D - h*v(tau)^2`,
        why: 'Let a normal population have a variance that moves so.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'mean',
        gives: `${slope('mu')} = -h*v(tau)*(mu(tau) - x_star)`,
        why: 'Let its mean descend the gradient at the rate of the variance.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'mass',
        gives: `${slope('M')} = -(zeta_star + 1/2*h*((mu(tau) - x_star)^2 + v(tau)))*M(tau)`,
        why: 'Let its mass decay at the mean of the objective over it.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: POPULATION } },
      {
        id: 'population',
        from: 'quadratic',
        using: ['variance', 'mean', 'mass'],
        gives: `psi(x,tau) = ${POPULATION}`,
        why: 'Then it solves the equation, without any approximation.',
      },
    )
}

function solved(start: Derivation): Derivation {
  return start
    .section('The flow in full')
    .apply(
      { rule: 'define' },
      { id: 'rate', gives: 'omega = sqrt(2*D*h)', why: 'A rate, which is the frequency of the oscillator.' },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'balance',
        gives: 'v_star = sqrt(2*D/h)',
        why: 'A variance, at which diffusion and curvature balance, 2D = hv².',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'curvature',
        using: ['rate', 'balance'],
        gives: 'h = omega/v_star',
        why: 'The curvature by these.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'diffusion',
        using: ['rate', 'balance'],
        gives: 'D = 1/2*omega*v_star',
        why: 'The diffusion by these.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'denominator',
        gives: 'Delta(tau) = v_0*sinh(omega*tau) + v_star*cosh(omega*tau)',
        why: 'The solution has a common denominator.',
      },
    )
    .apply(
      { rule: 'solution', where: { v: VARIANCE } },
      {
        id: 'variance-flow',
        from: 'variance',
        using: ['curvature', 'diffusion', 'denominator'],
        gives: `v(tau) = ${VARIANCE}`,
        why: 'The variance, which starts from v₀: a Riccati equation solved.',
        reference: REID,
      },
    )
    .apply(
      { rule: 'solution', where: { mu: MEAN } },
      {
        id: 'mean-flow',
        from: 'mean',
        using: ['variance-flow', 'curvature', 'denominator'],
        gives: `mu(tau) = ${MEAN}`,
        why: 'The mean, which starts from μ₀.',
      },
    )
    .apply(
      { rule: 'solution', where: { M: MASS } },
      {
        id: 'mass-flow',
        from: 'mass',
        using: ['variance-flow', 'mean-flow', 'curvature', 'denominator'],
        gives: `M(tau) = ${MASS}`,
        why: 'The mass, which starts from 1.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'variance-written',
        from: 'variance-flow',
        using: ['denominator'],
        gives: `v(tau) = ${VARIANCE.replace('Delta(tau)', '(v_0*sinh(omega*tau) + v_star*cosh(omega*tau))')}`,
        why: 'Late, both sums grow as exp(ωτ).',
      },
    )
    .apply(
      { rule: 'limit', of: 'tau', to: 'infinity' },
      {
        id: 'still',
        gives: 'v(tau) -> v_star',
        why: 'From every start the variance comes to rest at v*.',
      },
    )
}

function rates(whole: Derivation): Derivation {
  return whole
    .section('Between gradient descent and Newton')
    .apply(
      { rule: 'specialise', where: { v: 'v_star' } },
      {
        id: 'late',
        from: 'mean',
        using: ['curvature'],
        gives: `${slope('mu')} = -omega*(mu(tau) - x_star)`,
        why: 'From then on the mean goes to the Newton point at the rate ω.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'preconditioner',
        gives: 'sqrt(2*D*h)*(x - x_star) = sqrt(2*D)*h^(-1/2)*diff(zeta_star + 1/2*h*(x - x_star)^2, x)',
        why: 'The target is Newton’s, the step is not: it is the gradient times the inverse root of the curvature, where Newton takes its inverse and gradient descent nothing.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'condition',
        gives: 'kappa = h_1/h_2',
        why: 'For two directions of different curvature, which gradient descent leaves with rates in the ratio κ and Newton with equal ones.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'root',
        using: ['condition'],
        gives: 'sqrt(2*D*h_1)/sqrt(2*D*h_2) = sqrt(kappa)',
        why: 'Here the rates have the ratio √κ: half-way to Newton.',
        provenance: 'corrected',
      },
    )
}

import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import {
  type Domain,
  FUNCTIONS,
  type FunctionEntry,
  SYMBOLS,
  type SymbolEntry,
  symbols,
} from '../vocabulary.js'

const moving = (domain: Domain, meaning: string): FunctionEntry => ({ of: ['tau'], domain, meaning })
const COVARIANCE = moving('real', 'element of the covariance Σ')
const MEAN = moving('real', 'mean, from the Newton point')
const HESSIAN: SymbolEntry = { ...SYMBOLS.h, domain: 'real', meaning: 'element of the Hessian H' }
const ROOT: SymbolEntry = { domain: 'real', meaning: 'element of R, the inverse root of H' }

const LANGUAGE = new Language({
  symbols: {
    ...symbols('D'),
    x: { ...SYMBOLS.x, meaning: 'coordinate, from the Newton point' },
    y: { ...SYMBOLS.y, meaning: 'coordinate, from the Newton point' },
    tau: { domain: 'positive', meaning: 'imaginary time', unit: 's' },
    zeta_star: { domain: 'real', meaning: 'value of the objective at the Newton point', unit: '1/s' },
    h_11: HESSIAN,
    h_12: HESSIAN,
    h_22: HESSIAN,
    r_11: ROOT,
    r_12: ROOT,
    r_22: ROOT,
  },
  functions: {
    psi: { ...FUNCTIONS.psi, of: ['x', 'y', 'tau'], domain: 'positive', meaning: 'population' },
    zeta: { ...FUNCTIONS.zeta, of: ['x', 'y'] },
    s_11: moving('positive', 'element of the covariance Σ'),
    s_12: COVARIANCE,
    s_22: moving('positive', 'element of the covariance Σ'),
    m_1: MEAN,
    m_2: MEAN,
    M: moving('positive', 'mass of the population'),
  },
  positive: ['s_11(tau)*s_22(tau) - s_12(tau)^2'],
})

const slope = (text: string): string => `diff(${text}(tau), tau)`

const MODEL = 'zeta_star + 1/2*h_11*x^2 + h_12*x*y + 1/2*h_22*y^2'
const DETERMINANT = '(s_11(tau)*s_22(tau) - s_12(tau)^2)'
const POPULATION =
  `M(tau)/(2*pi*sqrt${DETERMINANT})*exp(-(s_22(tau)*(x - m_1(tau))^2` +
  ` - 2*s_12(tau)*(x - m_1(tau))*(y - m_2(tau)) + s_11(tau)*(y - m_2(tau))^2)/(2*${DETERMINANT}))`

/** The objective at the mean, its gradient there, and the trace of HΣ. */
const AT_MEAN = 'zeta_star + 1/2*h_11*m_1(tau)^2 + h_12*m_1(tau)*m_2(tau) + 1/2*h_22*m_2(tau)^2'
const [FIRST, SECOND] = ['(h_11*m_1(tau) + h_12*m_2(tau))', '(h_12*m_1(tau) + h_22*m_2(tau))']
const TRACE = 'h_11*s_11(tau) + 2*h_12*s_12(tau) + h_22*s_22(tau)'

/** R⁻² of a symmetric R. */
const INVERSE = '(r_11*r_22 - r_12^2)^2'

const HIGHAM = 'N. J. Higham, Functions of Matrices (SIAM, 2008), chapter 6'

/**
 * The Gaussian flow in two dimensions, with any Hessian: the covariance obeys a matrix Riccati equation and comes to
 * rest at √(2D) times the inverse root of the Hessian, which preconditions the descent of the mean.
 */
export function covarianceFlow(): Derivation {
  return atRest(flow())
}

function flow(): Derivation {
  return new Derivation('Gaussian flow in two dimensions: the covariance as preconditioner', LANGUAGE)
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives:
          'diff(psi(x,y,tau), tau) = D*(diff(psi(x,y,tau), x, 2) + diff(psi(x,y,tau), y, 2)) - zeta(x,y)*psi(x,y,tau)',
        why: 'The quantum dynamic equation in imaginary time, where the argument starts.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'specialise', where: { zeta: MODEL } },
      {
        id: 'quadratic',
        gives: `diff(psi(x,y,tau), tau) = D*(diff(psi(x,y,tau), x, 2) + diff(psi(x,y,tau), y, 2)) - (${MODEL})*psi(x,y,tau)`,
        why: 'Order 2 of the objective, about the Newton point.',
        provenance: 'paper',
      },
    )
    .section('Covariance')
    .apply(
      { rule: 'ansatz' },
      {
        id: 'variance-x',
        gives: `${slope('s_11')} = 2*D - (h_11*s_11(tau)^2 + 2*h_12*s_11(tau)*s_12(tau) + h_22*s_12(tau)^2)`,
        why: 'Let the covariance of a normal population move by the matrix equation $\\mathrm{d}\\Sigma/\\mathrm{d}\\tau = 2 D - \\Sigma H \\Sigma$. This is its first element.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'covariance',
        gives: `${slope('s_12')} = -(h_11*s_11(tau)*s_12(tau) + h_12*(s_11(tau)*s_22(tau) + s_12(tau)^2) + h_22*s_12(tau)*s_22(tau))`,
        why: 'The element beside the diagonal.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'variance-y',
        gives: `${slope('s_22')} = 2*D - (h_11*s_12(tau)^2 + 2*h_12*s_12(tau)*s_22(tau) + h_22*s_22(tau)^2)`,
        why: 'The last element.',
      },
    )
    .section('Mean and mass')
    .apply(
      { rule: 'ansatz' },
      {
        id: 'mean-x',
        gives: `${slope('m_1')} = -(s_11(tau)*${FIRST} + s_12(tau)*${SECOND})`,
        why: 'Let the mean descend the gradient with the covariance for its matrix of learning rates.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'mean-y',
        gives: `${slope('m_2')} = -(s_12(tau)*${FIRST} + s_22(tau)*${SECOND})`,
        why: 'The same in the other coordinate.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'mass',
        gives: `${slope('M')} = -(${AT_MEAN} + 1/2*(${TRACE}))*M(tau)`,
        why: 'Let the mass decay at the mean of the objective.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: POPULATION } },
      {
        id: 'population',
        from: 'quadratic',
        using: ['variance-x', 'covariance', 'variance-y', 'mean-x', 'mean-y', 'mass'],
        gives: `psi(x,y,tau) = ${POPULATION}`,
        why: 'Then the population solves the equation, without any approximation.',
        when: ['$\\Sigma$ is positive definite'],
      },
    )
}

function atRest(whole: Derivation): Derivation {
  const hessian = ['hessian-11', 'hessian-12', 'hessian-22']
  return whole
    .section('Where it comes to rest')
    .apply(
      { rule: 'define' },
      {
        id: 'hessian-11',
        gives: `h_11 = (r_12^2 + r_22^2)/${INVERSE}`,
        why: 'Write the Hessian by its inverse root, the symmetric R with $H = R^{-2}$. This is its first element.',
        when: ['$H$ is positive definite'],
        reference: HIGHAM,
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'hessian-12',
        gives: `h_12 = -r_12*(r_11 + r_22)/${INVERSE}`,
        why: 'The element beside the diagonal.',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'hessian-22', gives: `h_22 = (r_11^2 + r_12^2)/${INVERSE}`, why: 'The last element.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'balance-11',
        using: hessian,
        gives: '2*D*(h_11*r_11^2 + 2*h_12*r_11*r_12 + h_22*r_12^2) = 2*D',
        why: 'With $\\Sigma = \\sqrt{2 D} \\, R$ nothing moves: $\\Sigma H \\Sigma = 2 D$.',
        when: ['$\\Sigma = \\sqrt{2 D} \\, R$'],
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'balance-12',
        using: hessian,
        gives: '2*D*(h_11*r_11*r_12 + h_12*(r_11*r_22 + r_12^2) + h_22*r_12*r_22) = 0',
        why: 'Nor does it beside the diagonal.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'balance-22',
        using: hessian,
        gives: '2*D*(h_11*r_12^2 + 2*h_12*r_12*r_22 + h_22*r_22^2) = 2*D',
        why: 'Nor in the last element. So the covariance at rest is √(2D) times the inverse root of the Hessian.',
      },
    )
    .apply(
      { rule: 'specialise', where: { s_11: 'sqrt(2*D)*r_11', s_12: 'sqrt(2*D)*r_12' } },
      {
        id: 'late-x',
        from: 'mean-x',
        using: hessian,
        gives: `${slope('m_1')} = -sqrt(2*D)*(r_22*m_1(tau) - r_12*m_2(tau))/(r_11*r_22 - r_12^2)`,
        why: 'Then the mean goes to the Newton point by the root of the Hessian, $R^{-1}$.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'specialise', where: { s_12: 'sqrt(2*D)*r_12', s_22: 'sqrt(2*D)*r_22' } },
      {
        id: 'late-y',
        from: 'mean-y',
        using: hessian,
        gives: `${slope('m_2')} = -sqrt(2*D)*(r_11*m_2(tau) - r_12*m_1(tau))/(r_11*r_22 - r_12^2)`,
        why: 'That is half-way between gradient descent, which goes by the Hessian, and Newton’s method, which goes alike in every direction.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'specialise', where: { r_12: '0' } },
      {
        id: 'eigenframe',
        from: 'late-x',
        gives: `${slope('m_1')} = -sqrt(2*D)/r_11*m_1(tau)`,
        why: 'Along an axis of the Hessian the rate is √(2D) times the root of its curvature, so of a condition number κ the root is left.',
        when: ['$h_{12} = 0$, so that $r_{11} = h_{11}^{-1/2}$'],
        provenance: 'corrected',
      },
    )
}

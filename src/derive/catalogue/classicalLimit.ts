import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'y', 'D', 'beta', 'h', 'omega'),
    s: { domain: 'real', meaning: 'part of the way from y to x' },
    u: { domain: 'real', meaning: 'coordinate on the way' },
  },
  functions: {
    zeta: FUNCTIONS.zeta,
    rho: { of: ['x', 'y', 'beta'], domain: 'real', meaning: 'matrix element of exp(−βH)' },
    w: { of: ['x', 'y', 'beta'], domain: 'real', meaning: 'what ζ makes of the free kernel' },
    A: { of: ['x', 'y'], domain: 'real', meaning: 'mean of ζ on the line from y to x' },
    g: { of: ['x', 'y', 'beta'], domain: 'real', meaning: 'first correction, over D' },
    Q: { of: ['beta'], domain: 'real', meaning: 'squared slope with classical weights, as an integral' },
    M: { of: ['beta'], domain: 'real', meaning: 'classical mean of the curvature' },
    Z: { of: ['beta'], domain: 'positive', meaning: 'partition function' },
    Z_cl: { of: ['beta'], domain: 'positive', meaning: 'classical partition function' },
  },
})

const KERNEL = 'exp(-(x - y)^2/(4*D*beta))/sqrt(4*pi*D*beta)'
const TRIAL = 'exp(-beta*A(x,y))*(1 + D*g(x,y,beta))'
const PLACE = 'y + s*(x - y)'
/** ζ′(y), ζ″(y). */
const SLOPE = 'at(diff(zeta(x), x), x, y)'
const CURVATURE = 'at(diff(zeta(x), x, 2), x, y)'
const FIRST = `beta^3*${SLOPE}^2/12 - beta^2*${CURVATURE}/6`
const WEIGHT = 'exp(-beta*zeta(y))'
const overLine = (body: string): string => `integral(${body}, y, -infinity, infinity)`

/**
 * The classical limit of the thermal state and its first correction in D (Wigner 1932, Kirkwood 1933):
 * ρ(y, y) ≈ (4πDβ)^{−1/2} e^{−βζ} [1 − Dβ²ζ″/6 + Dβ³ζ′²/12] and F ≈ F_cl + (Dβ/12) ⟨ζ″⟩.
 */
export function classicalLimit(): Derivation {
  return new Derivation('The classical limit and its first correction', LANGUAGE)
    .section('Free kernel and what is left')
    .apply(
      { rule: 'postulate' },
      {
        id: 'bloch',
        gives: 'diff(rho(x,y,beta), beta) = D*diff(rho(x,y,beta), x, 2) - zeta(x)*rho(x,y,beta)',
        why: 'Bloch’s equation: exp(−βH) solves the QDE in imaginary time β, and starts from δ(x − y).',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'split',
        gives: `rho(x,y,beta) = ${KERNEL}*w(x,y,beta)`,
        why: 'The free kernel takes care of the start: there w = 1.',
      },
    )
    .apply(
      { rule: 'rearrange', times: `1/(${KERNEL})` },
      {
        id: 'transport',
        from: 'bloch',
        using: ['split'],
        gives:
          'diff(w(x,y,beta), beta) = D*diff(w(x,y,beta), x, 2) - zeta(x)*w(x,y,beta) - (x - y)/beta*diff(w(x,y,beta), x)',
        why: 'The equation of w. D stands in one term only, so w can be expanded in D.',
      },
    )
    .section('Orders 0 and 1 in D')
    .apply(
      { rule: 'define' },
      {
        id: 'mean',
        gives: `A(x,y) = integral(zeta(${PLACE}), s, 0, 1)`,
        why: 'The mean of ζ on the straight line from y to x.',
      },
    )
    .apply(
      { rule: 'antiderivative', is: `s*zeta(${PLACE})` },
      {
        id: 'line',
        gives: `integral(zeta(${PLACE}) + s*(x - y)*at(diff(zeta(u), u), u, ${PLACE}), s, 0, 1) = zeta(x)`,
        why: 'An integral along the line whose integrand is a derivative.',
      },
    )
    .apply(
      { rule: 'rearrange', times: '1/(x - y)' },
      {
        id: 'steepness',
        using: ['mean'],
        gives: 'diff(A(x,y), x) = (zeta(x) - A(x,y))/(x - y)',
        why: 'It tells how the mean changes with x.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'trial',
        gives: `w(x,y,beta) ~ ${TRIAL}`,
        why: 'Order 0 is the classical weight, with the mean of ζ; a correction of order 1 stands beside it.',
      },
    )
    .apply(
      { rule: 'identity', where: { w: TRIAL } },
      {
        id: 'remainder',
        using: ['steepness'],
        gives:
          'diff(w(x,y,beta), beta) - D*diff(w(x,y,beta), x, 2) + zeta(x)*w(x,y,beta) + (x - y)/beta*diff(w(x,y,beta), x) = D*exp(-beta*A(x,y))*(diff(g(x,y,beta), beta) + (x - y)/beta*diff(g(x,y,beta), x) - beta^2*diff(A(x,y), x)^2 + beta*diff(A(x,y), x, 2)) - D^2*diff(exp(-beta*A(x,y))*g(x,y,beta), x, 2)',
        why: 'Put into the equation of w, order 0 is gone and order 1 is a bracket.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'choice',
        gives:
          'diff(g(x,y,beta), beta) = beta^2*diff(A(x,y), x)^2 - beta*diff(A(x,y), x, 2) - (x - y)/beta*diff(g(x,y,beta), x)',
        why: 'Choose g so that the bracket vanishes: what is left is of order D².',
        when: [
          '$g$ is regular at $x = y$',
          'ζ is smooth on the scale of the thermal width $\\sqrt{D \\beta}$',
        ],
      },
    )
    .section('On the diagonal')
    .apply(
      { rule: 'antiderivative', is: `s^2/2*${SLOPE}` },
      {
        id: 'half',
        gives: `integral(s*${SLOPE}, s, 0, 1) = ${SLOPE}/2`,
        why: 'Where x = y the integrals are simple: the first of them.',
      },
    )
    .apply(
      { rule: 'antiderivative', is: `s^3/3*${CURVATURE}` },
      {
        id: 'third',
        gives: `integral(s^2*${CURVATURE}, s, 0, 1) = ${CURVATURE}/3`,
        why: 'The second of them.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'slope',
        using: ['mean', 'half'],
        gives: `at(diff(A(x,y), x), x, y) = ${SLOPE}/2`,
        why: 'At x = y the mean has half the slope of ζ.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'curvature',
        using: ['mean', 'third'],
        gives: `at(diff(A(x,y), x, 2), x, y) = ${CURVATURE}/3`,
        why: 'And it has a third of its curvature.',
      },
    )
    .apply(
      { rule: 'specialise', where: { x: 'y' } },
      {
        id: 'growth',
        from: 'choice',
        using: ['slope', 'curvature'],
        gives: `at(diff(g(x,y,beta), beta), x, y) = beta^2*${SLOPE}^2/4 - beta*${CURVATURE}/3`,
        why: 'At x = y the equation of g has no derivative in x left.',
      },
    )
    .apply(
      { rule: 'solution', where: { g: FIRST } },
      { id: 'correction', gives: `g(y,y,beta) = ${FIRST}`, why: 'So g follows from g = 0 at β = 0.' },
    )
    .apply(
      { rule: 'specialise', where: { x: 'y' } },
      {
        id: 'factor',
        from: 'trial',
        using: ['mean', 'correction'],
        gives: `w(y,y,beta) ~ ${WEIGHT}*(1 - D*beta^2/6*${CURVATURE} + D*beta^3/12*${SLOPE}^2)`,
        why: 'The trial form on the diagonal.',
      },
    )
    .apply(
      { rule: 'multiply', by: '1/sqrt(4*pi*D*beta)' },
      {
        id: 'density',
        using: ['split'],
        gives: `rho(y,y,beta) ~ ${WEIGHT}/sqrt(4*pi*D*beta)*(1 - D*beta^2/6*${CURVATURE} + D*beta^3/12*${SLOPE}^2)`,
        why: 'Times the free kernel it is the density: Boltzmann’s weight, and its first quantum correction.',
        reference: 'E. Wigner, Phys. Rev. 40, 749 (1932); J. G. Kirkwood, Phys. Rev. 44, 31 (1933)',
      },
    )
    .section('Free energy')
    .apply(
      { rule: 'define' },
      { id: 'trace', gives: `Z(beta) = ${overLine('rho(y,y,beta)')}`, why: 'Z is the trace.' },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'squares',
        gives: `Q(beta) = ${overLine(`${SLOPE}^2*${WEIGHT}`)}`,
        why: 'The squared slope, with classical weights.',
      },
    )
    .apply(
      { rule: 'byParts', over: 'y', boundary: `-${SLOPE}*${WEIGHT}/beta` },
      {
        id: 'parts',
        gives: `Q(beta) = ${overLine(`${CURVATURE}*${WEIGHT}`)}/beta`,
        why: 'By parts it is the curvature over β.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'classical',
        gives: `Z_cl(beta) = ${overLine(WEIGHT)}/sqrt(4*pi*D*beta)`,
        why: 'The classical Z.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'bend',
        gives: `M(beta) = ${overLine(`${CURVATURE}*${WEIGHT}`)}/${overLine(WEIGHT)}`,
        why: 'The classical mean of the curvature.',
      },
    )
    .apply(
      { rule: 'integrate', over: 'y' },
      {
        id: 'integrated',
        from: 'density',
        using: ['trace', 'squares', 'classical', 'bend'],
        gives: 'Z(beta) ~ Z_cl(beta)*(1 - D*beta^2/6*M(beta)) + D*beta^3/12*Q(beta)/sqrt(4*pi*D*beta)',
        why: 'The trace of the density.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'partition',
        from: 'integrated',
        using: ['parts', 'classical', 'bend'],
        gives: 'Z(beta) ~ Z_cl(beta)*(1 - D*beta^2/12*M(beta))',
        why: 'Half of the curvature’s term is cancelled by that of the slope.',
      },
    )
    .apply(
      { rule: 'taylor', about: { D: '0' }, order: 1 },
      {
        id: 'free-energy',
        gives: '-log(1 - D*beta^2/12*M(beta))/beta ~ D*beta/12*M(beta)',
        why: 'The left side is F minus the classical F: quantum motion raises the free energy in proportion to the mean curvature, and flat minima are preferred.',
      },
    )
    .section('Check by the oscillator')
    .apply(
      { rule: 'identity', where: { omega: 'sqrt(2*D*h)' } },
      {
        id: 'harmonic',
        gives: 'D*beta^2/12*h = (beta*omega)^2/24',
        at: 'omega = sqrt(2*D*h)',
        why: 'In a harmonic bowl the curvature is h everywhere.',
      },
    )
    .apply(
      { rule: 'taylor', about: { omega: '0' }, order: 4 },
      {
        id: 'exact',
        gives: '2*sinh(beta*omega/2)*(1 - (beta*omega)^2/24) ~ beta*omega',
        why: 'And 1/(2 sinh(βω/2)), the exact Z, is the classical 1/(βω) with just this correction.',
      },
    )
}

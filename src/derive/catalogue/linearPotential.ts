import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, type SymbolEntry, symbols } from '../vocabulary.js'
import type { Where } from '../where.js'

/** Time after the start, where the kernels are functions. */
const LATER: SymbolEntry = { domain: 'positive', meaning: 'time', unit: 's' }

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'a', 'D', 'E', 'zeta_0', 'g'),
    t: LATER,
    tau: { ...LATER, meaning: 'imaginary time, τ = it' },
    y: { domain: 'real', meaning: 'place of the start', unit: 'm' },
    c: { domain: 'real', meaning: 'a displacement', unit: 'm' },
    x_0: { domain: 'real', meaning: 'mean at the start', unit: 'm' },
    k_0: { domain: 'real', meaning: 'wave number at the start', unit: '1/m' },
    sigma_0: { domain: 'positive', meaning: 'width of the packet at the start', unit: 'm' },
    s_0: { domain: 'positive', meaning: 'width of the population at the start', unit: 'm' },
  },
  functions: {
    psi: FUNCTIONS.psi,
    psi_tau: { ...FUNCTIONS.psi, of: ['x', 'tau'], shown: 'psi', meaning: 'wave function in imaginary time' },
    zeta: FUNCTIONS.zeta,
    phi: { of: ['x', 't'], domain: 'complex', meaning: 'any wave in free motion' },
    chi: { of: ['x'], domain: 'complex', meaning: 'a stationary state, if there is one' },
    mu: { of: ['tau'], domain: 'real', meaning: 'mean of the population' },
    v: { of: ['tau'], domain: 'positive', meaning: 'variance of the population' },
    M: { of: ['tau'], domain: 'positive', meaning: 'mass of the population' },
  },
})

const IMAGINARY: Where = { psi: 'psi_tau(x, i*t)', tau: 'i*t' }

const LINEAR = 'zeta_0 + g*(x - a)'
const times = (psi: string): string => `zeta_0*${psi} + g*(x - a)*${psi}`
const FALL = 'exp(-i*(zeta_0 - g*a)*t - i*g*t*x - i*D*g^2*t^3/3)'
const FALLEN = 'x + D*g*t^2'
const KERNEL =
  'exp(i*((x - y)^2/(4*D*t) - g*t*(x + y)/2 - D*g^2*t^3/12) - i*(zeta_0 - g*a)*t)/sqrt(4*pi*i*D*t)'
const IMAGINARY_KERNEL =
  'exp(-(x - y)^2/(4*D*tau) - g*tau*(x + y)/2 + D*g^2*tau^3/12 - (zeta_0 - g*a)*tau)/sqrt(4*pi*D*tau)'
const PACKET =
  'exp(-(x - x_0 - 2*D*k_0*t)^2/(4*(sigma_0^2 + i*D*t)) + i*k_0*(x - x_0) - i*D*k_0^2*t)/((2*pi)^(1/4)*sqrt(sigma_0 + i*D*t/sigma_0))'
const VARIANCE = '(sigma_0^2 + D^2*t^2/sigma_0^2)'
const POPULATION = 'M(tau)*exp(-(x - mu(tau))^2/(2*v(tau)))/sqrt(2*pi*v(tau))'

const AVRON = 'J. E. Avron, I. W. Herbst, Commun. Math. Phys. 52, 239 (1977)'
const FEYNMAN =
  'R. P. Feynman, A. R. Hibbs, Quantum Mechanics and Path Integrals (McGraw-Hill, 1965), problem 3-2'

/**
 * Order 1 of the objective: a constant force. In real time a free fall (Avron and Herbst), in imaginary time gradient
 * descent whose rate is the variance of the population; and why there is no ground state.
 */
export function linearPotential(): Derivation {
  return noGroundState(drift(freeFall()))
}

function freeFall(): Derivation {
  return new Derivation('Constant force: an objective that is linear', LANGUAGE)
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: 'i*diff(psi(x,t), t) = -D*diff(psi(x,t), x, 2) + zeta(x)*psi(x,t)',
        why: 'The quantum dynamic equation, where the argument starts.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'specialise', where: { zeta: LINEAR } },
      {
        id: 'linear',
        gives: `i*diff(psi(x,t), t) = -D*diff(psi(x,t), x, 2) + ${times('psi(x,t)')}`,
        why: 'Order 1 of the objective: its value and its slope at one point.',
        provenance: 'paper',
      },
    )
    .section('Real time: a free fall')
    .apply(
      { rule: 'ansatz' },
      {
        id: 'free',
        gives: 'diff(phi(x,t), t) = i*D*diff(phi(x,t), x, 2)',
        why: 'Take any wave φ in free motion.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: `${FALL}*phi(${FALLEN}, t)` } },
      {
        id: 'fall',
        from: 'linear',
        using: ['free'],
        gives: `psi(x,t) = ${FALL}*phi(${FALLEN}, t)`,
        why: 'The same wave along the path of a falling body, with the momentum −gt that the force gives, solves the equation with the slope.',
        reference: AVRON,
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'density',
        using: ['fall'],
        gives: `abs(psi(x,t))^2 = abs(phi(${FALLEN}, t))^2`,
        why: 'So every density falls as it stands, and spreads as without the force.',
      },
    )
    .apply(
      { rule: 'solution', where: { phi: PACKET } },
      {
        id: 'packet',
        from: 'free',
        gives: `phi(x,t) = ${PACKET}`,
        why: 'A free packet, for one, of width σ₀ about x₀ with wave number k₀.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'mean',
        from: 'density',
        using: ['packet'],
        gives: `abs(psi(x,t))^2 = exp(-(x - (x_0 + 2*D*k_0*t - D*g*t^2))^2/(2*${VARIANCE}))/sqrt(2*pi*${VARIANCE})`,
        why: 'Its mean is thrown with the velocity 2Dk₀ and falls by Dgt², its variance is that of free motion.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: KERNEL } },
      {
        id: 'kernel',
        from: 'linear',
        gives: `psi(x,t) = ${KERNEL}`,
        why: 'The kernel, which is the free one in the same fall.',
        when: ['$t > 0$, and $\\sqrt{i} = e^{i \\pi / 4}$'],
        reference: FEYNMAN,
      },
    )
}

function drift(real: Derivation): Derivation {
  return real
    .section('Imaginary time: gradient descent')
    .apply(
      { rule: 'changeVariable', where: IMAGINARY },
      {
        id: 'rotated',
        from: 'linear',
        gives: `-diff(psi_tau(x,tau), tau) = -D*diff(psi_tau(x,tau), x, 2) + ${times('psi_tau(x,tau)')}`,
        at: 'tau = i*t',
        why: 'Wick rotation of the equation.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'multiply', by: '-1' },
      {
        id: 'imaginary',
        gives: `diff(psi_tau(x,tau), tau) = D*diff(psi_tau(x,tau), x, 2) - zeta_0*psi_tau(x,tau) - g*(x - a)*psi_tau(x,tau)`,
        why: 'Diffusion, with decay where the objective is high and growth where it is low.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'identity', where: { t: '-i*tau' } },
      {
        id: 'wick',
        gives: `${KERNEL} = ${IMAGINARY_KERNEL}`,
        at: 't = -i*tau',
        why: 'The same rotation of the kernel.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_tau: IMAGINARY_KERNEL } },
      {
        id: 'imaginary-kernel',
        from: 'imaginary',
        gives: `psi_tau(x,tau) = ${IMAGINARY_KERNEL}`,
        why: 'It solves the imaginary-time equation.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'variance',
        gives: 'v(tau) = s_0^2 + 2*D*tau',
        why: 'For a population, a name for its variance.',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'centre', gives: 'mu(tau) = x_0 - g*(s_0^2*tau + D*tau^2)', why: 'A name for its mean.' },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mass',
        gives: 'M(tau) = exp(-(zeta_0 + g*(x_0 - a))*tau + g^2*s_0^2*tau^2/2 + D*g^2*tau^3/3)',
        why: 'A name for its mass.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_tau: POPULATION } },
      {
        id: 'population',
        from: 'imaginary',
        using: ['variance', 'centre', 'mass'],
        gives: `psi_tau(x,tau) = ${POPULATION}`,
        why: 'A normal population stays normal, with just these.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'descent',
        using: ['centre', 'variance'],
        gives: 'diff(mu(tau), tau) = -g*v(tau)',
        why: 'Gradient descent, and its learning rate is the variance of the population: not D, and not a constant.',
        provenance: 'corrected',
      },
    )
}

function noGroundState(moving: Derivation): Derivation {
  return moving
    .section('There is no ground state')
    .apply(
      { rule: 'identity' },
      {
        id: 'energy',
        using: ['mass', 'centre'],
        gives: '-diff(log(M(tau)), tau) = zeta_0 + g*(mu(tau) - a)',
        why: 'The rate at which the mass decays is the objective at the mean. It falls without bound.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'stationary',
        gives: `diff(chi(x), x, 2) = (${LINEAR} - E)*chi(x)/D`,
        why: 'Suppose there were a state of lowest energy E.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'lower',
        using: ['stationary'],
        gives: `-D*diff(chi(x + c), x, 2) + (${LINEAR})*chi(x + c) = (E - g*c)*chi(x + c)`,
        why: 'Moved by c it is a state of energy E − gc, which is lower for gc > 0. So no energy is the lowest: order 1 has no ground state to converge to.',
        when: ['$g \\neq 0$'],
        provenance: 'corrected',
      },
    )
}

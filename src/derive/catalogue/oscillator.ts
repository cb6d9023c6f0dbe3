import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, type SymbolEntry, symbols } from '../vocabulary.js'
import type { Where } from '../where.js'

/** Time after the start, where the kernels are functions. */
const LATER: SymbolEntry = { domain: 'positive', meaning: 'time', unit: 's' }

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'D', 'E', 'h', 'omega'),
    t: LATER,
    tau: { ...LATER, meaning: 'imaginary time, τ = it' },
    q: { domain: 'real', meaning: 'way from the Newton point', unit: 'm' },
    y: { domain: 'real', meaning: 'place of the start, from the Newton point', unit: 'm' },
    x_star: { domain: 'real', meaning: 'the Newton point', unit: 'm' },
    zeta_star: { domain: 'real', meaning: 'value of the objective there', unit: '1/s' },
  },
  functions: {
    psi: FUNCTIONS.psi,
    psi_q: {
      ...FUNCTIONS.psi,
      of: ['q', 't'],
      shown: 'psi',
      meaning: 'wave function about the Newton point',
    },
    psi_tau: {
      ...FUNCTIONS.psi,
      of: ['q', 'tau'],
      shown: 'psi',
      meaning: 'the same in imaginary time',
    },
    zeta: FUNCTIONS.zeta,
    phi: { of: ['q'], domain: 'real', meaning: 'a stationary state' },
    chi: { of: ['q'], domain: 'real', meaning: 'the stationary state above it' },
    Z: { of: ['tau'], domain: 'positive', meaning: 'sum over the levels' },
    G: { of: ['q', 'y', 'tau'], domain: 'real', meaning: 'kernel in imaginary time' },
  },
  positive: ['sin(omega*t)', 'sinh(omega*tau/2)'],
})

const IMAGINARY: Where = { psi_q: 'psi_tau(q, i*t)', tau: 'i*t' }

const HARMONIC = 'zeta_star + 1/2*h*q^2'
const GROUND = 'exp(-omega*q^2/(4*D))'
const KERNEL =
  'sqrt(omega/(4*pi*i*D*sin(omega*t)))*exp(i*omega/(4*D*sin(omega*t))*((q^2 + y^2)*cos(omega*t) - 2*q*y) - i*zeta_star*t)'
const IMAGINARY_KERNEL =
  'sqrt(omega/(4*pi*D*sinh(omega*tau)))*exp(-omega/(4*D*sinh(omega*tau))*((q^2 + y^2)*cosh(omega*tau) - 2*q*y) - zeta_star*tau)'

const COHEN = 'C. Cohen-Tannoudji, B. Diu, F. Laloë, Quantum Mechanics (Wiley, 1977), chapter V'
const FEYNMAN =
  'R. P. Feynman, A. R. Hibbs, Quantum Mechanics and Path Integrals (McGraw-Hill, 1965), problem 3-8'
const MEHLER = 'F. G. Mehler, J. reine angew. Math. 66, 161 (1866)'

/**
 * Order 2 of the objective: an oscillator about the Newton point. Its levels and states, and its kernel in real and in
 * imaginary time (Mehler).
 */
export function oscillator(): Derivation {
  return trace(imaginaryTime(realTime(levels(centred()))))
}

/** A stationary state with its energy, in real time. */
const state = (level: string, shape: string): string => `exp(-i*(zeta_star + ${level}*omega)*t)*${shape}`

function centred(): Derivation {
  return new Derivation('Oscillator: an objective that is quadratic', LANGUAGE)
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
      { rule: 'specialise', where: { zeta: 'zeta_star + 1/2*h*(x - x_star)^2' } },
      {
        id: 'quadratic',
        gives:
          'i*diff(psi(x,t), t) = -D*diff(psi(x,t), x, 2) + zeta_star*psi(x,t) + 1/2*h*(x - x_star)^2*psi(x,t)',
        why: 'Order 2 of the objective, its square completed about the Newton point.',
        when: ['$h > 0$'],
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'changeVariable', where: { psi: 'psi_q(x - x_star, t)', q: 'x - x_star' } },
      {
        id: 'centred',
        gives: `i*diff(psi_q(q,t), t) = -D*diff(psi_q(q,t), q, 2) + zeta_star*psi_q(q,t) + 1/2*h*q^2*psi_q(q,t)`,
        at: 'q = x - x_star',
        why: 'Measure the way from there.',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'frequency', gives: 'omega = sqrt(2*D*h)', why: 'The angular frequency of the oscillator.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'curvature',
        using: ['frequency'],
        gives: 'h = omega^2/(2*D)',
        why: 'The same the other way round.',
      },
    )
}

function levels(start: Derivation): Derivation {
  return start
    .section('Levels')
    .apply(
      { rule: 'solution', where: { psi_q: state('1/2', GROUND) } },
      {
        id: 'ground',
        from: 'centred',
        using: ['curvature'],
        gives: `psi_q(q,t) = ${state('1/2', GROUND)}`,
        why: 'A state at rest, without a node: the ground state. Its energy is ζ* + ω/2.',
        reference: COHEN,
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'zero-point',
        using: ['frequency'],
        gives: '(zeta_star + 1/2*omega) - zeta_star = sqrt(D*h/2)',
        why: 'The lowest energy is not the least value of the objective: it lies above by √(Dh/2), and only for D → 0 do they meet.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'born',
        gives: `(${GROUND})^2 = exp(-q^2/(2*(D/omega)))`,
        why: 'Its Born density is normal, with the variance D/ω.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'population',
        gives: `${GROUND} = exp(-q^2/(2*(2*D/omega)))`,
        why: 'Read as a population it has twice that variance, 2D/ω.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'stationary',
        gives: 'diff(phi(q), q, 2) = (zeta_star + 1/2*h*q^2 - E)*phi(q)/D',
        why: 'The other states: let φ be any state of energy E.',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'above', gives: 'chi(q) = omega/(2*D)*q*phi(q) - diff(phi(q), q)', why: 'Make this of it.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'ladder',
        using: ['above', 'stationary', 'curvature'],
        gives: `-D*diff(chi(q), q, 2) + (${HARMONIC})*chi(q) = (E + omega)*chi(q)`,
        why: 'That is a state of energy E + ω. From the ground state up this is a ladder: $E_{n} = \\zeta_{*} + \\omega \\left(n + 1/2\\right)$.',
        reference: COHEN,
      },
    )
    .apply(
      { rule: 'solution', where: { psi_q: state('3/2', `q*${GROUND}`) } },
      {
        id: 'first',
        from: 'centred',
        using: ['curvature'],
        gives: `psi_q(q,t) = ${state('3/2', `q*${GROUND}`)}`,
        why: 'One rung up the state has one node.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_q: state('5/2', `(omega*q^2/D - 1)*${GROUND}`) } },
      {
        id: 'second',
        from: 'centred',
        using: ['curvature'],
        gives: `psi_q(q,t) = ${state('5/2', `(omega*q^2/D - 1)*${GROUND}`)}`,
        why: 'Two rungs up it has two.',
      },
    )
}

function realTime(states: Derivation): Derivation {
  return states.section('Real time').apply(
    { rule: 'solution', where: { psi_q: KERNEL } },
    {
      id: 'kernel',
      from: 'centred',
      using: ['curvature'],
      gives: `psi_q(q,t) = ${KERNEL}`,
      why: 'Mehler’s kernel in real time. It holds for half a period; each time that ωt passes a multiple of π it gains the factor exp(−iπ/2).',
      when: ['$0 < \\omega t < \\pi$', '$\\sqrt{i} = e^{i \\pi / 4}$'],
      reference: FEYNMAN,
    },
  )
}

function imaginaryTime(real: Derivation): Derivation {
  return real
    .section('Imaginary time')
    .apply(
      { rule: 'changeVariable', where: IMAGINARY },
      {
        id: 'rotated',
        from: 'centred',
        gives:
          '-diff(psi_tau(q,tau), tau) = -D*diff(psi_tau(q,tau), q, 2) + zeta_star*psi_tau(q,tau) + 1/2*h*q^2*psi_tau(q,tau)',
        at: 'tau = i*t',
        why: 'Wick rotation of the equation.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mehler',
        gives: `G(q, y, tau) = ${IMAGINARY_KERNEL}`,
        why: 'Mehler’s kernel.',
        reference: MEHLER,
      },
    )
    .apply(
      { rule: 'identity', where: { t: '-i*tau' } },
      {
        id: 'wick',
        using: ['mehler'],
        gives: `${KERNEL} = G(q, y, tau)`,
        at: 't = -i*tau',
        why: 'The kernel of real time goes over into it.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_tau: 'G(q, y, tau)' } },
      {
        id: 'imaginary-kernel',
        from: 'rotated',
        using: ['mehler', 'curvature'],
        gives: 'psi_tau(q,tau) = G(q, y, tau)',
        why: 'It solves the imaginary-time equation, from any start y, and for all times.',
        when: ['$\\omega \\tau > 0$'],
      },
    )
}

function trace(kernels: Derivation): Derivation {
  const over = (body: string): string => `integral(${body}, q, -infinity, infinity)`
  return kernels
    .section('Trace')
    .apply(
      { rule: 'identity' },
      {
        id: 'trace-of',
        using: ['mehler'],
        gives: `${over('G(q, q, tau)')} = ${over(IMAGINARY_KERNEL.replace('(q^2 + y^2)*cosh(omega*tau) - 2*q*y', '2*q^2*(cosh(omega*tau) - 1)'))}`,
        why: 'The trace: back where it started, summed over all starts.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      {
        id: 'trace',
        gives: `${over('G(q, q, tau)')} = exp(-zeta_star*tau)/(2*sinh(omega*tau/2))`,
        why: 'The integral is Gaussian.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'sum',
        gives: 'Z(tau) = sum(exp(-(zeta_star + omega*(n + 1/2))*tau), n, 0, infinity)',
        why: 'Against it, the levels of the ladder, each with its decay.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      {
        id: 'sum-of-levels',
        gives: 'Z(tau) = exp(-zeta_star*tau)/(2*sinh(omega*tau/2))',
        why: 'Their sum is geometric.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'complete',
        using: ['trace', 'sum-of-levels'],
        gives: `${over('G(q, q, tau)')} = Z(tau)`,
        why: 'Both are the same, so the ladder has all the levels. At the inverse temperature β = τ this is the partition function.',
      },
    )
}

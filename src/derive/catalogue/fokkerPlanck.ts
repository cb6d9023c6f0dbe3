import { Derivation } from '../derivation.js'
import { DerivationError } from '../errors.js'
import { Language } from '../language.js'
import { FUNCTIONS, symbols } from '../vocabulary.js'

export interface FokkerPlanckOptions {
  /** Number of coordinates of the loss. Default 1. */
  readonly dimensions?: 1 | 2 | 3
}

const AXES = ['x', 'y', 'z'] as const
type Axis = (typeof AXES)[number]

const CONFINING = '$e^{-U/D}$ can be integrated: the loss rises fast enough at infinity'

function languageOf(axes: readonly Axis[]): Language {
  const flow = [...axes, 't']
  return new Language({
    symbols: {
      ...symbols(...axes, 'D', 'E_0'),
      t: { domain: 'positive', meaning: 'time of the descent, the imaginary time of the QDE', unit: 's' },
      E: { domain: 'real', meaning: 'energy of a real function f, ∫ f Hf dx' },
      E_n: { domain: 'real', meaning: 'energy of level n, as a rate', unit: '1/s' },
      k: { domain: 'positive', meaning: 'stiffness of the loss', unit: '1/s' },
      x_0: { domain: 'real', meaning: 'place where the descent starts', unit: 'm' },
      lambda: { domain: 'real', meaning: 'rate at which a mode decays', unit: '1/s' },
    },
    functions: {
      p: { of: flow, domain: 'real', meaning: 'probability density of the descent' },
      psi: { of: flow, domain: 'real', meaning: 'wave function in imaginary time' },
      U: { ...FUNCTIONS.U, of: axes },
      V_s: { of: axes, domain: 'real', meaning: 'potential that belongs to the loss' },
      zeta: { ...FUNCTIONS.zeta, of: axes },
      phi_0: { of: axes, domain: 'positive', meaning: 'ground state' },
      phi_n: { of: axes, domain: 'real', meaning: 'eigenfunction of level n' },
      v: { of: ['t'], domain: 'positive', meaning: 'variance of the descent' },
      f: { of: axes, domain: 'real', meaning: 'any function that falls off fast enough' },
    },
  })
}

/** How functions of the place and their derivatives are spelled on some axes. */
function spellingOf(axes: readonly Axis[]) {
  const place = axes.join(',')
  const sum = (term: (axis: Axis) => string): string => axes.map(term).join(' + ')
  return {
    p: `p(${place},t)`,
    psi: `psi(${place},t)`,
    U: `U(${place})`,
    V_s: `V_s(${place})`,
    zeta: `zeta(${place})`,
    phi_0: `phi_0(${place})`,
    phi_n: `phi_n(${place})`,
    sum,
    laplacian: (f: string): string => sum((axis) => `diff(${f}, ${axis}, 2)`),
    squaredGradient: (f: string): string => sum((axis) => `diff(${f}, ${axis})^2`),
  }
}

/**
 * Langevin descent dX = −∇U dt + √(2D) dW on a loss U and the QDE in imaginary time, both ways: with p = e^{−U/2D} ψ the
 * Fokker–Planck equation becomes the QDE with ζ = V_s = |∇U|²/4D − ½∇²U; and a QDE with ground state φ₀ becomes Langevin
 * descent on U = −2D ln φ₀. Relaxation rates are the levels above the ground state.
 *
 * @param options `dimensions`: 1, 2 or 3 coordinates; in one, with the proof that no level is negative.
 * @throws DerivationError 'not-applicable' for another number of dimensions.
 */
export function fokkerPlanck({ dimensions = 1 }: FokkerPlanckOptions = {}): Derivation {
  const axes = AXES.slice(0, dimensions)
  if (axes.length !== dimensions)
    throw new DerivationError('not-applicable', 'dimensions', `must be 1, 2 or 3, got ${dimensions}`)
  const there = withSameRates(descentAsWave(axes), axes)
  if (dimensions > 1) return back(there, axes)
  return back(withEnergy(there), axes)
}

/** Fokker–Planck → QDE with V_s. */
export function descentAsWave(axes: readonly Axis[]): Derivation {
  const { p, psi, U, V_s, sum, laplacian, squaredGradient } = spellingOf(axes)
  const V = `(${squaredGradient(U)})/(4*D) - (${laplacian(U)})/2`
  return new Derivation('Langevin descent and the quantum dynamic equation', languageOf(axes))
    .section('From descent on a loss to the QDE')
    .apply(
      { rule: 'postulate' },
      {
        id: 'fokker-planck',
        gives: `diff(${p}, t) = ${sum((a) => `diff(${p}*diff(${U}, ${a}), ${a})`)} + D*(${laplacian(p)})`,
        why: 'Langevin descent goes down the slope of the loss U and adds noise, $\\mathrm{d} X = -\\nabla U \\, \\mathrm{d} t + \\sqrt{2 D} \\, \\mathrm{d} W$. Its probability density obeys the Fokker–Planck equation.',
        when: ['$D > 0$'],
        reference: 'H. Risken, The Fokker–Planck Equation, 2nd ed. (1989), chapter 5',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'similarity',
        gives: `${p} = exp(-${U}/(2*D))*${psi}`,
        why: 'Split off the square root of the density $e^{-U/D}$ in which the descent comes to rest; what is left is called ψ.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'flux',
        using: ['similarity'],
        gives: `${p}*diff(${U}, x) + D*diff(${p}, x) = exp(-${U}/(2*D))*(D*diff(${psi}, x) + diff(${U}, x)*${psi}/2)`,
        why: 'In the flow of probability half of the slope is left over: the exponential’s derivative takes the other half.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'inserted',
        from: 'fokker-planck',
        using: ['similarity'],
        gives: `exp(-${U}/(2*D))*diff(${psi}, t) = exp(-${U}/(2*D))*(D*(${laplacian(psi)}) - (${V})*${psi})`,
        why: 'The divergence of that flow: the terms with one derivative of ψ cancel.',
      },
    )
    .apply(
      { rule: 'multiply', by: `exp(${U}/(2*D))` },
      {
        id: 'cancelled',
        gives: `diff(${psi}, t) = D*(${laplacian(psi)}) - (${V})*${psi}`,
        why: 'Drop the exponential, which vanishes nowhere.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'potential',
        gives: `${V_s} = ${V}`,
        why: 'The potential that belongs to the loss: high on slopes, low where the loss curves upwards.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'wave',
        from: 'cancelled',
        using: ['potential'],
        gives: `diff(${psi}, t) = D*(${laplacian(psi)}) - ${V_s}*${psi}`,
        why: 'The QDE in imaginary time. So gradient descent with noise on the loss U is the QDE with $\\zeta = V_{s}$, and not, as is often said, with ζ = U.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'solution', where: { p: `exp(-${U}/D)` } },
      {
        id: 'rest',
        from: 'fokker-planck',
        gives: `${p} = exp(-${U}/D)`,
        why: 'The density at rest, up to its norm: Boltzmann’s, with D as the temperature.',
        when: [CONFINING],
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'ground',
        using: ['potential'],
        gives: `-D*(${laplacian(`exp(-${U}/(2*D))`)}) + ${V_s}*exp(-${U}/(2*D)) = 0`,
        why: 'Its square root is an eigenfunction of $H = -D \\nabla^{2} + V_{s}$ with the energy 0. It has no zeros, so it is the ground state: E₀ = 0.',
        when: [CONFINING],
      },
    )
}

/** No energy is below 0: H is a square. One coordinate. */
function withEnergy(start: Derivation): Derivation {
  const square = 'integral(D*(diff(f(x), x) + diff(U(x), x)*f(x)/(2*D))^2, x, -infinity, infinity)'
  return start
    .section('No level lies below the ground state')
    .apply(
      { rule: 'define' },
      {
        id: 'energy',
        gives: 'E = integral(f(x)*(-D*diff(f(x), x, 2) + V_s(x)*f(x)), x, -infinity, infinity)',
        why: 'The energy of any real function, not yet divided by its norm.',
      },
    )
    .apply(
      { rule: 'byParts', over: 'x', boundary: '-D*f(x)*diff(f(x), x) - diff(U(x), x)*f(x)^2/2' },
      {
        id: 'square',
        using: ['potential'],
        gives: `E = ${square}`,
        why: 'By parts it becomes the integral of a square: H is a product of an operator and its adjoint.',
        reference: 'E. Witten, Nucl. Phys. B 188 (1981) 513',
      },
    )
    .apply(
      { rule: 'inequality', rest: square },
      {
        id: 'nonnegative',
        using: ['square'],
        gives: 'E >= 0',
        why: 'So no energy is negative; it is 0 only for the multiples of $e^{-U/2D}$.',
      },
    )
}

/** A level of H is a rate of the Fokker–Planck equation. */
function withSameRates(start: Derivation, axes: readonly Axis[]): Derivation {
  const { p, U, V_s, phi_n, laplacian } = spellingOf(axes)
  const others = axes
    .slice(1)
    .map((axis) => ` - diff(${phi_n}, ${axis}, 2)`)
    .join('')
  return start
    .section('The same rates')
    .apply(
      { rule: 'postulate' },
      {
        id: 'levels',
        gives: `-D*(${laplacian(phi_n)}) + ${V_s}*${phi_n} = E_n*${phi_n}`,
        why: 'Let φₙ be an eigenfunction of H with the energy Eₙ.',
      },
    )
    .apply(
      { rule: 'rearrange', times: '-1/D' },
      {
        id: 'curvature',
        gives: `diff(${phi_n}, x, 2) = (${V_s} - E_n)*${phi_n}/D${others}`,
        why: 'Solve for a second derivative.',
      },
    )
    .apply(
      { rule: 'solution', where: { p: `exp(-E_n*t)*exp(-${U}/(2*D))*${phi_n}` } },
      {
        id: 'rates',
        from: 'fokker-planck',
        using: ['curvature', 'potential'],
        gives: `${p} = exp(-E_n*t)*exp(-${U}/(2*D))*${phi_n}`,
        why: 'Each level is a mode of the Fokker–Planck equation. It decays with the rate Eₙ − E₀ = Eₙ: the gap of H is the slowest rate of the descent.',
      },
    )
}

/** QDE → Langevin, by its ground state. */
function back(start: Derivation, axes: readonly Axis[]): Derivation {
  const { p, psi, U, V_s, zeta, phi_0, laplacian, squaredGradient } = spellingOf(axes)
  const others = axes
    .slice(1)
    .map((axis) => ` - diff(${phi_0}, ${axis}, 2)`)
    .join('')
  const grown = `exp(E_0*t)*${phi_0}*${psi}`
  return start
    .section('Back: from the QDE to descent on a loss')
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: `diff(${psi}, t) = D*(${laplacian(psi)}) - ${zeta}*${psi}`,
        why: 'Now start from the QDE in imaginary time with any objective ζ.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'ground-state',
        gives: `-D*(${laplacian(phi_0)}) + ${zeta}*${phi_0} = E_0*${phi_0}`,
        why: 'Let it have a ground state φ₀, which has no zeros and is taken positive.',
        when: ['$\\zeta$ is bounded from below and rises at infinity', '$\\varphi_{0} > 0$'],
      },
    )
    .apply(
      { rule: 'rearrange', times: '-1/D' },
      {
        id: 'ground-curvature',
        gives: `diff(${phi_0}, x, 2) = (${zeta} - E_0)*${phi_0}/D${others}`,
        why: 'Solve for a second derivative.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'loss',
        gives: `${U} = -2*D*log(${phi_0})`,
        why: 'The loss whose density at rest $e^{-U/D}$ is φ₀².',
        when: ['$\\varphi_{0} > 0$'],
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'ratio',
        using: ['loss'],
        gives: `(${squaredGradient(U)})/(4*D) - (${laplacian(U)})/2 = D*(${laplacian(phi_0)})/${phi_0}`,
        why: 'Its potential is the curvature of φ₀: the squares of first derivatives cancel.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'shifted',
        using: ['potential', 'loss', 'ground-curvature'],
        gives: `${V_s} = ${zeta} - E_0`,
        why: 'By the ground state’s own equation that is the objective, counted from E₀: the two ways are inverse to each other.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'drift',
        using: ['loss'],
        gives: `-diff(${U}, x) = 2*D*diff(${phi_0}, x)/${phi_0}`,
        why: 'The descent drifts to where φ₀ grows (Doob’s transform).',
      },
    )
    .apply(
      { rule: 'solution', where: { p: grown, U: `-2*D*log(${phi_0})` } },
      {
        id: 'doob',
        from: 'fokker-planck',
        using: ['qde', 'ground-curvature'],
        gives: `${p} = ${grown}`,
        why: 'Every solution of the QDE, times φ₀ and the growth that E₀ takes away, is a density of that descent. It comes to rest in φ₀², the Born density of the ground state.',
        reference: 'J. L. Doob, Bull. Soc. Math. France 85 (1957) 431',
      },
    )
}

import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, type SymbolEntry, symbols } from '../vocabulary.js'
import type { Where } from '../where.js'

/** Time after the start, where the kernels are functions. */
const LATER: SymbolEntry = { domain: 'positive', meaning: 'time', unit: 's' }

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'D', 'zeta_0'),
    t: LATER,
    tau: { ...LATER, meaning: 'imaginary time, τ = it' },
    s: { ...LATER, meaning: 'another imaginary time' },
    y: { domain: 'real', meaning: 'place of the start', unit: 'm' },
    z: { domain: 'real', meaning: 'a place between', unit: 'm' },
    x_0: { domain: 'real', meaning: 'mean at the start', unit: 'm' },
    k_0: { domain: 'real', meaning: 'wave number at the start', unit: '1/m' },
    sigma_0: { domain: 'positive', meaning: 'width at the start', unit: 'm' },
    s_0: { domain: 'positive', meaning: 'width of the population at the start', unit: 'm' },
    v: { domain: 'positive', meaning: 'variance', unit: 'm²' },
  },
  functions: {
    psi: FUNCTIONS.psi,
    psi_tau: { ...FUNCTIONS.psi, of: ['x', 'tau'], shown: 'psi', meaning: 'wave function in imaginary time' },
    zeta: FUNCTIONS.zeta,
    sigma: { of: ['t'], domain: 'complex', meaning: 'complex width of the packet' },
    G: { of: ['x', 'tau'], domain: 'positive', meaning: 'heat kernel' },
  },
})

const IMAGINARY: Where = { psi: 'psi_tau(x, i*t)', tau: 'i*t' }

const KERNEL = 'exp(i*(x - y)^2/(4*D*t) - i*zeta_0*t)/sqrt(4*pi*i*D*t)'
const PACKET =
  'exp(-(x - x_0 - 2*D*k_0*t)^2/(4*sigma_0*sigma(t)) + i*k_0*(x - x_0) - i*D*k_0^2*t - i*zeta_0*t)/((2*pi)^(1/4)*sqrt(sigma(t)))'
const POPULATION = 'exp(-zeta_0*tau)*exp(-(x - x_0)^2/(2*(s_0^2 + 2*D*tau)))/sqrt(2*pi*(s_0^2 + 2*D*tau))'

/** The heat kernel at a place and a time. */
const heat = (place: string, time: string): string =>
  `exp(-${place}^2/(4*D*${time}) - zeta_0*${time})/sqrt(4*pi*D*${time})`
const HEAT_KERNEL = heat('x', 'tau')

/** The integral over all places. */
const over = (body: string): string => `integral(${body}, x, -infinity, infinity)`

const COHEN = 'C. Cohen-Tannoudji, B. Diu, F. Laloë, Quantum Mechanics (Wiley, 1977), complement G I'
const FEYNMAN = 'R. P. Feynman, A. R. Hibbs, Quantum Mechanics and Path Integrals (McGraw-Hill, 1965), §3-1'
const EVANS = 'L. C. Evans, Partial Differential Equations (AMS, 2010), §2.3.1'

/**
 * Order 0 of the objective: free motion. The kernel in real time and in imaginary time, a packet in both, and how its
 * width grows: as t by dispersion, as √τ by diffusion.
 */
export function freeMotion(): Derivation {
  return imaginaryTime(realTime())
}

function realTime(): Derivation {
  return new Derivation('Free motion: an objective that is constant', LANGUAGE)
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
      { rule: 'specialise', where: { zeta: 'zeta_0' } },
      {
        id: 'free',
        gives: 'i*diff(psi(x,t), t) = -D*diff(psi(x,t), x, 2) + zeta_0*psi(x,t)',
        why: 'Order 0 of the objective: it is its value at one point.',
        provenance: 'paper',
      },
    )
    .section('Real time: dispersion')
    .apply(
      { rule: 'solution', where: { psi: KERNEL } },
      {
        id: 'kernel',
        gives: `psi(x,t) = ${KERNEL}`,
        why: 'The kernel: from the one place y the wave spreads over all places at once, with a phase of its own at each.',
        when: ['$t > 0$, and $\\sqrt{i} = e^{i \\pi / 4}$'],
        reference: FEYNMAN,
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'width',
        gives: 'sigma(t) = sigma_0 + i*D*t/sigma_0',
        why: 'For a packet, a name for its width, which becomes complex.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: PACKET } },
      {
        id: 'packet',
        from: 'free',
        using: ['width'],
        gives: `psi(x,t) = ${PACKET}`,
        why: 'A Gaussian of width σ₀ about x₀ with wave number k₀ stays a Gaussian.',
        reference: COHEN,
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'variance',
        gives: 'v = sigma_0^2 + D^2*t^2/sigma_0^2',
        why: 'A name for the variance that shows in the next line.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'born',
        using: ['packet', 'width', 'variance'],
        gives: 'abs(psi(x,t))^2 = exp(-(x - x_0 - 2*D*k_0*t)^2/(2*v))/sqrt(2*pi*v)',
        why: 'Its Born density is normal: the mean moves with the velocity 2Dk₀, the variance is v.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'dispersion',
        using: ['variance'],
        gives: 'v/t^2 = D^2/sigma_0^2 + sigma_0^2/t^2',
        why: 'The variance against t².',
      },
    )
    .apply(
      { rule: 'limit', of: 't', to: 'infinity' },
      {
        id: 'late',
        gives: 'v/t^2 -> D^2/sigma_0^2',
        why: 'Late the width grows in proportion to t, the faster the narrower the start was: dispersion.',
      },
    )
}

function imaginaryTime(real: Derivation): Derivation {
  return real
    .section('Imaginary time: diffusion')
    .apply(
      { rule: 'changeVariable', where: IMAGINARY },
      {
        id: 'rotated',
        from: 'free',
        gives: '-diff(psi_tau(x,tau), tau) = -D*diff(psi_tau(x,tau), x, 2) + zeta_0*psi_tau(x,tau)',
        at: 'tau = i*t',
        why: 'Wick rotation of the equation.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'multiply', by: '-1' },
      {
        id: 'heat',
        gives: 'diff(psi_tau(x,tau), tau) = D*diff(psi_tau(x,tau), x, 2) - zeta_0*psi_tau(x,tau)',
        why: 'The heat equation, with decay at the rate ζ₀.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'heat-kernel',
        gives: `G(x, tau) = ${HEAT_KERNEL}`,
        why: 'The heat kernel, for a start at 0.',
        reference: EVANS,
      },
    )
    .apply(
      { rule: 'identity', where: { t: '-i*tau' } },
      {
        id: 'wick',
        using: ['heat-kernel'],
        gives: `${KERNEL} = G(x - y, tau)`,
        at: 't = -i*tau',
        why: 'The kernel of real time goes over into it, its root too.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_tau: 'G(x - y, tau)' } },
      {
        id: 'from-y',
        from: 'heat',
        using: ['heat-kernel'],
        gives: 'psi_tau(x,tau) = G(x - y, tau)',
        why: 'It solves the heat equation, from any start y.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'mass-of',
        using: ['heat-kernel'],
        gives: `${over('G(x, tau)')} = ${over(HEAT_KERNEL)}`,
        why: 'What does it start from? Ask for its mass.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      {
        id: 'mass',
        gives: `${over('G(x, tau)')} = exp(-zeta_0*tau)`,
        why: 'The mass only decays with ζ₀.',
      },
    )
    .apply(
      { rule: 'limit', of: 'tau', to: '0' },
      { id: 'mass-at-start', gives: `${over('G(x, tau)')} -> 1`, why: 'At the start it is 1.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'spread-of',
        using: ['heat-kernel'],
        gives: `${over('x^2*G(x, tau)')} = ${over(`x^2*${HEAT_KERNEL}`)}`,
        why: 'Ask for its second moment.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      {
        id: 'spread',
        gives: `${over('x^2*G(x, tau)')} = 2*D*tau*exp(-zeta_0*tau)`,
        why: 'So its variance is 2Dτ and its width grows as √τ: diffusion.',
      },
    )
    .apply(
      { rule: 'limit', of: 'tau', to: '0' },
      {
        id: 'spread-at-start',
        gives: `${over('x^2*G(x, tau)')} -> 0`,
        why: 'At the start there is none: the mass 1 sits at one point, and G tends to δ(x).',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'two-times',
        using: ['heat-kernel'],
        gives: `integral(G(x - z, tau)*G(z - y, s), z, -infinity, infinity) = integral((${heat('(x - z)', 'tau')})*(${heat('(z - y)', 's')}), z, -infinity, infinity)`,
        why: 'One time after another: sum over the place between.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      {
        id: 'semigroup',
        using: ['heat-kernel'],
        gives: 'integral(G(x - z, tau)*G(z - y, s), z, -infinity, infinity) = G(x - y, tau + s)',
        why: 'Two times after each other are one time, their sum: a semigroup.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_tau: POPULATION } },
      {
        id: 'population',
        from: 'heat',
        gives: `psi_tau(x,tau) = ${POPULATION}`,
        why: 'A normal population of mean x₀ and variance s₀² stays normal: the mean rests, the variance grows by 2Dτ, the mass decays with ζ₀.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'two-readings',
        gives: 'exp(-(x - x_0)^2/(2*(2*sigma_0^2 + 2*D*tau)))^2 = exp(-(x - x_0)^2/(2*(sigma_0^2 + D*tau)))',
        why: 'Two readings: where the population ψ has variance 2σ₀² + 2Dτ, the Born density ψ² has half of it, σ₀² + Dτ.',
        provenance: 'corrected',
      },
    )
}

/** Constructors of closed-form propagators, exp(−i e^{−iθ} s H) for quadratic H = −D∇² + ζ. */
import { requireInteger, requireKeys, requireNumber } from '../../error.js'
import { perAxis } from './gaussianPacket.js'
import { QuadraticPropagator } from './quadraticPropagator.js'

interface Common {
  /** Diffusion coefficient D > 0; D = ½ is mass 1 with ħ = 1. */
  readonly D: number
  /** Constant ζ₀ of the objective; default 0. */
  readonly zeta0?: number
  /** Number of coordinates; default the length of the longest list given, else 1. */
  readonly dimension?: number
}

export interface FreePropagatorOptions extends Common {}

export interface LinearPropagatorOptions extends Common {
  /** Slope g of ζ: a number for every axis, or one an axis. */
  readonly slope: number | readonly number[]
  /** Where ζ = ζ₀; default 0. */
  readonly center?: number | readonly number[]
}

export interface OscillatorPropagatorOptions extends Common {
  /** Curvature h = ζ″: a number for every axis, or one an axis. ω = √(2Dh); h < 0 is the inverted oscillator. */
  readonly curvature: number | readonly number[]
  /** Where ζ is stationary; default 0. */
  readonly center?: number | readonly number[]
}

export interface QuadraticPropagatorOptions extends Common {
  /** Slope g of ζ at `center`; default 0. */
  readonly slope?: number | readonly number[]
  /** Curvature h of ζ; default 0. */
  readonly curvature?: number | readonly number[]
  /** The point of expansion; default 0. */
  readonly center?: number | readonly number[]
}

/**
 * ζ = ζ₀:  K = (4πiDt)^{−n/2} exp{i|x − x′|²/4Dt − iζ₀t} in real time, and with t = −iτ the heat kernel.
 *
 * @example
 * freePropagator({ D: 0.5 }).at({ s: 2, angle: Math.PI / 2 }).value(0.3, -0.1)
 */
export function freePropagator(options: FreePropagatorOptions): QuadraticPropagator {
  return propagatorOf('freePropagator', options, [])
}

/**
 * ζ = ζ₀ + g(x − a):  K = (4πiDt)^{−1/2} exp{i[(x − x′)²/4Dt − ½gt(x + x′) − Dg²t³/12]} an axis (ζ₀ = a = 0).
 * J. E. Avron and I. W. Herbst, Commun. Math. Phys. 52, 239 (1977).
 */
export function linearPropagator(options: LinearPropagatorOptions): QuadraticPropagator {
  return propagatorOf('linearPropagator', options, ['slope', 'center'])
}

/**
 * ζ = ζ₀ + ½h(x − a)²:  K = √(ω/4πiD sin ωt) exp{(iω/4D sin ωt)[(x² + x′²) cos ωt − 2xx′]} an axis (ζ₀ = a = 0).
 * F. G. Mehler, J. reine angew. Math. 66, 161 (1866). At each ωt = nπ, where K is δ(x − (−1)ⁿx′), its phase turns by
 * e^{−iπ/2}: P. A. Horváthy, Int. J. Theor. Phys. 18, 245 (1979); so ψ returns as −ψ after a period.
 *
 * @example
 * const Z = oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: 1, angle: Math.PI / 2 }).trace()
 * Z.re // => 0.9595173756674…
 */
export function oscillatorPropagator(options: OscillatorPropagatorOptions): QuadraticPropagator {
  return propagatorOf('oscillatorPropagator', options, ['curvature', 'center'])
}

/**
 * ζ = ζ₀ + g(x − a) + ½h(x − a)², h of any sign: all of the above, and their sum.
 * @throws PsilabError `parameter` for D ≤ 0, numbers that are not finite, and lists of different lengths
 */
export function quadraticPropagator(options: QuadraticPropagatorOptions): QuadraticPropagator {
  return propagatorOf('quadraticPropagator', options, ['slope', 'curvature', 'center'])
}

function propagatorOf(
  name: string,
  options: QuadraticPropagatorOptions,
  own: readonly (keyof QuadraticPropagatorOptions)[],
): QuadraticPropagator {
  requireKeys(name, options, ['D', 'zeta0', 'dimension', ...own])
  const { slope = 0, curvature = 0, center = 0 } = options
  const D = requireNumber('D', options.D, 'a finite number > 0', (v) => v > 0, 'For example D: 0.5.')
  const zeta0 = requireNumber('zeta0', options.zeta0 ?? 0, 'a finite number', () => true)
  const lengths = [slope, curvature, center].map((v) => (typeof v === 'number' ? 1 : v.length))
  const dimension = requireInteger('dimension', options.dimension ?? Math.max(...lengths), 1, 64)
  const [g, h, a] = [
    perAxis('slope', slope, dimension),
    perAxis('curvature', curvature, dimension),
    perAxis('center', center, dimension),
  ]
  return new QuadraticPropagator(
    D,
    zeta0,
    g.map((s, d) => ({ slope: s, curvature: h[d], center: a[d] })),
  )
}

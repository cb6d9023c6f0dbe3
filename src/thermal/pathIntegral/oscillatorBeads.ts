/**
 * The oscillator ζ = ½kx² as a ring of P beads, exactly. With ε = β/P the primitive action
 *
 *   S = Σ_i [ (x_{i+1} − x_i)²/4Dε + ε ζ(x_i) ]
 *
 * is a sum over the Fourier modes of the ring with the weights (cosh α − cos 2πn/P)/Dε, sinh(α/2) = ε√(Dk/2), so that
 *
 *   Z = 1/(2 sinh ½Pα),   ⟨x²⟩ = Dε coth(½Pα)/sinh α,   U = −∂ ln Z/∂β = k⟨x²⟩,
 *
 * and as P → ∞, Pα → βω with ω = √(2Dk).
 *
 * Reference: Schweizer, Stratt, Chandler and Wolynes, J. Chem. Phys. 75, 1347 (1981), for the ring of a quadratic action.
 */
import { requireInteger, requireKeys, requireNumber } from '../../error.js'

export interface OscillatorBeadsOptions {
  /** Diffusion coefficient D > 0. */
  readonly D: number
  /** Curvature k > 0 of ζ = ½kx². */
  readonly k: number
  /** Inverse temperature β > 0. */
  readonly beta: number
  /** Number of beads P ≥ 1. */
  readonly beads: number
}

export interface OscillatorBeads {
  /** ⟨x²⟩ of a bead. */
  readonly x2: number
  /** Partition function, without unit. */
  readonly Z: number
  /** Free energy −ln Z/β, mean energy −∂ ln Z/∂β and mean of ζ, in the unit of ζ. */
  readonly F: number
  readonly U: number
  readonly zeta: number
}

/**
 * What a path integral of P beads gives for the oscillator without any sampling error.
 * @throws PsilabError `parameter` for numbers out of range
 * @example
 * oscillatorBeads({ D: 0.5, k: 1, beta: 5, beads: 4 }).x2 // => 0.43161837
 */
export function oscillatorBeads(options: OscillatorBeadsOptions): OscillatorBeads {
  requireKeys('oscillatorBeads', options, ['D', 'k', 'beta', 'beads'])
  const positive = (name: 'D' | 'k' | 'beta'): number =>
    requireNumber(name, options[name], 'a finite number > 0', (v) => v > 0)
  const [D, k, beta] = [positive('D'), positive('k'), positive('beta')]
  const beads = requireInteger('beads', options.beads, 1, Number.MAX_SAFE_INTEGER)
  const epsilon = beta / beads
  const alpha = 2 * Math.asinh(epsilon * Math.sqrt((D * k) / 2))
  const half = (beads * alpha) / 2
  const x2 = (D * epsilon) / (Math.tanh(half) * Math.sinh(alpha))
  // ln(2 sinh a) without overflow.
  const logarithm = half + Math.log(-Math.expm1(-2 * half))
  return { x2, Z: Math.exp(-logarithm), F: logarithm / beta, U: k * x2, zeta: (k * x2) / 2 }
}

/**
 * The Wigner function with ħ = 1, so that p is the wave number of ψ:
 *
 *   W(x, p) = (1/2π) ∫ ψ*(x − y/2) ψ(x + y/2) e^{−ipy} dy,   of a mixed state (1/2π) ∫ ρ(x + y/2, x − y/2) e^{−ipy} dy,
 *   ∫W dp = |ψ(x)|²,   ∫W dx = |φ(p)|²,   2π ∫W² dx dp = Tr ρ²,   |W| ≤ 1/π.
 *
 * ψ has no wave numbers beyond K and lies in a box of length L. Then W has none beyond 2K along x, and as a function of
 * y it lies in |y| ≤ L: steps dx = π/2K of x and dp = π/L of p, over |p| ≤ K, make all four sums exact. ψ is therefore put
 * on points π/2K apart by its spectral series, and each x takes one Fourier transform over y = 2m·dx.
 *
 * @see E. Wigner, Phys. Rev. 40, 749 (1932); M. Hillery, R. F. O'Connell, M. O. Scully, E. P. Wigner, Phys. Rep. 106,
 * 121 (1984)
 */
import { PsilabError, requireKeys } from '../error.js'
import type { PanelsFigure } from '../figure/index.js'
import { type Axis, interpolate, type WaveFunction } from '../grid/index.js'
import { lineFFT } from '../numeric/index.js'
import { alive } from './alive.js'
import { type Lattice, PhaseDistribution } from './distribution.js'
import { distributionFigure } from './figure.js'
import { evenLength } from './fourier.js'
import { type DensityMatrix, type Source, sourceOf } from './source.js'

export interface WignerOptions {
  /** Which of several coordinates; the others are traced out. Default the only one. */
  readonly coordinate?: string
}

/**
 * Shares of the probability that may be left out at each end of the box and of the wave numbers: the first with which the
 * grid is not too large. Rounding alone fills all wave numbers of a fine grid with about 1e−25.
 */
const TAILS = [1e-26, 1e-22, 1e-18, 1e-14]

/** Most points of phase space: 32 MiB. */
const LARGEST = 2 ** 22

/** A share of the probability beyond the grid's wave numbers that is worth a note. */
const SAID = 1e-12

/** A negativity below which W is nowhere negative but for rounding. */
const FLAT = 1e-9

/** W(x, p) on its own grid: sums over it are integrals. */
export class WignerFunction extends PhaseDistribution {
  #negativity: number | undefined

  /** Tr ρ² = 2π∫W² dx dp: 1 for a pure state; its inverse is about the number of states mixed. */
  get purity(): number {
    return 2 * Math.PI * this.values.reduce((sum, w) => sum + w * w, 0) * this.dx * this.dp
  }

  /**
   * ∫|W| dx dp − 1, twice the volume below 0: 0 for Gaussian states (and of pure states for no others: Hudson 1974).
   * W crosses 0 along lines, where the sum is of second order in the step; it is taken at up to 512 points a side.
   * @see A. Kenfack, K. Życzkowski, J. Opt. B 6, 396 (2004)
   */
  get negativity(): number {
    this.#negativity ??= 2 * this.summed((w) => Math.max(0, -w))
    return this.#negativity
  }

  /** The least value; −1/π at the centre of an odd state is the least there can be. */
  get minimum(): number {
    return this.values.reduce((least, w) => Math.min(least, w), 0)
  }

  override figure(): PanelsFigure {
    return distributionFigure(this, {
      alive: this.alive,
      title: 'Wigner function',
      quantity: 'W',
      scale: 'diverging',
      words: `Its least value is ${this.minimum.toPrecision(3)}, its purity ${this.purity.toPrecision(4)}, the volume below 0 is ${(this.negativity / 2).toPrecision(3)}`,
      captions: [
        this.negativity > FLAT
          ? `Volume below 0: ${(this.negativity / 2).toPrecision(3)}; least value ${this.minimum.toPrecision(3).replace('-', '−')}.`
          : 'Nowhere below 0.',
      ],
    })
  }

  override toString(): string {
    return (
      `Wigner function on ${this.x.length} × ${this.p.length} points, ${this.name} ∈ [${this.x[0].toPrecision(3)}, ` +
      `${this.x[this.x.length - 1].toPrecision(3)}], |p| ≤ ${Math.max(-this.p[0], this.p[this.p.length - 1]).toPrecision(3)}: purity ${this.purity.toPrecision(6)}, ` +
      `negativity ${this.negativity.toPrecision(3)}, minimum ${this.minimum.toPrecision(4)}`
    )
  }
}

/**
 * The Wigner function of a state on a grid, of a density matrix, or of one coordinate of a state of several. States
 * count as 0 outside their box; a state that ends in a step there is refused.
 * @throws PsilabError `parameter`, `resolution`, `too-large`, `not-finite`
 * @example
 * wigner(problem.eigenstates(2).states[1]).at(0, 0) // −1/π for an odd state
 */
export function wigner(state: WaveFunction | DensityMatrix, options: WignerOptions = {}): WignerFunction {
  requireKeys('wigner', options, ['coordinate'])
  return wignerOf(sourceOf(state, options.coordinate)).withAlive(alive(state, { form: 'wigner' }))
}

/** Where a state lies, and the wave numbers it has: what is there of it at each point and at each wave number. */
interface Weights {
  readonly along: Float64Array
  readonly k: Float64Array
  readonly modes: Float64Array
}

function weightsOf({ wave, axis }: Source): Weights {
  const { values } = wave
  const width = values.length / 2 / axis.points
  const {
    k: [k],
    values: phi,
  } = wave.momentum()
  const m = phi.length / 2 / k.length
  return {
    along: Float64Array.from({ length: axis.points }, (_, i) => power(values, i * width, width)),
    k,
    modes: k.map((_, q) => power(phi, q * m, m)),
  }
}

/** Σ|z|² over some complex numbers. */
function power(values: Float64Array, from: number, count: number): number {
  let sum = 0
  for (let i = 2 * from; i < 2 * (from + count); i++) sum += values[i] * values[i]
  return sum
}

/** First and last index between which all but a share of the weight lies. */
function trimmed(weights: Float64Array, tail: number): [first: number, last: number] {
  const least = tail * weights.reduce((sum, w) => sum + w, 0)
  let [first, last] = [0, weights.length - 1]
  for (let left = weights[first]; left < least && first < last; left += weights[first]) first++
  for (let left = weights[last]; left < least && last > first; left += weights[last]) last--
  return [first, last]
}

/** Box, points and middle wave number of the grid for a state. */
function frameOf(
  { axis }: Source,
  { along, k, modes }: Weights,
  margins: { readonly x: number; readonly p: number },
) {
  const { lower, upper, coordinates, spacing } = axis
  const frames = TAILS.map((tail) => {
    const [first, last] = trimmed(along, tail)
    const from = Math.max(lower, coordinates[first] - spacing) - margins.x
    const to = Math.min(upper, coordinates[last] + spacing) + margins.x
    const [low, high] = trimmed(modes, tail)
    const [lowest, highest] = [2 * k[low] - k[low + 1], 2 * k[high] - k[high - 1]]
    const K = (highest - lowest) / 2 + margins.p
    const least = Math.max(32, (2 * (to - from) * K) / Math.PI)
    // Lengths that no transform will have are not looked for.
    const n = least * least <= LARGEST ? evenLength(least) : Math.ceil(least)
    return { from, to, n, centre: (highest + lowest) / 2, highest, tail }
  })
  const frame = frames.find(({ n }) => n * n <= LARGEST)
  if (frame) return frame
  const { n } = frames[frames.length - 1]
  throw new PsilabError({
    code: 'too-large',
    parameter: 'state',
    problem: `its phase space takes ${n} × ${n} points`,
    allowed: `at most ${LARGEST} points`,
    got: n * n,
    advice: 'Put the state on a smaller box or a coarser grid first: state.on(grid).',
  })
}

/** @param margins how much further the grid reaches than the state, along x and p */
export function wignerOf(
  source: Source,
  margins: { readonly x: number; readonly p: number } = { x: 0, p: 0 },
): WignerFunction {
  const { axis, notes } = source
  const weights = weightsOf(source)
  const { from, to, n, centre, highest, tail } = frameOf(source, weights, margins)
  const dx = (to - from) / n
  const dp = Math.PI / (to - from)
  const lattice: Lattice = {
    x: Float64Array.from({ length: n }, (_, j) => from + j * dx),
    p: Float64Array.from({ length: n }, (_, k) => centre + (k - n / 2) * dp),
    dx,
    dp,
  }
  return new WignerFunction(axis.name, lattice, transformed(source, lattice, centre), [
    ...notes,
    ...(tail > TAILS[0]
      ? [`Left out at each end, so that the grid is not too large: ${tail} of the probability.`]
      : []),
    ...beyond(axis, weights, highest),
  ])
}

/** W at all points: the transforms of two neighbouring x at once, since each is real. */
function transformed(source: Source, { x, dx }: Lattice, centre: number): Float64Array {
  const n = x.length
  const correlation = correlationOf(source, x, centre)
  const fft = lineFFT(n)
  const [line, out] = [new Float64Array(2 * n), new Float64Array(2 * n)]
  const values = new Float64Array(n * n)
  for (let j = 0; j < n; j += 2) {
    line.fill(0)
    for (const second of [0, 1]) {
      const c = j + second
      const reach = Math.min(c, n - 1 - c)
      for (let m = -reach; m <= reach; m++) {
        const [re, im] = correlation(c + m, c - m)
        const at = 2 * ((m + n) % n)
        line[at] += second ? -im : re
        line[at + 1] += second ? re : im
      }
    }
    fft.forward(line, out)
    for (let k = 0; k < n; k++) {
      const from = 2 * ((k + n / 2) % n)
      values[j * n + k] = (dx / Math.PI) * out[from]
      values[(j + 1) * n + k] = (dx / Math.PI) * out[from + 1]
    }
  }
  return values
}

/** ρ(x_a, x_b) e^{−i centre (x_a − x_b)} on the points of the lattice. */
function correlationOf({ wave, pure }: Source, x: Float64Array, centre: number) {
  const n = x.length
  const turn = x.map((at) => -centre * at)
  const [c, s] = [turn.map(Math.cos), turn.map(Math.sin)]
  const found = new Float64Array(2)
  if (pure) {
    const psi = interpolate(wave, [x])
    for (let i = 0; i < n; i++) {
      const [re, im] = [psi[2 * i], psi[2 * i + 1]]
      psi[2 * i] = re * c[i] - im * s[i]
      psi[2 * i + 1] = re * s[i] + im * c[i]
    }
    return (a: number, b: number): Float64Array => {
      found[0] = psi[2 * a] * psi[2 * b] + psi[2 * a + 1] * psi[2 * b + 1]
      found[1] = psi[2 * a + 1] * psi[2 * b] - psi[2 * a] * psi[2 * b + 1]
      return found
    }
  }
  const rho = interpolate(wave, [x, x])
  return (a: number, b: number): Float64Array => {
    const at = 2 * (a * n + b)
    const [cos, sin] = [c[a] * c[b] + s[a] * s[b], s[a] * c[b] - c[a] * s[b]]
    found[0] = rho[at] * cos - rho[at + 1] * sin
    found[1] = rho[at] * sin + rho[at + 1] * cos
    return found
  }
}

/**
 * What lies beyond the wave numbers of the grid, where the state has a kink at walls: |φ|² falls as c/p⁴ then, so that
 * about twice as much lies beyond K as between ⅞K and K.
 */
function beyond({ boundary }: Axis, { k, modes }: Weights, highest: number): readonly string[] {
  const end = k[k.length - 1]
  if (highest < end) return []
  const outer = modes.reduce((sum, weight, q) => (Math.abs(k[q]) > (7 / 8) * end ? sum + weight : sum), 0)
  const share = (2 * outer) / modes.reduce((sum, weight) => sum + weight, 0)
  if (share < SAID) return []
  const why = boundary === 'walls' ? ', because ψ has a kink at the walls' : ''
  return [`About ${share.toExponential(0)} of the probability has momenta beyond the grid's${why}.`]
}

/** A run on a line as a sum over modes, ψ(x, s) = Σ c_n exp(−i e^{−iθ} E_n s) φ_n(x), for a drawing. */
import type { WaveFunction } from '../grid/index.js'
import type { Discretisation, EvolveOptions, Hamiltonian, InitialState } from '../qde/index.js'
import { countUpTo, type Modes, modesOf } from './modes.js'

/** Standard deviations of H above ⟨H⟩, and of k about k₀, that are held. */
const REACH = 6
/** Share of ∫|ψ|² that the modes may miss. */
const LOST = 1e-6
/** |ψ|² at the ends of a box, as a share of its peak, above which a run there is none of its modes alone. */
const EDGE = 1e-8

export interface ModalRun {
  readonly modes: Modes
  /** States at the times, interleaved on the modes' x; any norm. */
  readonly psi: readonly Float64Array[]
  /** ⟨H⟩ of each. */
  readonly energy: readonly number[]
}

/** @returns undefined where a coarse grid does not hold the run */
export function modalRun(
  space: Discretisation,
  initial: InitialState | WaveFunction,
  { angle = 0, from = 0 }: EvolveOptions,
  times: readonly number[],
): ModalRun | undefined {
  const choice = space.choose({ levels: space.defaultLevels })
  const enough = choice.levels === undefined || choice.levels >= space.defaultLevels
  if (choice.confinement !== 'confining' || !enough) return undefined
  let parts: Parts | undefined
  const modes = modesOf(space, choice.grid, {
    count(hamiltonian, held) {
      const state = on(initial, hamiltonian)
      if (state === undefined) return undefined
      const { mean, deviation } = momentsOf(hamiltonian, state)
      if (mean + REACH * deviation > held) return undefined
      // In steep ζ rare energies reach far above the mean.
      return countUpTo(hamiltonian, held)
    },
    suffices(found) {
      parts = partsOf(on(initial, found.hamiltonian)!, found)
      return parts.missed <= LOST
    },
  })
  if (modes === undefined) return undefined
  const { re, im } = parts!
  const { energies, x, drawn } = modes
  const energy: number[] = []
  const psi = times.map((time) => {
    const s = time - from
    const wave = new Float64Array(2 * x.length)
    let [sum, weighted] = [0, 0]
    energies.forEach((E, n) => {
      const size = Math.exp(-Math.sin(angle) * s * (E - energies[0]))
      const phase = -Math.cos(angle) * s * E
      const [cos, sin] = [size * Math.cos(phase), size * Math.sin(phase)]
      const [a, b] = [re[n] * cos - im[n] * sin, re[n] * sin + im[n] * cos]
      sum += a * a + b * b
      weighted += (a * a + b * b) * E
      const phi = drawn[n]
      for (let i = 0; i < phi.length; i++) {
        wave[2 * i] += a * phi[i]
        wave[2 * i + 1] += b * phi[i]
      }
    })
    energy.push(weighted / sum)
    return wave
  })
  return { modes, psi, energy }
}

/** c_n = ⟨φ_n|ψ⟩, and the share of ∫|ψ|² that they miss. */
interface Parts {
  readonly re: Float64Array
  readonly im: Float64Array
  readonly missed: number
}

function partsOf({ values, normSquared }: WaveFunction, { grid, vectors }: Modes): Parts {
  const unit = Math.sqrt(grid.cell)
  const re = new Float64Array(vectors.length)
  const im = new Float64Array(vectors.length)
  let found = 0
  vectors.forEach((vector, n) => {
    for (let j = 0; j < vector.length; j++) {
      re[n] += vector[j] * values[2 * j] * unit
      im[n] += vector[j] * values[2 * j + 1] * unit
    }
    found += re[n] ** 2 + im[n] ** 2
  })
  return { re, im, missed: Math.abs(1 - found / normSquared) }
}

/** ψ(0) on the points of a grid, where that holds its momenta and it has decayed at the ends. */
function on(initial: InitialState | WaveFunction, { grid }: Hamiltonian): WaveFunction | undefined {
  let state: WaveFunction
  if ('sample' in initial) {
    const { packet } = initial
    if (packet === undefined) return undefined
    const largest = Math.abs(packet.k0[0]) + REACH / (2 * packet.sigma[0])
    if (largest > Math.PI / grid.axes[0].spacing) return undefined
    state = initial.sample(grid)
  } else {
    if (initial.grid.size !== grid.size || initial.grid.axes[0].lower !== grid.axes[0].lower) return undefined
    state = initial
  }
  const { values } = state
  let peak = 0
  for (let i = 0; i < values.length; i += 2) peak = Math.max(peak, values[i] ** 2 + values[i + 1] ** 2)
  const last = values.length - 2
  const edge = Math.max(values[0] ** 2 + values[1] ** 2, values[last] ** 2 + values[last + 1] ** 2)
  return edge <= EDGE * peak ? state : undefined
}

/** ⟨H⟩ and ΔH from the full matrix. */
function momentsOf(
  hamiltonian: Hamiltonian,
  { values, normSquared, grid }: WaveFunction,
): { readonly mean: number; readonly deviation: number } {
  const matrix = hamiltonian.matrix()
  const n = grid.size
  let [mean, square] = [0, 0]
  for (let i = 0; i < n; i++) {
    let [re, im] = [0, 0]
    for (let j = 0; j < n; j++) {
      re += matrix[i * n + j] * values[2 * j]
      im += matrix[i * n + j] * values[2 * j + 1]
    }
    mean += re * values[2 * i] + im * values[2 * i + 1]
    square += re * re + im * im
  }
  const norm = normSquared / grid.cell
  mean /= norm
  return { mean, deviation: Math.sqrt(Math.max(0, square / norm - mean * mean)) }
}

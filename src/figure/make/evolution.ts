import { FigureError } from '../errors.js'
import { pack } from '../packed.js'
import type { EvolutionFigure, ProblemRecord } from '../payload.js'
import { provenance } from '../provenance.js'
import { expectLength } from './check.js'
import { decimated, take, windowOf } from './decimate.js'
import { toTheEnds } from './ends.js'
import { argmax, peakPlace } from './extrema.js'
import { say, timeOf } from './words.js'

/** Most points along x, most frames, and most points × frames: 3 bytes each, which keeps a saved figure below 60 KB. */
const POINTS = 240
const FRAMES = 120
const SAMPLES = 12_200

/** Steps of a turn in which phases are stored. */
const PHASE_STEPS = 256

/** A point is drawn where |ψ|² ever exceeds this share of its largest value, and a margin beside. */
const VISIBLE = 1e-3
const MARGIN = 0.12

export interface EvolutionData {
  readonly problem: ProblemRecord
  /** Wick angle θ in radians: 0 real time, π/2 imaginary time. */
  readonly angle: number
  readonly readings: readonly ('born' | 'population')[]
  /** Coordinates, N equidistant points. */
  readonly x: Float64Array
  /** ζ at x. */
  readonly zeta: Float64Array
  /** T times. */
  readonly times: readonly number[]
  /** T frames of ψ, each interleaved re, im, length 2N; any norm. */
  readonly psi: readonly Float64Array[]
  /** ⟨H⟩ of each frame. */
  readonly energy: readonly number[]
  readonly groundEnergy?: number
  readonly seed?: number
}

/** ψ(x, s) along a run; space and time decimated, every frame normalised to ∫|ψ|² = 1 and quantised. */
export function evolutionFigure(data: EvolutionData): EvolutionFigure {
  const { problem, angle, readings, times, energy, groundEnergy, seed } = data
  expectLength('zeta', data.zeta, data.x.length)
  expectLength('energy', energy, times.length)
  expectLength('psi', data.psi as unknown as ArrayLike<number>, times.length)
  data.psi.forEach((frame, k) => {
    expectLength(`psi[${k}]`, frame, 2 * data.x.length)
  })
  const dx = (data.x[data.x.length - 1]! - data.x[0]!) / (data.x.length - 1)
  const norms = data.psi.map((frame, k) => normOf(frame, dx, k))
  const ends = toTheEnds(problem.grid[0], data.x)
  const [x, zeta] = [ends.x, ends.surface(data.zeta)]
  const psi = data.psi.map((frame) => ends.wave(frame, 2))
  const n = x.length
  const envelope = envelopeOf(psi, norms, n)
  const floor = VISIBLE * envelope[argmax(envelope)]!
  const [from, to] = windowOf(n, (i) => envelope[i]! > floor, MARGIN)
  const points = decimated(from, to, POINTS)
  const frames = decimated(0, times.length, Math.min(FRAMES, Math.floor(SAMPLES / points.length)))
  const shape = [frames.length, points.length]
  const magnitude = new Float64Array(frames.length * points.length)
  const phase = new Float64Array(frames.length * points.length)
  const step = (2 * Math.PI) / PHASE_STEPS
  let at = 0
  for (const k of frames) {
    for (const i of points) {
      const [re, im] = [psi[k]![2 * i]!, psi[k]![2 * i + 1]!]
      magnitude[at] = Math.hypot(re, im) / norms[k]!
      phase[at++] = step * ((Math.round(Math.atan2(im, re) / step) + PHASE_STEPS) % PHASE_STEPS)
    }
  }
  return {
    kind: 'evolution',
    version: 1,
    title: `Wave function in ${timeOf(angle).words}`,
    alt: describe(data),
    provenance: provenance(problem, seed),
    problem,
    angle,
    readings,
    x: pack(take(x, points), { name: 'x' }),
    zeta: pack(take(zeta, points), { name: 'zeta' }),
    times: pack(take(times, frames), { name: 'times' }),
    magnitude: pack(magnitude, { dtype: 'uint16', shape, name: 'magnitude' }),
    phase: pack(phase, { dtype: 'uint8', shape, step, name: 'phase' }),
    energy: pack(take(energy, frames), { dtype: 'float64', name: 'energy' }),
    ...(groundEnergy === undefined ? {} : { groundEnergy }),
  }
}

/** (∫|ψ|² dx)^½ by the rectangle rule, exact on a periodic grid. */
function normOf(frame: Float64Array, dx: number, index: number): number {
  let sum = 0
  for (const value of frame) sum += value * value
  const norm = Math.sqrt(sum * dx)
  if (Number.isFinite(norm) && norm > 0) return norm
  throw new FigureError({
    code: 'invalid',
    name: `psi[${index}]`,
    expected: 'of finite norm above 0',
    got: String(norm),
  })
}

/** Largest |ψ|² that each point ever carries. */
function envelopeOf(psi: readonly Float64Array[], norms: readonly number[], n: number): Float64Array {
  const envelope = new Float64Array(n)
  psi.forEach((frame, k) => {
    for (let i = 0; i < n; i++) {
      const density = (frame[2 * i]! ** 2 + frame[2 * i + 1]! ** 2) / norms[k]! ** 2
      if (density > envelope[i]!) envelope[i] = density
    }
  })
  return envelope
}

function describe({ problem, angle, readings, x, times, psi, energy, groundEnergy }: EvolutionData): string {
  const { symbol, words } = timeOf(angle)
  const name = problem.grid[0]?.name ?? 'x'
  const last = times.length - 1
  const density = readings.includes('born') ? 'Probability density |ψ|²' : 'Population density ψ/∫ψ'
  const peak = (frame: Float64Array): string =>
    say(
      peakPlace(
        Float64Array.from(x, (_, i) => frame[2 * i]! ** 2 + frame[2 * i + 1]! ** 2),
        [x],
      )[0]!,
    )
  const ground = groundEnergy === undefined ? '' : ` The ground state lies at ${say(groundEnergy)}.`
  return (
    `${density} over the objective ζ in ${words}, ${symbol} from ${say(times[0]!)} to ${say(times[last]!)}: ` +
    `its peak goes from ${name} = ${peak(psi[0]!)} to ${name} = ${peak(psi[last]!)}, ` +
    `its energy ⟨H⟩ from ${say(energy[0]!)} to ${say(energy[last]!)}; the ${readings.includes('born') ? 'norm' : 'integral'} is 1.${ground}`
  )
}

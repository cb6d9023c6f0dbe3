/**
 * The numbers behind an evolution figure: ψ at its frames and between them.
 */
import { localMaxima } from '../make/extrema.js'
import { symbol } from '../make/words.js'
import { unpack } from '../packed.js'
import type { EvolutionFigure } from '../payload.js'
import { blend } from './blend.js'
import { type Axis, uprightTitle } from './grammar.js'
import { memo } from './memo.js'
import { type Walls, wallsOf } from './walls.js'

/** Height of the tallest density, as a share of the energies shown below it. */
const RISE = 0.8

/** A decoded run. */
export interface Wave {
  readonly x: Float64Array
  readonly zeta: Float64Array
  readonly times: Float64Array
  readonly energy: Float64Array
  readonly psi: Float64Array
  /** Energy units per unit of density: the scale on which densities stand. */
  readonly lift: number
  readonly walls: Walls
  readonly name: string
  readonly up: Axis
}

/** The numbers of an evolution figure, and the axes and scale that hold for all its frames. */
export const waveOf: (figure: EvolutionFigure) => Wave = memo((figure: EvolutionFigure): Wave => {
  const x = unpack(figure.x)
  const zeta = unpack(figure.zeta)
  const energy = unpack(figure.energy)
  const psi = complex(unpack(figure.magnitude), unpack(figure.phase))
  const peaks = Array.from(energy, (_, k) =>
    tallestOf(figure, x, psi.subarray(2 * k * x.length, 2 * (k + 1) * x.length)),
  )
  const tallest = Math.max(...peaks)
  const low = Math.min(...zeta, ...energy)
  const barrier = localMaxima(zeta).map((i) => zeta[i]!)
  const high = Math.max(...energy, figure.groundEnergy ?? low, low + 1e-6)
  const span = Math.max(high, Math.min(Math.max(high, ...barrier), high + (high - low))) - low
  const lift = (RISE * span) / tallest
  const reached = Math.max(...energy.map((level, k) => level + lift * peaks[k]!))
  const top = Math.max(reached, low + 1.1 * span)
  const name = symbol(figure.problem.grid[0]?.name ?? 'x')
  return {
    x,
    zeta,
    times: unpack(figure.times),
    energy,
    psi,
    lift,
    walls: wallsOf(figure.problem.grid[0], x[0]!, x[x.length - 1]!),
    name,
    up: {
      domain: [low - 0.06 * (top - low), top + 0.03 * (top - low)],
      labelled: { ...uprightTitle(`ζ(${name}), ⟨H⟩`), tickCount: 6 },
    },
  }
})

/** Largest value of the readings that are drawn, at one frame. */
function tallestOf(figure: EvolutionFigure, x: Float64Array, psi: Float64Array): number {
  let born = 0
  for (let i = 0; i < psi.length; i += 2) born = Math.max(born, psi[i]! ** 2 + psi[i + 1]! ** 2)
  const population = figure.readings.includes('population') ? Math.max(0, ...(populationOf(x, psi) ?? [])) : 0
  return figure.readings.includes('born')
    ? Math.max(born, Math.min(population, LOUDEST * born))
    : Math.min(population, LOUDEST * born) || born
}

/** A population whose ψ almost cancels has no bound; it is cut at so many times the peak of |ψ|². */
const LOUDEST = 8

/** The population reading Re ψ/∫Re ψ dx; nothing where ψ has no positive sum. */
export function populationOf(x: Float64Array, psi: Float64Array): Float64Array | undefined {
  let sum = 0
  for (let i = 1; i < x.length; i++) sum += 0.5 * (psi[2 * i]! + psi[2 * i - 2]!) * (x[i]! - x[i - 1]!)
  return sum > 0 ? x.map((_, i) => psi[2 * i]! / sum) : undefined
}

/** |ψ| and arg ψ as interleaved re, im. */
function complex(magnitude: Float64Array, phase: Float64Array): Float64Array {
  const psi = new Float64Array(2 * magnitude.length)
  magnitude.forEach((size, i) => {
    psi[2 * i] = size * Math.cos(phase[i]!)
    psi[2 * i + 1] = size * Math.sin(phase[i]!)
  })
  return psi
}

/** ψ and ⟨H⟩ at a frame or between two: a fractional frame is blended from its neighbours where they overlap. */
export function frameAt(known: Wave, frame: number): { psi: Float64Array; energy: number } {
  const { x, psi, energy } = known
  const n = 2 * x.length
  const before = Math.floor(frame)
  const share = frame - before
  const here = psi.subarray(before * n, (before + 1) * n)
  if (share === 0) return { psi: here, energy: energy[before]! }
  const between = blend(here, psi.subarray((before + 1) * n, (before + 2) * n), share)
  if (!between) return frameAt(known, Math.round(frame))
  return { psi: between, energy: (1 - share) * energy[before]! + share * energy[before + 1]! }
}

/** How far the density moves from each frame to the next: ∫| |ψ|² − |ψ'|² |, up to a factor. */
export function motion(figure: EvolutionFigure): number[] {
  const { x, psi, times } = waveOf(figure)
  const n = x.length
  const density = (i: number): number => psi[2 * i]! ** 2 + psi[2 * i + 1]! ** 2
  return Array.from({ length: times.length - 1 }, (_, k) => {
    let moved = 0
    for (let i = k * n; i < (k + 1) * n; i++) moved += Math.abs(density(i + n) - density(i))
    return moved
  })
}

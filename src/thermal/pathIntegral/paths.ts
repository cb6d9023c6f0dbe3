/**
 * Closed paths of P beads of several chains, and the moves that sample e^{−S} of the primitive action
 *
 *   S = Σ_i [ |x_{i+1} − x_i|²/4Dε + ε ζ(x_i) ],   ε = β/P,   x_P = x_0.
 *
 * A segment move draws the beads between two fixed ones from the free path between them (a Brownian bridge, exact for
 * the first term) and accepts them by the second; a shift moves a whole path along one axis by a Gaussian step and
 * accepts by the second term alone. Each chain draws from a stream of its own and looks at no other, so that its path
 * depends on seed and number alone; chains move together only so that ζ is evaluated for all at once.
 *
 * References: Pollock and Ceperley, Phys. Rev. B 30, 2555 (1984); Sprik, Klein and Chandler, Phys. Rev. B 31, 4234
 * (1985) for staging; Ceperley, Rev. Mod. Phys. 67, 279 (1995).
 */
import type { RandomStream } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'

/** Share of shifts that is accepted once their length has settled, and how fast it settles. */
const WANTED = 0.45
const GAIN = 3

export interface PathsOptions {
  readonly objective: Objective
  readonly D: number
  readonly beta: number
  readonly beads: number
  /** One stream a chain. */
  readonly streams: readonly RandomStream[]
  /** First place of each chain, one array a coordinate. */
  readonly start: readonly Float64Array[]
}

export class Paths {
  /** Beads of all chains, one array a coordinate; bead i of chain c is at c·P + i. */
  readonly beads: readonly Float64Array[]
  /** ζ at each bead. */
  readonly zeta: Float64Array
  /** Moves tried and taken since the lengths of shifts have settled: segments, shifts. */
  readonly tried = { segments: 0, shifts: 0 }
  readonly taken = { segments: 0, shifts: 0 }
  private readonly objective: Objective
  private readonly streams: readonly RandomStream[]
  private readonly P: number
  private readonly epsilon: number
  /** Variance 2Dε of a free step. */
  private readonly step: number
  /** Lengths of segments in beads, longest first; each pass uses the next. */
  private readonly segments: readonly number[]
  /** Length of shifts, one array an axis, one number a chain. */
  private readonly shifts: readonly Float64Array[]
  private passes = 0

  constructor({ objective, D, beta, beads, streams, start }: PathsOptions) {
    this.objective = objective
    this.streams = streams
    this.P = beads
    this.epsilon = beta / beads
    this.step = 2 * D * this.epsilon
    this.beads = start.map((place) => {
      const all = new Float64Array(streams.length * beads)
      place.forEach((x, c) => {
        all.fill(x, c * beads, (c + 1) * beads)
      })
      return all
    })
    this.zeta = objective.evaluate(this.beads)
    this.segments = segmentLengths(beads)
    // The thermal wavelength, until acceptance says better.
    this.shifts = start.map(() => new Float64Array(streams.length).fill(Math.sqrt(2 * D * beta)))
  }

  /**
   * One pass: as many segments as the path has beads for, then a shift along each axis.
   * @param settling whether shifts are still made longer or shorter; the paths are no sample while they are
   */
  pass(settling: boolean): void {
    if (this.segments.length > 0) {
      const length = this.segments[this.passes % this.segments.length]
      const count = Math.max(1, Math.round(this.P / (length + 1)))
      for (let k = 0; k < count; k++) this.moveSegments(length, settling)
    }
    for (let axis = 0; axis < this.beads.length; axis++) this.shift(axis, settling)
    this.passes++
  }

  private moveSegments(length: number, settling: boolean): void {
    const { P, step, streams, beads, zeta } = this
    const chains = streams.length
    const first = new Int32Array(chains)
    const trial = beads.map(() => new Float64Array(chains * length))
    for (let c = 0; c < chains; c++) {
      first[c] = streams[c].integer(P)
      for (let d = 0; d < beads.length; d++) {
        const path = beads[d].subarray(c * P, (c + 1) * P)
        const end = path[(first[c] + length + 1) % P]
        let x = path[first[c]]
        for (let j = 0; j < length; j++) {
          // Mean and variance of a free bead between x and an end that is `left` steps away.
          const left = length + 1 - j
          x += (end - x) / left + Math.sqrt((step * (left - 1)) / left) * streams[c].normal()
          trial[d][c * length + j] = x
        }
      }
    }
    const found = this.objective.evaluate(trial)
    for (let c = 0; c < chains; c++) {
      let change = 0
      for (let j = 0; j < length; j++)
        change += found[c * length + j] - zeta[c * P + ((first[c] + 1 + j) % P)]
      // A change that is no number is refused, and −∞ with it: ζ is not finite there.
      if (!(change > -Infinity && streams[c].uniform() < Math.exp(-this.epsilon * change))) continue
      if (!settling) this.taken.segments++
      for (let j = 0; j < length; j++) {
        const i = c * P + ((first[c] + 1 + j) % P)
        zeta[i] = found[c * length + j]
        for (let d = 0; d < beads.length; d++) beads[d][i] = trial[d][c * length + j]
      }
    }
    if (!settling) this.tried.segments += chains
  }

  private shift(axis: number, settling: boolean): void {
    const { P, streams, beads, zeta } = this
    const lengths = this.shifts[axis]
    const moved = beads[axis].slice()
    for (let c = 0; c < streams.length; c++) {
      const by = lengths[c] * streams[c].normal()
      for (let i = c * P; i < (c + 1) * P; i++) moved[i] += by
    }
    const found = this.objective.evaluate(beads.map((column, d) => (d === axis ? moved : column)))
    for (let c = 0; c < streams.length; c++) {
      let change = 0
      for (let i = c * P; i < (c + 1) * P; i++) change += found[i] - zeta[i]
      const takes = change > -Infinity && streams[c].uniform() < Math.exp(-this.epsilon * change)
      // Robbins and Monro: the share of shifts taken approaches the wanted one as the gain falls.
      if (settling) lengths[c] *= Math.exp((GAIN * ((takes ? 1 : 0) - WANTED)) / Math.sqrt(this.passes + 9))
      else if (takes) this.taken.shifts++
      if (!takes) continue
      zeta.set(found.subarray(c * P, (c + 1) * P), c * P)
      beads[axis].set(moved.subarray(c * P, (c + 1) * P), c * P)
    }
    if (!settling) this.tried.shifts += streams.length
  }
}

/** All beads but one, and about a half, a quarter, … of them: one of these suits whatever ζ and β are. */
function segmentLengths(beads: number): number[] {
  const lengths: number[] = []
  for (let length = beads - 1; length >= 1; length = Math.floor(length / 2)) lengths.push(length)
  return lengths
}

/**
 * The numbers behind a figure of ψ in two or three dimensions: its frames, what lies between them, and the scales that
 * hold for all.
 */
import { say, timeOf } from '../../make/words.js'
import { unpack } from '../../packed.js'
import type { WaveFigure } from '../../payload.js'
import { blend } from '../blend.js'
import { memo } from '../memo.js'

export interface Decoded {
  readonly axes: readonly Float64Array[]
  readonly shape: readonly number[]
  readonly fields: readonly Float64Array[]
  /** Interleaved re, im of each frame, one number a field. */
  readonly weights: readonly Float64Array[]
  readonly energy: Float64Array | undefined
}

export const decoded: (figure: WaveFigure) => Decoded = memo((figure: WaveFigure): Decoded => {
  const axes = figure.axes.map((axis) => unpack(axis))
  const all = unpack(figure.weights)
  const row = 2 * figure.fields.length
  return {
    axes,
    shape: axes.map((axis) => axis.length),
    fields: figure.fields.map((field) => unpack(field)),
    weights: figure.frames.values.map((_, t) => all.subarray(t * row, (t + 1) * row)),
    energy: figure.energy && unpack(figure.energy),
  }
})

/** The components of ψ at a frame of a run, or between two that overlap. */
function weightsAt({ weights }: Decoded, frame: number): Float64Array {
  const before = Math.min(weights.length - 1, Math.max(0, Math.floor(frame)))
  const share = frame - before
  const [here, next] = [weights[before]!, weights[before + 1]]
  if (share <= 0 || !next) return here
  return blend(here, next, share) ?? (share < 0.5 ? here : next)
}

/** ψ at a frame, interleaved re, im. */
export function waveAt(figure: WaveFigure, frame: number): Float32Array {
  return summed(decoded(figure).fields, partsAt(figure, frame))
}

/** What tells ψ of one frame from that of another. */
export function partsAt(figure: WaveFigure, frame: number): Float64Array {
  return weightsAt(decoded(figure), figure.angle === undefined ? Math.round(frame) : frame)
}

/** Fields whose weight is below this share of the largest are not seen. */
const UNSEEN = 1e-4

function summed(fields: readonly Float64Array[], weights: Float64Array): Float32Array {
  const psi = new Float32Array(2 * fields[0]!.length)
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
  fields.forEach((field, k) => {
    const [re, im] = [weights[2 * k]!, weights[2 * k + 1]!]
    if (Math.max(Math.abs(re), Math.abs(im)) < UNSEEN * largest) return
    for (let i = 0, to = 0; i < field.length; i++, to += 2) {
      const value = field[i]!
      psi[to]! += re * value
      psi[to + 1]! += im * value
    }
  })
  return psi
}

/** Largest |ψ| of each frame. */
const peaks: (figure: WaveFigure) => readonly number[] = memo((figure: WaveFigure) => {
  const { fields, weights } = decoded(figure)
  let [last, largest]: [string, number] = ['', 0]
  return weights.map((row) => {
    // While a slider moves, all frames are one.
    if (row.join() === last) return largest
    last = row.join()
    const psi = summed(fields, row)
    let square = 0
    for (let i = 0; i < psi.length; i += 2) square = Math.max(square, psi[i]! ** 2 + psi[i + 1]! ** 2)
    largest = Math.sqrt(square)
    return largest
  })
})

/** |ψ| that gets the strongest colour: the largest of a run, or of a frame that stands for itself. */
export function largestAt(figure: WaveFigure, frame: number): number {
  const all = peaks(figure)
  return figure.angle === undefined ? all[Math.round(frame)]! : Math.max(...all)
}

/** "t = 1.25, ⟨H⟩ = 3.2" */
export function captionOf(figure: WaveFigure, frame: number): string {
  const { values, labels, symbol } = figure.frames
  const t = Math.round(frame)
  const energy = decoded(figure).energy?.[t]
  const name = figure.angle === undefined ? symbol : timeOf(figure.angle).symbol
  const words = labels?.[t] ?? (name === '' ? '' : `${name} = ${say(values[t]!)}`)
  return [words, energy === undefined ? '' : `⟨H⟩ = ${say(energy, 4)}`]
    .filter((part) => part !== '')
    .join(', ')
}

/** How far |ψ|² moves from each frame to the next, up to a factor: 1 − |⟨ψ|ψ'⟩|². */
export function motion(figure: WaveFigure): number[] {
  const { weights } = decoded(figure)
  return weights.slice(1).map((next, t) => {
    const here = weights[t]!
    let [re, im, a, b] = [0, 0, 0, 0]
    for (let i = 0; i < here.length; i += 2) {
      re += here[i]! * next[i]! + here[i + 1]! * next[i + 1]!
      im += here[i]! * next[i + 1]! - here[i + 1]! * next[i]!
      a += here[i]! ** 2 + here[i + 1]! ** 2
      b += next[i]! ** 2 + next[i + 1]! ** 2
    }
    return Math.sqrt(Math.max(0, 1 - (re * re + im * im) / (a * b)))
  })
}

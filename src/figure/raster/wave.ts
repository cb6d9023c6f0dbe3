/**
 * A complex field as a picture: hue is its phase, distance from the paper its size.
 */
import { PHASES } from '../colour/phase.js'
import { SIZES } from '../colour/wave.js'
import type { Raster } from './raster.js'
import { type Resampling, resampled, resampling } from './resample.js'

export interface WavePaint {
  /** Lengths [Nx, Ny] of the field. */
  readonly shape: readonly [number, number]
  /** |ψ| that gets the last colour; beyond it the colour stays. */
  readonly largest: number
  /** Of `waveColours`. */
  readonly colours: Uint32Array
  /** Pixels [width, height] of the picture; default as many as samples, each drawn as it is. */
  readonly size?: readonly [number, number]
}

const known = new Map<string, Resampling>()

/** Lengths that are remembered. */
const REMEMBERED = 64

function between(samples: number, pixels: number): Resampling {
  const name = `${samples} ${pixels}`
  const found = known.get(name)
  if (found) return found
  if (known.size >= REMEMBERED) known.clear()
  const made = resampling(samples, pixels)
  known.set(name, made)
  return made
}

/**
 * Paint a C-order field, x slow, re and im interleaved: x runs to the right, y upwards, each pixel a cell of the rectangle
 * between the outermost samples. Where pixels are not as many as samples, ψ is resampled as a complex number, and hue and size are taken of each pixel after that: no
 * colour is mixed, and nothing marks where the angle is cut.
 */
export function paintWave(psi: Float64Array | Float32Array, options: WavePaint): Raster {
  const { shape, largest, colours, size = shape } = options
  const [width, height] = size
  const same = width === shape[0] && height === shape[1]
  const fine = same ? psi : resampled(psi, shape, [between(shape[0], width), between(shape[1], height)], 2)
  const pixels = new Uint32Array(width * height)
  const scale = (SIZES - 1) / (largest || 1)
  const last = SIZES - 1
  for (let i = 0, from = 0; i < width; i++) {
    for (let to = (height - 1) * width + i; to >= 0; to -= width, from += 2) {
      const [re, im] = [fine[from]!, fine[from + 1]!]
      const step = Math.min(last, (Math.sqrt(re * re + im * im) * scale + 0.5) | 0)
      pixels[to] = colours[step * PHASES + phaseStep(re, im)]!
    }
  }
  return { width, height, rgba: new Uint8ClampedArray(pixels.buffer) }
}

/**
 * arg(re + i·im) in steps of 2π/PHASES, rounded, in 0 … PHASES − 1.
 *
 * @see C. Hastings, "Approximations for Digital Computers" (1955), sheet 11
 */
export function phaseStep(re: number, im: number): number {
  const [a, b] = [Math.abs(re), Math.abs(im)]
  const [low, high] = a < b ? [a, b] : [b, a]
  if (high === 0) return 0
  const t = low / high
  const s = t * t
  // arctan(t)/2π by Hastings's polynomial: its error of 1.2e−5 rad is far below a step.
  let turn =
    t *
    (0.15915132 +
      s * (-0.05293867 + s * (0.03080341 + s * (-0.01853087 + s * (0.00838004 - s * 0.00186549)))))
  if (a < b) turn = 0.25 - turn
  if (re < 0) turn = 0.5 - turn
  if (im < 0) turn = -turn
  return Math.round((turn + 1) * PHASES) & (PHASES - 1)
}

/** The colours of the disc |z| ≤ 1 as a square of so many pixels: angle is phase, radius size. */
export function paintWheel(colours: Uint32Array, pixels: number): Raster {
  const words = new Uint32Array(pixels * pixels)
  const rgba = new Uint8ClampedArray(words.buffer)
  const radius = pixels / 2
  for (let row = 0; row < pixels; row++) {
    for (let column = 0; column < pixels; column++) {
      const [re, im] = [column + 0.5 - radius, radius - row - 0.5]
      const size = Math.hypot(re, im)
      const step = Math.round(Math.min(1, size / (radius - 1)) * (SIZES - 1))
      const at = row * pixels + column
      words[at] = colours[step * PHASES + phaseStep(re, im)]!
      // The edge runs out over one pixel.
      rgba[4 * at + 3]! *= Math.min(1, Math.max(0, radius - size))
    }
  }
  return { width: pixels, height: pixels, rgba }
}

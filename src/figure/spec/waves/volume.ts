/**
 * ψ(x, y, z) as a block of bytes that a graphics card interpolates. Hue is taken after that: between two samples the real
 * and the imaginary part are linear, and their angle is not.
 */
import { PHASES, type PhaseMapName } from '../../colour/phase.js'
import type { ThemeName } from '../../colour/theme.js'
import { SIZES, waveColours } from '../../colour/wave.js'
import { say, symbol } from '../../make/words.js'
import type { WaveFigure } from '../../payload.js'
import type { ChartFigure } from '../view.js'
import { decoded, largestAt, waveAt } from './decoded.js'

export interface VolumeAxis {
  readonly name: string
  readonly points: number
  /** The coordinates at its ends, and what is written there. */
  readonly domain: readonly [number, number]
  readonly ends: readonly [string, string]
}

/** What stands for 0 and, beyond it, for the largest part of ψ. */
const ZERO = 0x8000
const LARGEST = 0x7fff

export function isInSpace(figure: ChartFigure): figure is WaveFigure {
  return figure.kind === 'wave' && figure.axes.length === 3
}

export function volumeAxes(figure: WaveFigure): VolumeAxis[] {
  return decoded(figure).axes.map((axis, d) => {
    const domain = [axis[0]!, axis[axis.length - 1]!] as const
    return {
      name: symbol(figure.problem.grid[d]?.name ?? 'xyz'[d]!),
      points: axis.length,
      domain,
      ends: [say(domain[0]), say(domain[1])],
    }
  })
}

/**
 * ψ at a frame in C order, x slow: of each sample Re ψ, then Im ψ, as 32768 + 32767 v with v = 1 at the largest |ψ| of the
 * figure's frames, two bytes each, the high one first. Both bytes may be interpolated by themselves.
 */
export function volumeSamples(figure: WaveFigure, frame: number): Uint8Array {
  const psi = waveAt(figure, frame)
  const scale = LARGEST / (largestAt(figure, frame) || 1)
  const bytes = new Uint8Array(2 * psi.length)
  for (let i = 0; i < psi.length; i++) {
    const word = ZERO + Math.round(Math.min(LARGEST, Math.max(-LARGEST, psi[i]! * scale)))
    bytes[2 * i] = word >> 8
    bytes[2 * i + 1] = word & 0xff
  }
  return bytes
}

/** The colours of the phases 2πk/256 at the largest |ψ|, as RGBA. */
export function volumeColours(theme: ThemeName, map: PhaseMapName): Uint8Array {
  const table = waveColours(theme, map)
  return new Uint8Array(table.slice((SIZES - 1) * PHASES).buffer)
}

/**
 * The colour of a phase: a circle in OKLab,
 *
 *     L(h) = L₀ + ΔL cos(h − h₀),   (a, b) = C (cos h, sin h),   walked at constant speed,
 *
 * so that it closes on itself without a seam and equal steps of phase look equally large. Phase 0 is blue and phase π
 * orange: the two signs of a real wave function are told apart by everyone.
 *
 * `uniform` lies in a plane of one lightness (ΔL = 0), which leaves lightness to |ψ|. To a dichromat, who lacks one of the
 * two axes of colour, such a circle is a line walked to and fro. `safe` is tilted: its light side is green, so that the
 * eyes that confuse red and green see a circle of lightness and blue–yellow instead.
 *
 * @see P. Kovesi, "Good Colour Maps: How to Design Them", arXiv:1509.03700 (2015), sections on cyclic and isoluminant maps
 */
import { evenPlaces } from './arc.js'
import { hex, type Oklab, oklch, type Rgb, toRgb } from './oklab.js'

export interface PhaseMap {
  /** L₀ and ΔL: mean lightness, and by how much the lightest phase lies above it. */
  readonly lightness: number
  readonly tilt: number
  /** Chroma C, the same for all phases. */
  readonly chroma: number
  /** Hues in degrees of the phases 2πk/PHASES. */
  readonly hues: readonly number[]
  readonly colours: readonly Rgb[]
}

export type PhaseMapName = 'uniform' | 'safe'

/** Hue of phase 0, and of the lightest phase, in degrees. */
const ORIGIN_HUE = 255
const LIGHTEST_HUE = 150

/** Entries of the table. */
export const PHASES = 256

/** The colour at a hue of a circle of this lightness, tilt and chroma. */
export function onCircle(lightness: number, tilt: number, chroma: number, hue: number): Oklab {
  const shift = ((hue - LIGHTEST_HUE) * Math.PI) / 180
  return oklch(lightness + tilt * Math.cos(shift), chroma, hue)
}

function phaseMap(lightness: number, tilt: number, chroma: number): PhaseMap {
  const at = (turn: number): Oklab => onCircle(lightness, tilt, chroma, ORIGIN_HUE + 360 * turn)
  const places = evenPlaces(at, PHASES)
  return {
    lightness,
    tilt,
    chroma,
    hues: places.map((turn) => ORIGIN_HUE + 360 * turn),
    colours: places.map((turn) => toRgb(at(turn))),
  }
}

/** Chromas are the largest that sRGB shows all around. */
export const PHASE_MAPS: Readonly<Record<PhaseMapName, PhaseMap>> = {
  uniform: phaseMap(0.72, 0, 0.122),
  safe: phaseMap(0.7, 0.15, 0.13),
}

const HEX: Readonly<Record<PhaseMapName, readonly string[]>> = {
  uniform: PHASE_MAPS.uniform.colours.map(hex),
  safe: PHASE_MAPS.safe.colours.map(hex),
}

/** Colour of arg(re + i·im), as `#rrggbb`. */
export function phaseColour(re: number, im: number, map: PhaseMapName = 'uniform'): string {
  const turn = Math.atan2(im, re) / (2 * Math.PI)
  return HEX[map][Math.round((turn + 1) * PHASES) % PHASES]!
}

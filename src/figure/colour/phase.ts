/**
 * The colour of a phase: a tilted circle in OKLab,
 *
 *     L(h) = L₀ + ΔL cos(h − 140°),   (a, b) = C (cos h, sin h),   walked at constant speed.
 *
 * It closes on itself without a seam and equal steps of phase look equally large. The tilt makes green lighter
 * than red, so that phases which a red-green-blind eye would confuse still differ in lightness. Phase 0 is blue
 * and phase π orange: the two signs of a real wave function are told apart by everyone.
 */
import { hex, type Oklab, type Rgb, toRgb } from './oklab.js'

const LIGHTNESS = 0.69
const TILT = 0.055
const TILT_HUE = 140
const CHROMA = 0.118

/** Hue of phase 0, in degrees. */
const ORIGIN_HUE = 255

/** Entries of the table. */
export const PHASES = 256

/** Steps of the numerical arc length; its error is far below one entry of the table. */
const ARC_STEPS = 4096

function onCircle(hue: number): Oklab {
  const h = (hue * Math.PI) / 180
  const tilt = ((hue - TILT_HUE) * Math.PI) / 180
  return [LIGHTNESS + TILT * Math.cos(tilt), CHROMA * Math.cos(h), CHROMA * Math.sin(h)]
}

/** PHASES colours at equal arc length along the circle. */
function walk(): readonly Rgb[] {
  const hues = Array.from({ length: ARC_STEPS + 1 }, (_, i) => ORIGIN_HUE + (360 * i) / ARC_STEPS)
  const arc = [0]
  for (let i = 1; i <= ARC_STEPS; i++) {
    const [p, q] = [onCircle(hues[i - 1]!), onCircle(hues[i]!)]
    arc.push(arc[i - 1]! + Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]))
  }
  const colours: Rgb[] = []
  let step = 0
  for (let k = 0; k < PHASES; k++) {
    const target = (arc[ARC_STEPS]! * k) / PHASES
    while (arc[step + 1]! <= target) step++
    const share = (target - arc[step]!) / (arc[step + 1]! - arc[step]!)
    colours.push(toRgb(onCircle(hues[step]! + (360 / ARC_STEPS) * share)))
  }
  return colours
}

/** Colours of the phases 2πk/PHASES. */
export const PHASE_MAP: readonly Rgb[] = walk()

const PHASE_HEX: readonly string[] = PHASE_MAP.map(hex)

/** Colour of arg(re + i·im), as `#rrggbb`. */
export function phaseColour(re: number, im: number): string {
  const turn = Math.atan2(im, re) / (2 * Math.PI)
  return PHASE_HEX[Math.round((turn + 1) * PHASES) % PHASES]!
}

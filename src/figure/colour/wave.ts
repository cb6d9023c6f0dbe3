/**
 * The colour of a complex number: hue its phase, and the further from the paper the larger its size. At each size all
 * phases of the map `uniform` are equally light and equally colourful, so that neither |ψ| nor arg ψ is read into the other.
 *
 * Where |ψ| → 0 the colour is transparent: what lies below shows.
 */
import { fromRgb, inGamut, type Rgb, toRgb } from './oklab.js'
import { onCircle, PHASE_MAPS, PHASES, type PhaseMapName } from './phase.js'
import { THEMES, type ThemeName } from './theme.js'

/** Steps of |ψ|, the last one the largest. */
export const SIZES = 96

/** Lightness, tilt and chroma at the largest |ψ|, as a change of the map's own. */
interface Full {
  readonly lightness: number
  readonly tilt: number
  readonly chroma: number
}

/** On white paper the largest |ψ| is darker than the map, so that it stands out as far as on black. */
const FULL: Readonly<Record<ThemeName, Readonly<Record<PhaseMapName, Full>>>> = {
  light: {
    uniform: { lightness: 0.65, tilt: 0, chroma: 0.122 },
    safe: { lightness: 0.63, tilt: 0.14, chroma: 0.122 },
  },
  dark: { uniform: PHASE_MAPS.uniform, safe: PHASE_MAPS.safe },
}

/** Share of the largest |ψ| over which the colour fades in. */
const FADE = 0.2

/** Lightness and chroma leave the paper faster than |ψ| grows: what is small keeps a hue. */
const [LIGHTNESS_POWER, CHROMA_POWER] = [0.85, 0.7]

/** Tries to find the largest chroma that sRGB shows all around. */
const HALVINGS = 7

const tables = new Map<string, Uint32Array>()

/**
 * Colours as RGBA words in the order of the machine: entry `size · PHASES + phase` is that of |ψ| = size/(SIZES − 1) of
 * the largest and of arg ψ = 2π·phase/PHASES.
 */
export function waveColours(theme: ThemeName, map: PhaseMapName): Uint32Array {
  const name = `${theme} ${map}`
  let table = tables.get(name)
  if (!table) {
    table = tableOf(theme, map)
    tables.set(name, table)
  }
  return table
}

function tableOf(theme: ThemeName, map: PhaseMapName): Uint32Array {
  const { background } = THEMES[theme]
  const paper = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16)) as unknown as Rgb
  const ground = fromRgb(paper)[0]
  const full = FULL[theme][map]
  const { hues } = PHASE_MAPS[map]
  const table = new Uint32Array(SIZES * PHASES)
  const bytes = new Uint8ClampedArray(table.buffer)
  for (let size = 0; size < SIZES; size++) {
    const share = size / (SIZES - 1)
    const lightness = ground + (full.lightness - ground) * share ** LIGHTNESS_POWER
    const tilt = full.tilt * share
    const chroma = shown(lightness, tilt, full.chroma * share ** CHROMA_POWER)
    const alpha = Math.min(1, share / FADE)
    for (let phase = 0; phase < PHASES; phase++) {
      const rgb = toRgb(onCircle(lightness, tilt, chroma, hues[phase]!))
      const at = 4 * (size * PHASES + phase)
      for (let c = 0; c < 3; c++)
        bytes[at + c] = alpha === 0 ? paper[c]! : paper[c]! + (rgb[c]! - paper[c]!) / alpha
      bytes[at + 3] = 255 * alpha
    }
  }
  return table
}

/** The largest chroma up to `wanted` that sRGB shows at all hues of a circle. */
function shown(lightness: number, tilt: number, wanted: number): number {
  const fits = (chroma: number): boolean => {
    for (let hue = 0; hue < 360; hue += 20)
      if (!inGamut(toRgb(onCircle(lightness, tilt, chroma, hue)))) return false
    return true
  }
  if (fits(wanted)) return wanted
  let [low, high] = [0, wanted]
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

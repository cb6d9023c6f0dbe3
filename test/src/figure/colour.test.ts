import { describe, expect, it } from 'vitest'
import { fromRgb, hex, inGamut, type Oklab, type Rgb } from '../../../src/figure/colour/oklab.js'
import { PHASE_MAPS, PHASES, type PhaseMapName, phaseColour } from '../../../src/figure/colour/phase.js'
import { DARK, LIGHT } from '../../../src/figure/colour/theme.js'
import { SIZES, waveColours } from '../../../src/figure/colour/wave.js'

/** Distance of two colours in OKLab. */
function difference(a: Oklab, b: Oklab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/**
 * Who sees no red-green or no blue-yellow difference, linear in linear light.
 *
 * @see G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", IEEE TVCG 15 (2009) 1291, severity 1.0
 */
const DICHROMATS = {
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

/** The colour that such an eye sees. */
function seenBy(matrix: readonly (readonly number[])[], rgb: Rgb): Rgb {
  const linear = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
  return matrix.map((row) => {
    const sum = row.reduce((total, m, i) => total + m * linear[i]!, 0)
    const v = Math.min(1, Math.max(0, sum))
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)
  }) as unknown as Rgb
}

const deuteranope = (rgb: Rgb): Rgb => seenBy(DICHROMATS.deuteranope, rgb)

const MAPS = Object.keys(PHASE_MAPS) as PhaseMapName[]

/** Distance in OKLab of about one just noticeable difference. */
const NOTICEABLE = 0.005

/** The least distance between phases that lie at least `turn` of a turn apart, as an eye sees them. */
function leastApart(map: PhaseMapName, turn: number, see: (rgb: Rgb) => Rgb): number {
  const seen = PHASE_MAPS[map].colours.map((colour) => fromRgb(see(colour)))
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < PHASES; i++)
    for (let k = Math.ceil(turn * PHASES); k <= PHASES / 2; k++)
      least = Math.min(least, difference(seen[i]!, seen[(i + k) % PHASES]!))
  return least
}

describe.each(MAPS)('the phase map %s', (map) => {
  const { colours } = PHASE_MAPS[map]
  const steps = colours.map((colour, k) => difference(fromRgb(colour), fromRgb(colours[(k + 1) % PHASES]!)))
  const mean = steps.reduce((sum, step) => sum + step, 0) / PHASES

  it('has colours that sRGB can show', () => {
    expect(colours.every(inGamut)).toBe(true)
  })

  it('closes on itself: the last step is no larger than the others', () => {
    expect(steps[PHASES - 1]! / mean).toBeCloseTo(1, 2)
  })

  it('is uniform: no step differs from the mean by more than 1 %', () => {
    expect(Math.max(...steps.map((step) => Math.abs(step / mean - 1)))).toBeLessThan(0.01)
  })

  it('tells phases an eighth of a turn apart, and 0 from π for every eye', () => {
    expect(leastApart(map, 1 / 8, (rgb) => rgb)).toBeGreaterThan(15 * NOTICEABLE)
    for (const matrix of [DICHROMATS.protanope, DICHROMATS.deuteranope]) {
      const [zero, pi] = [0, PHASES / 2].map((k) => fromRgb(seenBy(matrix, colours[k]!))) as [Oklab, Oklab]
      expect(difference(zero, pi)).toBeGreaterThan(30 * NOTICEABLE)
    }
  })

  it('does not depend on where the angle is cut', () => {
    expect(phaseColour(-1, 1e-12, map)).toBe(phaseColour(-1, -1e-12, map))
    expect(phaseColour(1, 0, map)).toBe(hex(colours[0]!))
  })

  it.each(['light', 'dark'] as const)('keeps its hue from the paper to the largest |ψ| (%s)', (theme) => {
    const bytes = new Uint8Array(waveColours(theme, map).buffer)
    const at = (size: number, phase: number): number => 4 * (size * PHASES + phase)
    const colour = (size: number, phase: number): Oklab =>
      fromRgb([...bytes.subarray(at(size, phase), at(size, phase) + 3)] as unknown as Rgb)
    // Hue angles of half and of the full size; 8 bits a channel leave a degree or two.
    for (let phase = 0; phase < PHASES; phase += 16) {
      const [half, full] = [colour(SIZES / 2, phase), colour(SIZES - 1, phase)]
      const turn = Math.atan2(half[2], half[1]) - Math.atan2(full[2], full[1])
      expect(Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)))).toBeLessThan(0.05)
    }
    expect(bytes[at(0, 0) + 3]).toBe(0)
    expect(bytes[at(SIZES - 1, 0) + 3]).toBe(255)
  })
})

describe('the uniform phase map', () => {
  it('has one lightness and one chroma: nothing but |ψ| changes either', () => {
    const seen = PHASE_MAPS.uniform.colours.map(fromRgb)
    const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
    expect(spread(seen.map(([L]) => L))).toBeLessThan(1e-6)
    expect(spread(seen.map(([, a, b]) => Math.hypot(a, b)))).toBeLessThan(1e-6)
  })

  it.each(['light', 'dark'] as const)('has one lightness at each |ψ| on %s paper', (theme) => {
    const bytes = new Uint8Array(waveColours(theme, 'uniform').buffer)
    for (const size of [SIZES / 2, SIZES - 1]) {
      const lightness = Array.from({ length: PHASES }, (_, phase) => {
        const at = 4 * (size * PHASES + phase)
        return fromRgb([...bytes.subarray(at, at + 3)] as unknown as Rgb)[0]
      })
      // Half a step of 255 in each channel.
      expect(Math.max(...lightness) - Math.min(...lightness)).toBeLessThan(0.006)
    }
  })
})

describe('the safe phase map', () => {
  it.each(Object.entries(DICHROMATS))('tells phases a sixth of a turn apart for a %s', (_, matrix) => {
    const see = (rgb: Rgb): Rgb => seenBy(matrix, rgb)
    expect(leastApart('safe', 1 / 6, see)).toBeGreaterThan(12 * NOTICEABLE)
    // What a circle of one lightness cannot: it is a line to an eye that lacks an axis of colour.
    expect(leastApart('safe', 1 / 6, see)).toBeGreaterThan(2 * leastApart('uniform', 1 / 6, see))
  })
})

describe.each([LIGHT, DARK])('the ramp of densities ($name)', ({ ramp, name }) => {
  it('stays in sRGB', () => {
    expect(ramp.every(inGamut)).toBe(true)
  })

  it('is uniform: no step differs from the mean by more than 2 %', () => {
    const steps = ramp.slice(1).map((colour, i) => difference(fromRgb(colour), fromRgb(ramp[i]!)))
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length
    expect(Math.max(...steps.map((step) => Math.abs(step / mean - 1)))).toBeLessThan(0.02)
  })

  it.each([['trichromat', undefined] as const, ...Object.entries(DICHROMATS)])(
    'changes lightness steadily for a %s',
    (_, matrix) => {
      const lightness = ramp.map((colour) => fromRgb(matrix ? seenBy(matrix, colour) : colour)[0])
      const rises = lightness
        .slice(1)
        .map((value, i) => (name === 'dark' ? value - lightness[i]! : lightness[i]! - value))
      expect(Math.min(...rises)).toBeGreaterThan(0)
    },
  )
})

describe.each([LIGHT, DARK])('the colours of a chart ($name)', ({ diverging, series, background }) => {
  const rgb = (text: string): Rgb =>
    [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb

  it.each(Object.entries(DICHROMATS))('of curves are told apart by a %s', (_, matrix) => {
    const seen = series.map((colour) => fromRgb(seenBy(matrix, rgb(colour))))
    seen.forEach((colour, i) => {
      // 0.08 in OKLab is about fifteen just noticeable differences.
      for (const other of seen.slice(0, i)) expect(difference(colour, other)).toBeGreaterThan(0.08)
    })
  })

  it('of curves stand out from the paper: 3 : 1, as WCAG 2.2 asks of graphics', () => {
    const luminance = (text: string): number =>
      rgb(text)
        .map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i]!, 0)
    const paper = luminance(background)
    for (const colour of series) {
      const [a, b] = [luminance(colour), paper].sort((p, q) => q - p) as [number, number]
      expect((a + 0.05) / (b + 0.05), colour).toBeGreaterThan(3)
    }
  })

  it('of values with a sign are as light at −v as at v, and of the paper at 0', () => {
    const middle = (diverging.length - 1) / 2
    expect(difference(fromRgb(diverging[middle]!), fromRgb(rgb(background)))).toBeLessThan(0.02)
    expect(diverging.every(inGamut)).toBe(true)
    for (let k = 1; k <= middle; k++) {
      const [a, b] = [fromRgb(diverging[middle - k]!), fromRgb(diverging[middle + k]!)]
      expect(Math.abs(a[0] - b[0])).toBeLessThan(0.01)
      if (k > middle / 4)
        expect(
          difference(
            fromRgb(deuteranope(diverging[middle - k]!)),
            fromRgb(deuteranope(diverging[middle + k]!)),
          ),
        ).toBeGreaterThan(0.1)
    }
  })
})

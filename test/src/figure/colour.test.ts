import { describe, expect, it } from 'vitest'
import { fromRgb, hex, inGamut, type Oklab, type Rgb } from '../../../src/figure/colour/oklab.js'
import { PHASE_MAP, PHASES, phaseColour } from '../../../src/figure/colour/phase.js'
import { DARK, LIGHT } from '../../../src/figure/colour/theme.js'

/** Distance of two colours in OKLab. */
function difference(a: Oklab, b: Oklab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

const steps = PHASE_MAP.map((colour, k) => difference(fromRgb(colour), fromRgb(PHASE_MAP[(k + 1) % PHASES]!)))
const mean = steps.reduce((sum, step) => sum + step, 0) / PHASES

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

describe('the colours of phases', () => {
  it('are all colours that sRGB can show', () => {
    expect(PHASE_MAP.every(inGamut)).toBe(true)
  })

  it('close on themselves: the last step is no larger than the others', () => {
    expect(steps[PHASES - 1]! / mean).toBeCloseTo(1, 2)
  })

  it('are uniform: no step differs from the mean by more than 1 %', () => {
    expect(Math.max(...steps.map((step) => Math.abs(step / mean - 1)))).toBeLessThan(0.01)
  })

  it('tell opposite phases apart, for a deuteranope too', () => {
    // 0.05 in OKLab is about ten just noticeable differences.
    const opposite = (see: (rgb: Rgb) => Rgb): number =>
      Math.min(
        ...PHASE_MAP.map((colour, k) =>
          difference(fromRgb(see(colour)), fromRgb(see(PHASE_MAP[(k + PHASES / 2) % PHASES]!))),
        ),
      )
    expect(opposite((rgb) => rgb)).toBeGreaterThan(0.2)
    expect(opposite(deuteranope)).toBeGreaterThan(0.05)
  })

  it('do not depend on where the angle is cut', () => {
    expect(phaseColour(-1, 1e-12)).toBe(phaseColour(-1, -1e-12))
    expect(phaseColour(1, 0)).toBe(hex(PHASE_MAP[0]!))
  })
})

describe.each([LIGHT, DARK])('the ramp of densities ($name)', ({ ramp, name }) => {
  it('changes lightness steadily and stays in sRGB', () => {
    const lightness = ramp.map((colour) => fromRgb(colour)[0])
    const rises = lightness
      .slice(1)
      .map((value, i) => (name === 'dark' ? value - lightness[i]! : lightness[i]! - value))
    expect(ramp.every(inGamut)).toBe(true)
    expect(Math.min(...rises)).toBeGreaterThan(0)
  })
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

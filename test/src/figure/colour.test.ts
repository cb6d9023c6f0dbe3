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
 * What a deuteranope sees, linear in linear light.
 *
 * @see G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", IEEE TVCG 15 (2009) 1291, severity 1.0
 */
function deuteranope(rgb: Rgb): Rgb {
  const linear = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
  const matrix = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ]
  return matrix.map((row) => {
    const v = Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, m, i) => sum + m * linear[i]!, 0),
      ),
    )
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)
  }) as unknown as Rgb
}

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

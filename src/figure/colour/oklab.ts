/**
 * OKLab, the perceptual colour space in which equal distances look about equally different.
 *
 * @see B. Ottosson, "A perceptual color space for image processing" (2020), https://bottosson.github.io/posts/oklab/
 */

/** L in [0, 1]; a (green to red) and b (blue to yellow) about −0.4 … 0.4. */
export type Oklab = readonly [L: number, a: number, b: number]

/** Red, green, blue in 0 … 255, not rounded; outside that range where sRGB has no such colour. */
export type Rgb = readonly [r: number, g: number, b: number]

/** A colour by lightness, chroma and hue angle in degrees. */
export function oklch(L: number, chroma: number, hue: number): Oklab {
  const h = (hue * Math.PI) / 180
  return [L, chroma * Math.cos(h), chroma * Math.sin(h)]
}

export function toRgb([L, a, b]: Oklab): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

export function fromRgb(rgb: Rgb): Oklab {
  const [r, g, b] = rgb.map(linear) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Whether sRGB can show the colour. */
export function inGamut(rgb: Rgb): boolean {
  return rgb.every((value) => value >= -0.5 && value <= 255.5)
}

/** `#rrggbb`. */
export function hex(rgb: Rgb): string {
  return `#${rgb
    .map((value) =>
      Math.round(Math.min(255, Math.max(0, value)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** The sRGB transfer function and its inverse, between 0 … 1 linear and 0 … 255. */
function gamma(value: number): number {
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)
}

function linear(value: number): number {
  const v = value / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
}

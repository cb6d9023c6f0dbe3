/** Random problems and packets for the laws, of a size at which a hundred points resolve them. */
import fc from 'fast-check'
import type { WaveFunction } from '../../../src/grid/index.js'
import { type GridOptions, wavePacket } from '../../../src/qde/index.js'

export const IMAGINARY: number = Math.PI / 2

/** Seeded runs; few, since each is an evolution. */
export const runs = (numRuns: number): fc.Parameters<unknown> => ({ seed: 20260722, numRuns })

export const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })

/** Wick angles, both ends among them. */
export const angle: fc.Arbitrary<number> = fc.oneof(
  fc.constant(0),
  fc.constant(IMAGINARY),
  number(0, IMAGINARY),
)

/** A box in which the wells and packets below vanish to rounding. */
export const BOX = { lower: -8, upper: 8, points: 128 } as const satisfies GridOptions

/** D between the physicist's ½ and a quarter of it. */
export const diffusion: fc.Arbitrary<number> = number(0.12, 0.5)

/** ζ = c₁x + c₂x² + c₄x⁴ + s·sin 2x with c₂ of any sign: one well or two, tilted, with ripples. */
export interface Well {
  readonly tilt: number
  readonly square: number
  readonly quartic: number
  readonly ripple: number
}

export const well: fc.Arbitrary<Well> = fc.record({
  tilt: number(-0.5, 0.5),
  square: number(-0.6, 0.6),
  quartic: number(0.05, 0.12),
  ripple: number(-0.3, 0.3),
})

/** A well without tilt and ripples, ζ(x) = ζ(−x). */
export const evenWell: fc.Arbitrary<Well> = well.map((w) => ({ ...w, tilt: 0, ripple: 0 }))

/** ζ of a well as an expression, in a coordinate that may be shifted and scaled: x stands for (name − shift)/scale. */
export function wellText(
  { tilt, square, quartic, ripple }: Well,
  {
    name = 'x',
    shift = 0,
    scale = 1,
    raise = 0,
  }: { name?: string; shift?: number; scale?: number; raise?: number } = {},
): string {
  const u = `((${name} - ${exact(shift)})/${exact(scale)})`
  return `${exact(tilt)}*${u} + ${exact(square)}*${u}^2 + ${exact(quartic)}*${u}^4 + ${exact(ripple)}*sin(2*${u}) + ${exact(raise)}`
}

/** A number as an expression reads it, to the last digit. */
export const exact = (value: number): string => `(${value.toString()})`

export interface Packet {
  readonly x0: number
  readonly sigma: number
  readonly k0: number
}

export const packet: fc.Arbitrary<Packet> = fc.record({
  x0: number(-1.2, 1.2),
  sigma: number(0.45, 0.8),
  k0: number(-1, 1),
})

export const at = (p: Packet) => wavePacket(p)

/** ‖a − b‖ on one grid, phase and norm included. */
export function difference(a: WaveFunction, b: WaveFunction): number {
  const sum = a.values.reduce((s, v, i) => s + (v - b.values[i]) ** 2, 0)
  return Math.sqrt(sum * a.grid.cell)
}

/** max |a − b| of two lists. */
export const greatest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0)

export const last = <T>(values: ArrayLike<T>): T => values[values.length - 1]

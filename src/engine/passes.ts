/**
 * The passes over a line: loops of butterflies whose strides, offsets and counts are constants of the code.
 *
 * K on an axis across the lanes multiplies each mode. On the last axis the lanes hold the even and the odd
 * points of the line, transformed side by side; their own butterfly, K and its inverse are one 2×2 matrix:
 *
 *   (E, O)′ = S·(E, O) + (C w, C w̄)·(O, E),   S = (K_k + K_{k+n/2})/n,  C = (K_k − K_{k+n/2})/n,  w = ω_n^k.
 */
import { type FunctionBody, i32, type Variable } from './assembler.js'
import { butterfly, type Direction } from './butterflies.js'
import { Arithmetic, type Complex, f64x2 } from './simd.js'

export interface LineShape {
  /** Radices, their product the length in vectors. */
  readonly radices: readonly number[]
  /** Bytes from one vector of the line to the next. */
  readonly stride: number
  /** Number of adjacent lines handled together and the bytes between them. */
  readonly width: number
  readonly vectorStep: number
  /** Bytes from a vector of real parts to that of the imaginary parts. */
  readonly imaginary: number
  /** Address of the field. */
  readonly field: number
  /** Address of the factors ω_L^{js} of each stage, s = 1 … r−1 for each j. */
  readonly twiddles: readonly number[]
  /** Whether K acts on lanes that are even and odd points (the last axis) or on each mode alone. */
  readonly lanes: 'points' | 'lines'
  /** Whether the imaginary parts are another real line, so that V and K are real. */
  readonly real: boolean
  readonly fma: boolean
}

/** Bytes of the K table for each vector of a line. */
export const KINETIC_BYTES = { points: 48, lines: 16 } as const

/** Stages of up to so many butterflies a block have no loop over them. */
const WRITTEN_OUT = 4
/** Butterflies in the body of a longer loop. */
const UNROLLED = 2
/** Columns in the body of a loop over columns. */
const COLUMNS = 2

interface Place {
  /** Offset in the field: a variable and a constant. */
  readonly pointer: Variable
  readonly offset: number
}

/** Writes passes into one function. */
export class PassWriter {
  readonly #body: FunctionBody
  readonly #shape: LineShape
  readonly #arithmetic: Arithmetic

  constructor(body: FunctionBody, shape: LineShape) {
    this.#body = body
    this.#shape = shape
    this.#arithmetic = new Arithmetic(body, shape.fma)
  }

  /** One stage in place on `blocks` consecutive blocks. */
  stage(start: Variable, level: number, blocks: number, direction: Direction): void {
    this.#butterflies(start, level, blocks, (place, factors) =>
      this.#across(place, (one) => {
        const legs = this.#legs(one, level)
        if (direction === 'inverse') {
          for (const [q, x] of this.#inverse(legs, factors).entries()) this.#store(legs[q], x)
        } else {
          const x = legs.map((leg) => this.#load(leg))
          this.#forward(legs, factors, x)
        }
      }),
    )
  }

  /** The fused pass [inverse stage 1 · V · forward stage 1], V lying `distance` bytes after the field. */
  turn(line: Variable, distance: Variable): void {
    this.#butterflies(line, 0, 1, (place, factors) =>
      this.#across(place, (one) => {
        const potential = this.#body.variable('i32')
        potential.set(i32.add(one.pointer.get, distance.get))
        const legs = this.#legs(one, 0)
        const x = this.#inverse(legs, factors)
        const vx = x.map((z, q) => this.#timesV(z, { pointer: potential, offset: legs[q].offset }))
        this.#forward(legs, factors, vx)
      }),
    )
  }

  /** The fused pass [forward r · K · inverse r] on blocks of r vectors. */
  kinetic(start: Variable, table: Variable, blocks: number, radix: number): void {
    const { stride, lanes } = this.#shape
    const [pointer, factors] = [this.#body.variable('i32'), this.#body.variable('i32')]
    pointer.set(start.get)
    factors.set(table.get)
    this.#body.repeat(blocks, () => {
      this.#across({ pointer, offset: 0 }, (one) => {
        const legs = Array.from({ length: radix }, (_, q) => ({ ...one, offset: one.offset + q * stride }))
        const x = legs.map((leg) => this.#load(leg))
        const modes = butterfly(this.#arithmetic, x, 'forward').map((z, s) =>
          lanes === 'points' ? this.#timesLanes(z, factors, 48 * s) : this.#timesMode(z, factors, 16 * s),
        )
        for (const [q, y] of butterfly(this.#arithmetic, modes, 'inverse').entries()) this.#store(legs[q], y)
      })
      pointer.advance(radix * stride)
      factors.advance(radix * KINETIC_BYTES[lanes])
    })
  }

  /** Calls `each` for every butterfly of a stage with its twiddle factors, none where they are 1. */
  #butterflies(
    start: Variable,
    level: number,
    blocks: number,
    each: (place: Place, factors: readonly Complex[] | undefined) => void,
  ): void {
    const { radices, stride, width, twiddles } = this.#shape
    const radix = radices[level]
    const count = blockLength(this.#shape, level) / radix
    const factorBytes = 16 * (radix - 1)
    const whole = count <= WRITTEN_OUT
    const together = whole ? count : width === 1 && count % UNROLLED === 0 ? UNROLLED : 1
    const [pointer, factors] = [this.#body.variable('i32'), this.#body.variable('i32')]
    const twiddle = (j: number): Complex[] =>
      Array.from({ length: radix - 1 }, (_, s) => {
        const offset = twiddles[level] + j * factorBytes + 16 * s
        return { re: f64x2.splat(factors.get, offset), im: f64x2.splat(factors.get, offset + 8) }
      })
    pointer.set(start.get)
    this.#body.repeat(blocks, () => {
      factors.set(i32.const(0))
      this.#body.repeat(count / together, () => {
        for (let j = 0; j < together; j++)
          each({ pointer, offset: j * stride }, whole && j === 0 ? undefined : twiddle(j))
        pointer.advance(together * stride)
        factors.advance(together * factorBytes)
      })
      pointer.advance((radix - 1) * count * stride)
    })
  }

  /** Calls `each` for the same place in each of the lines that go together. */
  #across({ pointer, offset }: Place, each: (place: Place) => void): void {
    const { width, vectorStep } = this.#shape
    const together = Math.min(width, COLUMNS)
    const first = width > together ? this.#body.variable('i32') : pointer
    if (first !== pointer) first.set(pointer.get)
    this.#body.repeat(width / together, () => {
      for (let c = 0; c < together; c++) each({ pointer: first, offset: offset + c * vectorStep })
      if (first !== pointer) first.advance(together * vectorStep)
    })
  }

  #legs({ pointer, offset }: Place, level: number): Place[] {
    const step = blockLength(this.#shape, level + 1) * this.#shape.stride
    return Array.from({ length: this.#shape.radices[level] }, (_, q) => ({
      pointer,
      offset: offset + q * step,
    }))
  }

  /** Forward butterfly of x, times the twiddle factors, to the legs. */
  #forward(legs: readonly Place[], factors: readonly Complex[] | undefined, x: readonly Complex[]): void {
    for (const [s, y] of butterfly(this.#arithmetic, x, 'forward').entries())
      this.#store(
        legs[s],
        s === 0 || !factors ? y : this.#arithmetic.multiply(y, this.#arithmetic.keep(factors[s - 1])),
      )
  }

  /** Inverse butterfly of the legs times the conjugate twiddle factors. */
  #inverse(legs: readonly Place[], factors: readonly Complex[] | undefined): Complex[] {
    const y = legs.map((leg, s) => {
      const z = this.#load(leg)
      return s === 0 || !factors
        ? z
        : this.#arithmetic.multiplyConjugate(z, this.#arithmetic.keep(factors[s - 1]))
    })
    return butterfly(this.#arithmetic, y, 'inverse')
  }

  #timesV(z: Complex, { pointer, offset }: Place): Complex {
    const { field, imaginary, real } = this.#shape
    const re = f64x2.load(pointer.get, field + offset)
    const im = f64x2.load(pointer.get, field + offset + imaginary)
    if (real) return this.#arithmetic.keep({ re: f64x2.mul(z.re, re), im: f64x2.mul(z.im, im) })
    return this.#arithmetic.multiply(z, this.#arithmetic.keep({ re, im }))
  }

  #timesMode(z: Complex, table: Variable, offset: number): Complex {
    const re = f64x2.splat(table.get, offset)
    if (this.#shape.real) return this.#arithmetic.scale(z, re)
    return this.#arithmetic.multiply(z, this.#arithmetic.keep({ re, im: f64x2.splat(table.get, offset + 8) }))
  }

  #timesLanes(z: Complex, table: Variable, offset: number): Complex {
    const own = f64x2.splat(table.get, offset)
    const turned = this.#arithmetic.keep({ re: f64x2.swap(z.re), im: f64x2.swap(z.im) })
    const c = this.#arithmetic.keep({
      re: f64x2.load(table.get, offset + 16),
      im: f64x2.load(table.get, offset + 32),
    })
    const diagonal = this.#shape.real
      ? this.#arithmetic.scale(z, own)
      : this.#arithmetic.multiply(
          z,
          this.#arithmetic.keep({ re: own, im: f64x2.splat(table.get, offset + 8) }),
        )
    return this.#arithmetic.keep({
      re: this.#arithmetic.multiplySubtract(
        turned.im,
        c.im,
        this.#arithmetic.multiplyAdd(turned.re, c.re, diagonal.re),
      ),
      im: this.#arithmetic.multiplyAdd(
        turned.im,
        c.re,
        this.#arithmetic.multiplyAdd(turned.re, c.im, diagonal.im),
      ),
    })
  }

  #load({ pointer, offset }: Place): Complex {
    const address = this.#shape.field + offset
    return this.#arithmetic.keep({
      re: f64x2.load(pointer.get, address),
      im: f64x2.load(pointer.get, address + this.#shape.imaginary),
    })
  }

  #store({ pointer, offset }: Place, z: Complex): void {
    const address = this.#shape.field + offset
    this.#body.emit(f64x2.store(pointer.get, address, z.re))
    this.#body.emit(f64x2.store(pointer.get, address + this.#shape.imaginary, z.im))
  }
}

/** Length in vectors of a block at `level`: r_level · … · r_m. */
export function blockLength({ radices }: LineShape, level: number): number {
  return radices.slice(level).reduce((product, r) => product * r, 1)
}

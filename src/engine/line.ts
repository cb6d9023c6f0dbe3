/**
 * The functions that take a line of the field from x to k and back. A line is `length` vectors, `stride`
 * bytes apart; `width` adjacent lines go together. With the stages r₁ … r_m of factors.ts
 *
 *   enter    forward stage 1
 *   middle   forward stages 2 … m−1 · [forward m · K · inverse m] · inverse stages m−1 … 2
 *   turn     [inverse stage 1 · V · forward stage 1]
 *   leave    inverse stage 1
 *
 * where brackets are one pass over memory. So T is enter·middle·leave and a chain of steps is
 * enter · middle · (turn · middle)ⁿ · leave.
 *
 * K on an axis across the lanes multiplies each mode. On the last axis the lanes hold the even and the odd
 * points of the line, transformed side by side; their own butterfly, K and its inverse are one 2×2 matrix:
 *
 *   (E, O)′ = S·(E, O) + (C w, C w̄)·(O, E),   S = (K_k + K_{k+n/2})/n,  C = (K_k − K_{k+n/2})/n,  w = ω_n^k.
 */
import { FunctionBody, i32, type ModuleBuilder, type Variable } from './assembler.js'
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

/** Numbers of the four functions; all take the offset of the line in the field. */
export interface LineFunctions {
  readonly enter: number
  /** (line, address of the K table). */
  readonly middle: number
  /** (line, bytes from the field to the V table). */
  readonly turn: number
  readonly leave: number
}

/** Bytes of the K table for each vector of a line. */
export const KINETIC_BYTES = { points: 48, lines: 16 } as const

/** A block that fits the first-level cache is transformed pass by pass, a larger one depth first. */
const CACHED_BYTES = 33 * 1024
/** Stages of up to so many butterflies a block have no loop over them. */
const WRITTEN_OUT = 4
/** Butterflies in the body of a longer loop. */
const UNROLLED = 2
/** Columns in the body of a loop over columns. */
const COLUMNS = 2

export function lineFunctions(module: ModuleBuilder, shape: LineShape): LineFunctions {
  const line = new LineGenerator(module, shape)
  return { enter: line.enter(), middle: line.middle(), turn: line.turn(), leave: line.leave() }
}

interface Place {
  /** Offset in the field: a variable and a constant. */
  readonly pointer: Variable
  readonly offset: number
}

class LineGenerator {
  readonly #module: ModuleBuilder
  readonly #shape: LineShape

  constructor(module: ModuleBuilder, shape: LineShape) {
    this.#module = module
    this.#shape = shape
  }

  enter(): number {
    const body = new FunctionBody(1)
    this.#stage(body, body.parameter(0), 0, 1, 'forward')
    return this.#module.add(body)
  }

  leave(): number {
    const body = new FunctionBody(1)
    this.#stage(body, body.parameter(0), 0, 1, 'inverse')
    return this.#module.add(body)
  }

  middle(): number {
    const [first] = this.#shape.radices
    const rest = this.#block(1)
    const body = new FunctionBody(2)
    const [line, table] = [body.parameter(0), body.parameter(1)]
    body.repeat(first, () => {
      body.call(rest, line.get, table.get)
      line.advance(this.#length(1) * this.#shape.stride)
      table.advance(this.#length(1) * KINETIC_BYTES[this.#shape.lanes])
    })
    return this.#module.add(body)
  }

  turn(): number {
    const body = new FunctionBody(2)
    const a = new Arithmetic(body, this.#shape.fma)
    const [line, distance] = [body.parameter(0), body.parameter(1)]
    this.#butterflies(body, line, 0, 1, (place, factors) =>
      this.#across(body, place, (one) => {
        const potential = body.variable('i32')
        potential.set(i32.add(one.pointer.get, distance.get))
        const legs = this.#legs(one, 0)
        const x = this.#inverse(a, legs, factors)
        const vx = x.map((z, q) => this.#timesV(a, z, { pointer: potential, offset: legs[q].offset }))
        this.#forward(body, a, legs, factors, vx)
      }),
    )
    return this.#module.add(body)
  }

  /** The function (block, K table) for all stages from `level` on, forward, K and inverse. */
  #block(level: number): number {
    const { radices, stride, width, vectorStep } = this.#shape
    const last = radices.length - 1
    const length = this.#length(level)
    const cached = length * Math.min(stride, width * vectorStep) <= CACHED_BYTES
    const inner = cached || level >= last ? undefined : this.#block(level + 1)
    const body = new FunctionBody(2)
    const [block, table] = [body.parameter(0), body.parameter(1)]
    if (inner === undefined) {
      const count = (stage: number) => length / this.#length(stage)
      for (let stage = level; stage < last; stage++) this.#stage(body, block, stage, count(stage), 'forward')
      this.#kinetic(body, block, table, level > last ? length : count(last), level > last ? 1 : radices[last])
      for (let stage = last - 1; stage >= level; stage--)
        this.#stage(body, block, stage, count(stage), 'inverse')
    } else {
      this.#stage(body, block, level, 1, 'forward')
      const [part, factors] = [body.variable('i32'), body.variable('i32')]
      part.set(block.get)
      factors.set(table.get)
      body.repeat(radices[level], () => {
        body.call(inner, part.get, factors.get)
        part.advance(this.#length(level + 1) * stride)
        factors.advance(this.#length(level + 1) * KINETIC_BYTES[this.#shape.lanes])
      })
      this.#stage(body, block, level, 1, 'inverse')
    }
    return this.#module.add(body)
  }

  /** One stage in place on `blocks` consecutive blocks. */
  #stage(body: FunctionBody, start: Variable, level: number, blocks: number, direction: Direction): void {
    const a = new Arithmetic(body, this.#shape.fma)
    this.#butterflies(body, start, level, blocks, (place, factors) =>
      this.#across(body, place, (one) => {
        const legs = this.#legs(one, level)
        if (direction === 'inverse') {
          for (const [q, x] of this.#inverse(a, legs, factors).entries()) this.#store(body, legs[q], x)
        } else {
          const x = legs.map((leg) => this.#load(a, leg))
          this.#forward(body, a, legs, factors, x)
        }
      }),
    )
  }

  /** The fused pass [forward r · K · inverse r] on blocks of r vectors. */
  #kinetic(body: FunctionBody, start: Variable, table: Variable, blocks: number, radix: number): void {
    const { stride, lanes, fma } = this.#shape
    const a = new Arithmetic(body, fma)
    const [pointer, factors] = [body.variable('i32'), body.variable('i32')]
    pointer.set(start.get)
    factors.set(table.get)
    body.repeat(blocks, () => {
      this.#across(body, { pointer, offset: 0 }, (one) => {
        const legs = Array.from({ length: radix }, (_, q) => ({ ...one, offset: one.offset + q * stride }))
        const x = legs.map((leg) => this.#load(a, leg))
        const modes = butterfly(a, x, 'forward').map((z, s) =>
          lanes === 'points'
            ? this.#timesLanes(a, z, factors, 48 * s)
            : this.#timesMode(a, z, factors, 16 * s),
        )
        for (const [q, y] of butterfly(a, modes, 'inverse').entries()) this.#store(body, legs[q], y)
      })
      pointer.advance(radix * stride)
      factors.advance(radix * KINETIC_BYTES[lanes])
    })
  }

  /** Calls `each` for every butterfly of a stage with its twiddle factors, none where they are 1. */
  #butterflies(
    body: FunctionBody,
    start: Variable,
    level: number,
    blocks: number,
    each: (place: Place, factors: readonly Complex[] | undefined) => void,
  ): void {
    const { radices, stride, width, twiddles } = this.#shape
    const radix = radices[level]
    const count = this.#length(level) / radix
    const factorBytes = 16 * (radix - 1)
    const whole = count <= WRITTEN_OUT
    const together = whole ? count : width === 1 && count % UNROLLED === 0 ? UNROLLED : 1
    const [pointer, factors] = [body.variable('i32'), body.variable('i32')]
    const twiddle = (j: number): Complex[] =>
      Array.from({ length: radix - 1 }, (_, s) => {
        const offset = twiddles[level] + j * factorBytes + 16 * s
        return { re: f64x2.splat(factors.get, offset), im: f64x2.splat(factors.get, offset + 8) }
      })
    pointer.set(start.get)
    body.repeat(blocks, () => {
      factors.set(i32.const(0))
      body.repeat(count / together, () => {
        for (let j = 0; j < together; j++)
          each({ pointer, offset: j * stride }, whole && j === 0 ? undefined : twiddle(j))
        pointer.advance(together * stride)
        factors.advance(together * factorBytes)
      })
      pointer.advance((radix - 1) * count * stride)
    })
  }

  /** Calls `each` for the same place in each of the lines that go together. */
  #across(body: FunctionBody, { pointer, offset }: Place, each: (place: Place) => void): void {
    const { width, vectorStep } = this.#shape
    const together = Math.min(width, COLUMNS)
    const first = width > together ? body.variable('i32') : pointer
    if (first !== pointer) first.set(pointer.get)
    body.repeat(width / together, () => {
      for (let c = 0; c < together; c++) each({ pointer: first, offset: offset + c * vectorStep })
      if (first !== pointer) first.advance(together * vectorStep)
    })
  }

  #legs({ pointer, offset }: Place, level: number): Place[] {
    const step = this.#length(level + 1) * this.#shape.stride
    return Array.from({ length: this.#shape.radices[level] }, (_, q) => ({
      pointer,
      offset: offset + q * step,
    }))
  }

  /** Forward butterfly of x, times the twiddle factors, to the legs. */
  #forward(
    body: FunctionBody,
    a: Arithmetic,
    legs: readonly Place[],
    factors: readonly Complex[] | undefined,
    x: readonly Complex[],
  ): void {
    for (const [s, y] of butterfly(a, x, 'forward').entries())
      this.#store(body, legs[s], s === 0 || !factors ? y : a.multiply(y, a.keep(factors[s - 1])))
  }

  /** Inverse butterfly of the legs times the conjugate twiddle factors. */
  #inverse(a: Arithmetic, legs: readonly Place[], factors: readonly Complex[] | undefined): Complex[] {
    const y = legs.map((leg, s) => {
      const z = this.#load(a, leg)
      return s === 0 || !factors ? z : a.multiplyConjugate(z, a.keep(factors[s - 1]))
    })
    return butterfly(a, y, 'inverse')
  }

  #timesV(a: Arithmetic, z: Complex, { pointer, offset }: Place): Complex {
    const { field, imaginary, real } = this.#shape
    const re = f64x2.load(pointer.get, field + offset)
    const im = f64x2.load(pointer.get, field + offset + imaginary)
    if (real) return a.keep({ re: f64x2.mul(z.re, re), im: f64x2.mul(z.im, im) })
    return a.multiply(z, a.keep({ re, im }))
  }

  #timesMode(a: Arithmetic, z: Complex, table: Variable, offset: number): Complex {
    const re = f64x2.splat(table.get, offset)
    if (this.#shape.real) return a.scale(z, re)
    return a.multiply(z, a.keep({ re, im: f64x2.splat(table.get, offset + 8) }))
  }

  #timesLanes(a: Arithmetic, z: Complex, table: Variable, offset: number): Complex {
    const own = f64x2.splat(table.get, offset)
    const turned = a.keep({ re: f64x2.swap(z.re), im: f64x2.swap(z.im) })
    const c = a.keep({
      re: f64x2.load(table.get, offset + 16),
      im: f64x2.load(table.get, offset + 32),
    })
    const diagonal = this.#shape.real
      ? a.scale(z, own)
      : a.multiply(z, a.keep({ re: own, im: f64x2.splat(table.get, offset + 8) }))
    return a.keep({
      re: a.multiplySubtract(turned.im, c.im, a.multiplyAdd(turned.re, c.re, diagonal.re)),
      im: a.multiplyAdd(turned.im, c.re, a.multiplyAdd(turned.re, c.im, diagonal.im)),
    })
  }

  #load(a: Arithmetic, { pointer, offset }: Place): Complex {
    const address = this.#shape.field + offset
    return a.keep({
      re: f64x2.load(pointer.get, address),
      im: f64x2.load(pointer.get, address + this.#shape.imaginary),
    })
  }

  #store(body: FunctionBody, { pointer, offset }: Place, z: Complex): void {
    const address = this.#shape.field + offset
    body.emit(f64x2.store(pointer.get, address, z.re))
    body.emit(f64x2.store(pointer.get, address + this.#shape.imaginary, z.im))
  }

  /** Length in vectors of a block at `level`: r_level · … · r_m. */
  #length(level: number): number {
    return this.#shape.radices.slice(level).reduce((product, r) => product * r, 1)
  }
}

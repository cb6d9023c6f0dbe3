/**
 * The passes over a line: loops of butterflies whose strides, offsets and counts are constants of the code.
 *
 * K on an axis across the lanes multiplies each mode. On the last axis the lanes hold the even and the odd
 * points of the line, transformed side by side; their own butterfly, K and its inverse are one 2×2 matrix:
 *
 *   (E, O)′ = S·(E, O) + (C w, C w̄)·(O, E),   S = (K_k + K_{k+n/2})/n,  C = (K_k − K_{k+n/2})/n,  w = ω_n^k.
 */
import { type FunctionBody, i32, type Variable } from '../webassembly/index.js'
import { butterfly, type Direction } from './butterflies.js'
import { Arithmetic, type Complex, f64x2 } from './simd.js'

/** An array of lines that a pass reads or writes. */
export interface Space {
  /** Address added to every offset. */
  readonly base: number
  /** Bytes from one vector of a line to the next. */
  readonly stride: number
  /** Bytes from a vector to that of the adjacent line. */
  readonly step: number
  /** Bytes from a vector of real parts to that of the imaginary parts. */
  readonly imaginary: number
}

/**
 * How the factors V meet a field: complex ones; phases e^{−iφ}, kept as tan(φ/2); real ones that real and imaginary
 * part of a point share; or real ones for two real lines, one in the real and one in the imaginary parts.
 */
export type PotentialKind = 'complex' | 'phase' | 'shared' | 'separate'

export interface LineShape {
  /** Radices, their product the length in vectors. */
  readonly radices: readonly number[]
  /** Number of adjacent lines handled together. */
  readonly width: number
  /** Where the line comes from and goes to, and where it is transformed. */
  readonly field: Space
  readonly work: Space
  /** The table of V for the line; `base` is part of the address that `turn` takes. */
  readonly potential: Space & { readonly kind: PotentialKind }
  /** Address of the factors ω_L^{js} of each stage, s = 1 … r−1 for each j. */
  readonly twiddles: readonly number[]
  /** Whether K acts on lanes that are even and odd points (the last axis) or on each mode alone. */
  readonly lanes: 'points' | 'lines'
  /** Whether the field holds half of the line, which is odd or even; see folds.ts. */
  readonly fold: 'odd' | 'even' | undefined
  readonly realKinetic: boolean
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

/** A vector in a space: a variable and a constant offset. */
export interface Place {
  readonly space: Space
  readonly pointer: Variable
  readonly offset: number
}

/** The start of a line in a space. */
export interface Start {
  readonly space: Space
  readonly line: Variable
}

/** Writes passes into one function. */
export class PassWriter {
  protected readonly body: FunctionBody
  protected readonly shape: LineShape
  protected readonly arithmetic: Arithmetic

  constructor(body: FunctionBody, shape: LineShape) {
    this.body = body
    this.shape = shape
    this.arithmetic = new Arithmetic(body, shape.fma)
  }

  /** One stage in place on `blocks` consecutive blocks. */
  stage(line: Variable, level: number, blocks: number, direction: Direction): void {
    this.#butterflies([{ space: this.shape.work, line }], level, blocks, ([place], factors) => {
      const legs = this.legs(place, level)
      if (direction === 'forward') this.forward(legs, factors, this.loadAll(legs))
      else this.storeAll(legs, this.inverse(legs, factors))
    })
  }

  /** Forward stage 1 from the field to the workspace. */
  enter(line: Variable, work: Variable): void {
    const { field, work: space } = this.shape
    const starts = [
      { space: field, line },
      { space, line: work },
    ]
    this.#butterflies(starts, 0, 1, ([from, to], factors) =>
      this.forward(this.legs(to, 0), factors, this.loadAll(this.legs(from, 0))),
    )
  }

  /** Inverse stage 1 from the workspace to the field. */
  leave(work: Variable, line: Variable): void {
    const { field, work: space } = this.shape
    const starts = [
      { space, line: work },
      { space: field, line },
    ]
    this.#butterflies(starts, 0, 1, ([from, to], factors) =>
      this.storeAll(this.legs(to, 0), this.inverse(this.legs(from, 0), factors)),
    )
  }

  /** The fused pass [inverse stage 1 · V · forward stage 1], or with V² where `squared`. */
  turn(work: Variable, table: Variable, squared: boolean): void {
    const { work: space, potential } = this.shape
    const starts = [
      { space, line: work },
      { space: potential, line: table },
    ]
    this.#butterflies(starts, 0, 1, ([place, v], factors) => {
      const legs = this.legs(place, 0)
      const factorsV = this.legs(v, 0)
      const x = this.inverse(legs, factors).map((z, q) =>
        this.turned(z, this.potential(factorsV[q]), squared),
      )
      this.forward(legs, factors, x)
    })
  }

  /**
   * The end of H·ψ along one axis: inverse stage 1 from the workspace, added to ζψ (`table`) where this is the
   * first axis, to the sum so far elsewhere.
   */
  sum(work: Variable, line: Variable, result: Space, table?: Variable): void {
    const { field, work: space, potential } = this.shape
    const starts = [
      { space, line: work },
      { space: result, line },
      ...(table === undefined
        ? []
        : [
            { space: field, line },
            { space: potential, line: table },
          ]),
    ]
    this.#butterflies(starts, 0, 1, ([from, to, psi, v], factors) => {
      const targets = this.legs(to, 0)
      const x = this.inverse(this.legs(from, 0), factors)
      const others =
        table === undefined
          ? this.loadAll(targets)
          : this.legs(psi, 0).map((leg, q) => this.timesV(this.load(leg), this.potential(this.legs(v, 0)[q])))
      this.storeAll(
        targets,
        x.map((z, q) => this.arithmetic.add(z, others[q])),
      )
    })
  }

  /** The fused pass [forward r · K · inverse r] on blocks of r vectors. */
  kinetic(start: Variable, table: Variable, blocks: number, radix: number): void {
    const { work, lanes } = this.shape
    const [pointer, factors] = [this.body.variable('i32'), this.body.variable('i32')]
    pointer.set(start.get)
    factors.set(table.get)
    this.body.repeat(blocks, () => {
      this.across([{ space: work, pointer, offset: 0 }], ([one]) => {
        const legs = Array.from({ length: radix }, (_, q) => ({
          ...one,
          offset: one.offset + q * work.stride,
        }))
        const modes = butterfly(this.arithmetic, this.loadAll(legs), 'forward').map((z, s) =>
          lanes === 'points' ? this.#timesLanes(z, factors, 48 * s) : this.#timesMode(z, factors, 16 * s),
        )
        this.storeAll(legs, butterfly(this.arithmetic, modes, 'inverse'))
      })
      pointer.advance(radix * work.stride)
      factors.advance(radix * KINETIC_BYTES[lanes])
    })
  }

  /**
   * Calls `each` for every butterfly of a stage, with its first leg in each of the spaces and its twiddle
   * factors, none where they are 1.
   */
  #butterflies(
    starts: readonly Start[],
    level: number,
    blocks: number,
    each: (places: readonly Place[], factors: readonly Complex[] | undefined) => void,
  ): void {
    const { radices, width, twiddles } = this.shape
    const radix = radices[level]
    const count = blockLength(this.shape, level) / radix
    const factorBytes = 16 * (radix - 1)
    const whole = count <= WRITTEN_OUT
    const together = whole ? count : width === 1 && count % UNROLLED === 0 ? UNROLLED : 1
    const cursors = starts.map(({ space, line }) => {
      const pointer = this.body.variable('i32')
      pointer.set(line.get)
      return { space, pointer }
    })
    const factors = this.body.variable('i32')
    const advance = (vectors: number): void => {
      for (const { space, pointer } of cursors) pointer.advance(vectors * space.stride)
    }
    const twiddle = (j: number): Complex[] =>
      Array.from({ length: radix - 1 }, (_, s) => {
        const offset = twiddles[level] + j * factorBytes + 16 * s
        return { re: f64x2.splat(factors.get, offset), im: f64x2.splat(factors.get, offset + 8) }
      })
    this.body.repeat(blocks, () => {
      factors.set(i32.const(0))
      this.body.repeat(count / together, () => {
        for (let j = 0; j < together; j++)
          this.across(
            cursors.map(({ space, pointer }) => ({ space, pointer, offset: j * space.stride })),
            (places) => each(places, whole && j === 0 ? undefined : twiddle(j)),
          )
        advance(together)
        factors.advance(together * factorBytes)
      })
      advance((radix - 1) * count)
    })
  }

  /** Calls `each` for the same places in each of the lines that go together. */
  protected across(places: readonly Place[], each: (places: readonly Place[]) => void): void {
    const { width } = this.shape
    const together = Math.min(width, COLUMNS)
    const loops = width > together
    const firsts = places.map((place) => {
      if (!loops) return place
      const pointer = this.body.variable('i32')
      pointer.set(place.pointer.get)
      return { ...place, pointer }
    })
    this.body.repeat(width / together, () => {
      for (let c = 0; c < together; c++)
        each(firsts.map((place) => ({ ...place, offset: place.offset + c * place.space.step })))
      if (loops) for (const { space, pointer } of firsts) pointer.advance(together * space.step)
    })
  }

  protected legs(place: Place, level: number): Place[] {
    const step = blockLength(this.shape, level + 1) * place.space.stride
    return Array.from({ length: this.shape.radices[level] }, (_, q) => ({
      ...place,
      offset: place.offset + q * step,
    }))
  }

  /** Forward butterfly of x, times the twiddle factors, to the legs. */
  protected forward(
    legs: readonly Place[],
    factors: readonly Complex[] | undefined,
    x: readonly Complex[],
  ): void {
    for (const [s, y] of butterfly(this.arithmetic, x, 'forward').entries())
      this.store(
        legs[s],
        s === 0 || !factors ? y : this.arithmetic.multiply(y, this.arithmetic.keep(factors[s - 1])),
      )
  }

  /** Inverse butterfly of the legs times the conjugate twiddle factors. */
  protected inverse(legs: readonly Place[], factors: readonly Complex[] | undefined): Complex[] {
    const y = legs.map((leg, s) => {
      const z = this.load(leg)
      return s === 0 || !factors
        ? z
        : this.arithmetic.multiplyConjugate(z, this.arithmetic.keep(factors[s - 1]))
    })
    return butterfly(this.arithmetic, y, 'inverse')
  }

  /** The numbers that a table of V has at a place, one of them twice where one serves both parts. */
  protected potential({ space, pointer, offset }: Place): Complex {
    const re = this.body.keep(f64x2.load(pointer.get, offset))
    const { kind } = this.shape.potential
    const alone = kind === 'phase' || kind === 'shared'
    return { re, im: alone ? re : this.body.keep(f64x2.load(pointer.get, offset + space.imaginary)) }
  }

  /** V·z, or V²·z. */
  protected turned(z: Complex, v: Complex, squared: boolean): Complex {
    const once = this.timesV(z, v)
    return squared ? this.timesV(once, v) : once
  }

  /** V·z from the numbers of its table. */
  protected timesV(z: Complex, v: Complex): Complex {
    switch (this.shape.potential.kind) {
      case 'complex':
        return this.arithmetic.multiply(z, v)
      case 'phase':
        return this.arithmetic.multiplyConjugate(z, this.arithmetic.phase(v.re))
      case 'shared':
        return this.arithmetic.scale(z, v.re)
      case 'separate':
        return this.arithmetic.keep({ re: f64x2.mul(z.re, v.re), im: f64x2.mul(z.im, v.im) })
    }
  }

  #timesMode(z: Complex, table: Variable, offset: number): Complex {
    const re = f64x2.splat(table.get, offset)
    if (this.shape.realKinetic) return this.arithmetic.scale(z, re)
    return this.arithmetic.multiply(z, this.arithmetic.keep({ re, im: f64x2.splat(table.get, offset + 8) }))
  }

  #timesLanes(z: Complex, table: Variable, offset: number): Complex {
    const own = f64x2.splat(table.get, offset)
    const turned = this.arithmetic.keep({ re: f64x2.swap(z.re), im: f64x2.swap(z.im) })
    const c = this.arithmetic.keep({
      re: f64x2.load(table.get, offset + 16),
      im: f64x2.load(table.get, offset + 32),
    })
    const diagonal = this.shape.realKinetic
      ? this.arithmetic.scale(z, own)
      : this.arithmetic.multiply(z, this.arithmetic.keep({ re: own, im: f64x2.splat(table.get, offset + 8) }))
    return this.arithmetic.keep({
      re: this.arithmetic.multiplySubtract(
        turned.im,
        c.im,
        this.arithmetic.multiplyAdd(turned.re, c.re, diagonal.re),
      ),
      im: this.arithmetic.multiplyAdd(
        turned.im,
        c.re,
        this.arithmetic.multiplyAdd(turned.re, c.im, diagonal.im),
      ),
    })
  }

  protected load({ space, pointer, offset }: Place): Complex {
    const address = space.base + offset
    return this.arithmetic.keep({
      re: f64x2.load(pointer.get, address),
      im: f64x2.load(pointer.get, address + space.imaginary),
    })
  }

  protected loadAll(legs: readonly Place[]): Complex[] {
    return legs.map((leg) => this.load(leg))
  }

  protected store({ space, pointer, offset }: Place, z: Complex): void {
    const address = space.base + offset
    this.body.emit(f64x2.store(pointer.get, address, z.re))
    this.body.emit(f64x2.store(pointer.get, address + space.imaginary, z.im))
  }

  protected storeAll(legs: readonly Place[], x: readonly Complex[]): void {
    for (const [q, z] of x.entries()) this.store(legs[q], z)
  }
}

/** Length in vectors of a block at `level`: r_level · … · r_m. */
export function blockLength({ radices }: LineShape, level: number): number {
  return radices.slice(level).reduce((product, r) => product * r, 1)
}

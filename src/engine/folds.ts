/**
 * Lines with walls or zero flux. ψ with walls is the odd, ψ with zero flux the even part of a periodic line of twice
 * the length, of which the field holds one half,
 *
 *   odd     e = 0 … N−1 with ψ_0 = 0,   ψ_{2N−e} = −ψ_e,   N = n + 1
 *   even    e = 0 … N−1,                ψ_{2N−1−e} = ψ_e,   N = n
 *
 * Stage 1 has radix 2, so its butterflies take e and e + N, whose mirror image is N − e or N − 1 − e: `enter` reads
 * a half forwards and backwards and writes a whole line to the workspace, and `leave` brings back the half alone,
 * exactly symmetric. V is read as the field is.
 *
 * On the last axis the lanes are two neighbouring points. The mirror image of a vector is then one vector with its
 * lanes swapped (even), or a lane of each of two vectors (odd).
 */
import { i32, type Variable } from '../webassembly/index.js'
import { blockLength, PassWriter, type Place, type Space, type Start } from './passes.js'
import { type Complex, f64x2 } from './simd.js'

/** One butterfly of stage 1. */
interface Folded {
  /** In each half: the place of its first leg, and where the mirror image of the second begins. */
  readonly halves: readonly { readonly near: Place; readonly far: Place }[]
  /** Its first leg in the workspace. */
  readonly work: Place
  readonly factors: readonly Complex[] | undefined
  /** Whether its legs are the points e = 0 and N of an odd line, or vectors that begin with them. */
  readonly edge: boolean
}

export class FoldedWriter extends PassWriter {
  override enter(line: Variable, work: Variable): void {
    this.#fold(
      [{ space: this.shape.field, line }],
      work,
      ({ halves: [field], work: place, factors, edge }) => {
        const legs = this.legs(place, 0)
        if (edge && this.shape.lanes === 'lines') {
          for (const leg of legs) this.store(leg, { re: f64x2.zero, im: f64x2.zero })
          return
        }
        const near = this.#cleared(this.load(field.near), edge)
        const far = this.#mirrored(field.far, (at) => this.load(at), edge)
        this.forward(legs, factors, [near, this.shape.fold === 'odd' ? this.#negative(far) : far])
      },
    )
  }

  override leave(work: Variable, line: Variable): void {
    this.#fold(
      [{ space: this.shape.field, line }],
      work,
      ({ halves: [field], work: place, factors, edge }) => {
        if (edge && this.shape.lanes === 'lines') return
        const [x] = this.inverse(this.legs(place, 0), factors)
        this.store(field.near, this.#cleared(x, edge))
      },
    )
  }

  override turn(work: Variable, table: Variable, squared: boolean): void {
    const halves = [{ space: this.shape.potential, line: table }]
    this.#fold(halves, work, ({ halves: [v], work: place, factors, edge }) => {
      const legs = this.legs(place, 0)
      if (edge && this.shape.lanes === 'lines') {
        for (const leg of legs) this.store(leg, { re: f64x2.zero, im: f64x2.zero })
        return
      }
      const near = this.potential(v.near)
      const far = this.#mirrored(v.far, (at) => this.potential(at), edge)
      const x = this.inverse(legs, factors).map((z, q) =>
        this.#cleared(this.turned(z, q === 0 ? near : far, squared), edge),
      )
      this.forward(legs, factors, x)
    })
  }

  override sum(work: Variable, line: Variable, result: Space, table?: Variable): void {
    const { field, potential } = this.shape
    const halves = [
      { space: result, line },
      ...(table === undefined
        ? []
        : [
            { space: field, line },
            { space: potential, line: table },
          ]),
    ]
    this.#fold(halves, work, ({ halves: [to, psi, v], work: place, factors, edge }) => {
      if (edge && this.shape.lanes === 'lines') return
      const [x] = this.inverse(this.legs(place, 0), factors)
      const other =
        table === undefined ? this.load(to.near) : this.timesV(this.load(psi.near), this.potential(v.near))
      this.store(to.near, this.#cleared(this.arithmetic.add(x, other), edge))
    })
  }

  #fold(halves: readonly Start[], work: Variable, each: (butterfly: Folded) => void): void {
    const { lanes, fold, work: space, twiddles } = this.shape
    const count = blockLength(this.shape, 1)
    const pointer = (from: Variable, offset: number): Variable => {
      const variable = this.body.variable('i32')
      variable.set(i32.add(from.get, i32.const(offset)))
      return variable
    }
    // Odd lines of columns are mirrored about N, all others about N − ½ vectors.
    const farthest = fold === 'odd' && lanes === 'lines' ? count : count - 1
    const cursors = halves.map((half) => ({
      space: half.space,
      near: pointer(half.line, 0),
      far: pointer(half.line, farthest * half.space.stride),
    }))
    const place = pointer(work, 0)
    const factors = this.body.variable('i32')
    factors.set(i32.const(0))
    const one = (edge: boolean): void => {
      const twiddle: Complex = {
        re: f64x2.splat(factors.get, twiddles[0]),
        im: f64x2.splat(factors.get, twiddles[0] + 8),
      }
      const places = [
        { space, pointer: place, offset: 0 },
        ...cursors.flatMap((half) => [
          { space: half.space, pointer: half.near, offset: 0 },
          { space: half.space, pointer: half.far, offset: 0 },
        ]),
      ]
      this.across(places, ([at, ...others]) =>
        each({
          halves: cursors.map((_, h) => ({ near: others[2 * h], far: others[2 * h + 1] })),
          work: at,
          factors: edge ? undefined : [twiddle],
          edge,
        }),
      )
      place.advance(space.stride)
      factors.advance(16)
      for (const half of cursors) {
        half.near.advance(half.space.stride)
        half.far.advance(-half.space.stride)
      }
    }
    if (fold === 'odd') one(true)
    this.body.repeat(fold === 'odd' ? count - 1 : count, () => one(false))
  }

  /** What is read at the mirror image of a vector. */
  #mirrored(far: Place, read: (place: Place) => Complex, edge: boolean): Complex {
    const { lanes, fold } = this.shape
    const z = read(far)
    if (lanes === 'lines') return z
    if (fold === 'even') return this.arithmetic.keep({ re: f64x2.swap(z.re), im: f64x2.swap(z.im) })
    const next = edge
      ? { re: f64x2.zero, im: f64x2.zero }
      : read({ ...far, offset: far.offset + far.space.stride })
    return this.arithmetic.keep({ re: f64x2.blend(next.re, z.re), im: f64x2.blend(next.im, z.im) })
  }

  /** A vector with 0 at the point where an odd line vanishes. */
  #cleared(z: Complex, edge: boolean): Complex {
    if (!edge) return z
    return this.arithmetic.keep({ re: f64x2.blend(f64x2.zero, z.re), im: f64x2.blend(f64x2.zero, z.im) })
  }

  #negative(z: Complex): Complex {
    return this.arithmetic.keep({ re: f64x2.sub(f64x2.zero, z.re), im: f64x2.sub(f64x2.zero, z.im) })
  }
}

/** The writer for the passes of a line. */
export function passWriter(...[body, shape]: ConstructorParameters<typeof PassWriter>): PassWriter {
  return shape.fold === undefined ? new PassWriter(body, shape) : new FoldedWriter(body, shape)
}

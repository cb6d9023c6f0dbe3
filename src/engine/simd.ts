/**
 * Arithmetic of pairs of doubles (v128 as f64x2) and of complex vectors: two complex numbers held as a
 * vector of their real parts and a vector of their imaginary parts.
 *
 * With `fma` the products that are added to something are fused (relaxed SIMD): one rounding less, and bits
 * that may differ between processors. Without it every result is fixed by the WebAssembly specification.
 */
import { type Code, type FunctionBody, simd, unsigned } from '../webassembly/index.js'

const LOAD = simd(0x00)
const LOAD64_SPLAT = simd(0x0a)
const STORE = simd(0x0b)
const SWAP_LANES = [simd(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]
const LOW_LANES = [simd(0x0d), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]
const HIGH_LANES = [simd(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31]
const BLEND_LANES = [simd(0x0d), 0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29, 30, 31]
const ADD = simd(0xf0)
const SUB = simd(0xf1)
const MUL = simd(0xf2)
const DIV = simd(0xf3)
const LOAD_LITERAL = simd(0x0c)
const RELAXED_MADD = simd(0x107)
const RELAXED_NMADD = simd(0x108)

/** Alignment, as an exponent of 2, of loads and stores of one and two doubles. */
const [ONE, TWO] = [3, 4]

export const f64x2 = {
  load: (address: Code, offset: number): Code => [address, LOAD, TWO, unsigned(offset)],
  /** The double at an address, in both lanes. */
  splat: (address: Code, offset: number): Code => [address, LOAD64_SPLAT, ONE, unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [address, value, STORE, TWO, unsigned(offset)],
  /** (a₁, a₀). */
  swap: (a: Code): Code => [a, a, SWAP_LANES],
  /** (a₀, b₀) and (a₁, b₁). */
  low: (a: Code, b: Code): Code => [a, b, LOW_LANES],
  high: (a: Code, b: Code): Code => [a, b, HIGH_LANES],
  /** (a₀, b₁). */
  blend: (a: Code, b: Code): Code => [a, b, BLEND_LANES],
  add: (a: Code, b: Code): Code => [a, b, ADD],
  sub: (a: Code, b: Code): Code => [a, b, SUB],
  mul: (a: Code, b: Code): Code => [a, b, MUL],
  div: (a: Code, b: Code): Code => [a, b, DIV],
  /** 1 in both lanes. */
  one: [LOAD_LITERAL, ...Array.from(new Uint8Array(Float64Array.of(1, 1).buffer))] as Code,
  zero: [LOAD_LITERAL, ...Array<number>(16).fill(0)] as Code,
}

/** A complex vector, as the code that reads its parts. */
export interface Complex {
  readonly re: Code
  readonly im: Code
}

export class Arithmetic {
  readonly #body: FunctionBody
  readonly #fma: boolean

  constructor(body: FunctionBody, fma: boolean) {
    this.#body = body
    this.#fma = fma
  }

  keep(z: Complex): Complex {
    return { re: this.#body.keep(z.re), im: this.#body.keep(z.im) }
  }

  /** a·b + c. */
  multiplyAdd(a: Code, b: Code, c: Code): Code {
    return this.#fma ? [a, b, c, RELAXED_MADD] : f64x2.add(f64x2.mul(a, b), c)
  }

  /** c − a·b. */
  multiplySubtract(a: Code, b: Code, c: Code): Code {
    return this.#fma ? [a, b, c, RELAXED_NMADD] : f64x2.sub(c, f64x2.mul(a, b))
  }

  add(a: Complex, b: Complex): Complex {
    return this.keep({ re: f64x2.add(a.re, b.re), im: f64x2.add(a.im, b.im) })
  }

  subtract(a: Complex, b: Complex): Complex {
    return this.keep({ re: f64x2.sub(a.re, b.re), im: f64x2.sub(a.im, b.im) })
  }

  /** a + i·b for sign = 1, a − i·b for sign = −1. */
  addTurned(a: Complex, b: Complex, sign: 1 | -1): Complex {
    return this.keep(
      sign === 1
        ? { re: f64x2.sub(a.re, b.im), im: f64x2.add(a.im, b.re) }
        : { re: f64x2.add(a.re, b.im), im: f64x2.sub(a.im, b.re) },
    )
  }

  /** z·w. */
  multiply(z: Complex, w: Complex): Complex {
    return this.keep({
      re: this.multiplySubtract(z.im, w.im, f64x2.mul(z.re, w.re)),
      im: this.multiplyAdd(z.im, w.re, f64x2.mul(z.re, w.im)),
    })
  }

  /** z·w̄. */
  multiplyConjugate(z: Complex, w: Complex): Complex {
    return this.keep({
      re: this.multiplyAdd(z.im, w.im, f64x2.mul(z.re, w.re)),
      im: this.multiplySubtract(z.re, w.im, f64x2.mul(z.im, w.re)),
    })
  }

  /** e^{iφ} from t = tan(φ/2): (1 − t² + 2it)/(1 + t²). */
  phase(t: Code): Complex {
    const square = this.#body.keep(f64x2.mul(t, t))
    const inverse = this.#body.keep(f64x2.div(f64x2.one, f64x2.add(f64x2.one, square)))
    return this.keep({
      re: f64x2.mul(f64x2.sub(f64x2.one, square), inverse),
      im: f64x2.mul(f64x2.add(t, t), inverse),
    })
  }

  /** s·z with s a vector of reals. */
  scale(z: Complex, s: Code): Complex {
    return this.keep({ re: f64x2.mul(z.re, s), im: f64x2.mul(z.im, s) })
  }

  /** c − s·z with s a vector of reals. */
  scaleSubtract(z: Complex, s: Code, c: Complex): Complex {
    return this.keep({ re: this.multiplySubtract(z.re, s, c.re), im: this.multiplySubtract(z.im, s, c.im) })
  }

  /** s·z + c with s a vector of reals. */
  scaleAdd(z: Complex, s: Code, c: Complex): Complex {
    return this.keep({ re: this.multiplyAdd(z.re, s, c.re), im: this.multiplyAdd(z.im, s, c.im) })
  }
}

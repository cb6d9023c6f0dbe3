/**
 * Functions on consecutive vectors: what carries a field to and from arrays, and multiplies it by V. Addresses
 * are absolute; `count` is in vectors with their imaginary parts, if they have any.
 *
 *   transpose(at, count)                (re₀, im₀)(re₁, im₁) ⇄ (re₀, re₁)(im₀, im₁) in place; complex fields only
 *   multiply(at, V, count)              z ← V z
 *   copy(from, to, count)               as an array has it: transposed where it is complex
 *   copyTimes(from, V, to, count)       V z, as an array has it
 */
import { type Code, FunctionBody, type ModuleBuilder, type Variable } from '../webassembly/index.js'
import type { PotentialKind } from './passes.js'
import { Arithmetic, type Complex, f64x2 } from './simd.js'

export interface RowExports {
  readonly transpose: (at: number, count: number) => void
  readonly multiply: (at: number, potential: number, count: number) => void
  readonly copy: (from: number, to: number, count: number) => void
  readonly copyTimes: (from: number, potential: number, to: number, count: number) => void
}

/** Bytes of a vector of the field and of the factors V for it. */
export const VECTOR_BYTES: Readonly<Record<PotentialKind, { readonly field: number; readonly V: number }>> = {
  complex: { field: 32, V: 32 },
  phase: { field: 32, V: 16 },
  shared: { field: 32, V: 16 },
  separate: { field: 16, V: 16 },
}

/** @returns the number of `multiply`, for other functions to call */
export function exportRows(module: ModuleBuilder, kind: PotentialKind, fma: boolean): number {
  const write = (name: keyof RowExports, parameters: number, loop: (row: Row) => void): number => {
    const body = new FunctionBody(parameters)
    const row = new Row(body, kind, fma)
    body.repeatTimes(body.parameter(parameters - 1).get, () => loop(row))
    const target = module.add(body)
    module.export(name, target)
    return target
  }
  write('transpose', 2, (row) => row.copy(0, undefined, 0, true))
  write('copy', 3, (row) => row.copy(0, undefined, 1, true))
  write('copyTimes', 4, (row) => row.copy(0, 1, 2, true))
  return write('multiply', 3, (row) => row.copy(0, 1, 0, false))
}

/** One turn of the loop of such a function. */
class Row {
  readonly #body: FunctionBody
  readonly #kind: PotentialKind
  readonly #arithmetic: Arithmetic

  constructor(body: FunctionBody, kind: PotentialKind, fma: boolean) {
    this.#body = body
    this.#kind = kind
    this.#arithmetic = new Arithmetic(body, fma)
  }

  /** Copies a vector, times V where there is a table, between the addresses in these parameters. */
  copy(from: number, potential: number | undefined, to: number, transposed: boolean): void {
    const { field, V } = VECTOR_BYTES[this.#kind]
    const source = this.#body.parameter(from)
    const target = this.#body.parameter(to)
    const complex = field === 32
    let z = this.#load(source.get, complex)
    if (potential !== undefined) {
      const table = this.#body.parameter(potential)
      z = this.#times(z, table)
      table.advance(V)
    }
    if (complex) {
      const turned = transposed ? { re: f64x2.low(z.re, z.im), im: f64x2.high(z.re, z.im) } : z
      const { re, im } = this.#arithmetic.keep(turned)
      this.#body.emit(f64x2.store(target.get, 0, re))
      this.#body.emit(f64x2.store(target.get, 16, im))
    } else this.#body.emit(f64x2.store(target.get, 0, z.re))
    source.advance(field)
    if (to !== from) target.advance(field)
  }

  /** A vector; a real one has itself for its imaginary part. */
  #load(address: Code, complex: boolean): Complex {
    const re = this.#body.keep(f64x2.load(address, 0))
    return { re, im: complex ? this.#body.keep(f64x2.load(address, 16)) : re }
  }

  #times(z: Complex, table: Variable): Complex {
    switch (this.#kind) {
      case 'complex':
        return this.#arithmetic.multiply(z, this.#load(table.get, true))
      case 'phase':
        return this.#arithmetic.multiplyConjugate(z, this.#arithmetic.phase(this.#load(table.get, false).re))
      case 'shared':
        return this.#arithmetic.scale(z, this.#load(table.get, false).re)
      case 'separate': {
        const re = this.#body.keep(f64x2.mul(z.re, f64x2.load(table.get, 0)))
        return { re, im: re }
      }
    }
  }
}

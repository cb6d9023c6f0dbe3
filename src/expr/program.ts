/**
 * A straight-line program over registers. Every register is one block of values, so that a whole program runs on a
 * block while it is in the first-level cache; each operation is one tight loop over typed arrays.
 */

/** Values in a block: 8 kB a register. */
const BLOCK = 1024

/** A number known before the loop, or the register that holds an operation's result. */
export type Operand = number | Register

export interface Register {
  readonly values: Float64Array
}

type Operation = (count: number) => void
type Binary = (u: number, v: number) => number

export class Program {
  readonly #operations: Operation[] = []
  readonly #columns: readonly Register[]
  readonly #used: boolean[]

  constructor(columns: number) {
    this.#columns = Array.from({ length: columns }, () => ({ values: new Float64Array(BLOCK) }))
    this.#used = this.#columns.map(() => false)
  }

  column(index: number): Register {
    this.#used[index] = true
    return this.#columns[index]!
  }

  add(u: Operand, v: Operand): Operand {
    if (typeof u === 'number')
      return typeof v === 'number'
        ? u + v
        : this.#loop(v, (a, out, n) => {
            for (let k = 0; k < n; k++) out[k] = u + a[k]!
          })
    if (typeof v === 'number') return this.add(v, u)
    return this.#loop2(u, v, (a, b, out, n) => {
      for (let k = 0; k < n; k++) out[k] = a[k]! + b[k]!
    })
  }

  subtract(u: Operand, v: Operand): Operand {
    if (typeof v === 'number') return this.add(-v, u)
    if (typeof u === 'number')
      return this.#loop(v, (a, out, n) => {
        for (let k = 0; k < n; k++) out[k] = u - a[k]!
      })
    return this.#loop2(u, v, (a, b, out, n) => {
      for (let k = 0; k < n; k++) out[k] = a[k]! - b[k]!
    })
  }

  multiply(u: Operand, v: Operand): Operand {
    if (typeof u === 'number')
      return typeof v === 'number'
        ? u * v
        : this.#loop(v, (a, out, n) => {
            for (let k = 0; k < n; k++) out[k] = u * a[k]!
          })
    if (typeof v === 'number') return this.multiply(v, u)
    return this.#loop2(u, v, (a, b, out, n) => {
      for (let k = 0; k < n; k++) out[k] = a[k]! * b[k]!
    })
  }

  divide(u: Operand, v: Operand): Operand {
    if (typeof u === 'number')
      return typeof v === 'number'
        ? u / v
        : this.#loop(v, (a, out, n) => {
            for (let k = 0; k < n; k++) out[k] = u / a[k]!
          })
    if (typeof v === 'number')
      return this.#loop(u, (a, out, n) => {
        for (let k = 0; k < n; k++) out[k] = a[k]! / v
      })
    return this.#loop2(u, v, (a, b, out, n) => {
      for (let k = 0; k < n; k++) out[k] = a[k]! / b[k]!
    })
  }

  /** uⁿ for a whole n, by repeated squaring. */
  wholePower(u: Operand, n: number): Operand {
    if (typeof u === 'number') return u ** n
    if (n === 0) return 1
    let result: Operand | undefined
    let square: Operand = u
    for (let rest = Math.abs(n); ; ) {
      if (rest % 2 === 1) result = result === undefined ? square : this.multiply(result, square)
      rest = Math.floor(rest / 2)
      if (rest === 0) break
      square = this.multiply(square, square)
    }
    return n < 0 ? this.divide(1, result!) : result!
  }

  /** f(u). */
  map(f: (u: number, v: number) => number, u: Operand): Operand {
    if (typeof u === 'number') return f(u, 0)
    return this.#loop(u, (a, out, n) => {
      for (let k = 0; k < n; k++) out[k] = f(a[k]!, 0)
    })
  }

  /** f(u, v). */
  combine(f: Binary, u: Operand, v: Operand): Operand {
    if (typeof u === 'number')
      return typeof v === 'number'
        ? f(u, v)
        : this.#loop(v, (a, out, n) => {
            for (let k = 0; k < n; k++) out[k] = f(u, a[k]!)
          })
    if (typeof v === 'number')
      return this.#loop(u, (a, out, n) => {
        for (let k = 0; k < n; k++) out[k] = f(a[k]!, v)
      })
    return this.#loop2(u, v, (a, b, out, n) => {
      for (let k = 0; k < n; k++) out[k] = f(a[k]!, b[k]!)
    })
  }

  /** The values of `result` for columns of one length, block by block. */
  run(columns: readonly Float64Array[], result: Operand): Float64Array {
    const length = columns[0]?.length ?? 1
    const values = new Float64Array(length)
    if (typeof result === 'number') return values.fill(result)
    for (let start = 0; start < length; start += BLOCK) {
      const count = Math.min(BLOCK, length - start)
      this.#columns.forEach((register, k) => {
        if (this.#used[k]) register.values.set(columns[k]!.subarray(start, start + count))
      })
      for (const operation of this.#operations) operation(count)
      values.set(count === BLOCK ? result.values : result.values.subarray(0, count), start)
    }
    return values
  }

  #loop(u: Register, body: (a: Float64Array, out: Float64Array, n: number) => void): Register {
    const [a, out] = [u.values, new Float64Array(BLOCK)]
    this.#operations.push((count) => body(a, out, count))
    return { values: out }
  }

  #loop2(
    u: Register,
    v: Register,
    body: (a: Float64Array, b: Float64Array, out: Float64Array, n: number) => void,
  ): Register {
    const [a, b, out] = [u.values, v.values, new Float64Array(BLOCK)]
    this.#operations.push((count) => body(a, b, out, count))
    return { values: out }
  }
}

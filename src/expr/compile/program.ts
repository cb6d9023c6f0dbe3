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
/** One loop over n values: reads its inputs, writes its outputs, and keeps no array of either. */
export type Kernel = (inputs: readonly Float64Array[], outputs: readonly Float64Array[], n: number) => void

/** A register that is filled from a column before the operations run: value k is number k·stride + offset of it. */
interface Input extends Register {
  readonly column: number
  readonly stride: number
  readonly offset: number
}

export class Program {
  readonly #operations: Operation[] = []
  readonly #inputs: Input[] = []

  /** The register of a column; columns of interleaved parts have a stride. */
  column(column: number, stride: number = 1, offset: number = 0): Register {
    const known = this.#inputs.find((input) => input.column === column && input.offset === offset)
    if (known) return known
    const input = { column, stride, offset, values: new Float64Array(BLOCK) }
    this.#inputs.push(input)
    return input
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
    return wholePower<Operand>(u, n, {
      one: 1,
      multiply: (v, w) => this.multiply(v, w),
      divide: (v, w) => this.divide(v, w),
    })
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

  /** A kernel of several results; at once where all its inputs are numbers. */
  apply(kernel: Kernel, inputs: readonly Operand[], results: number): readonly Operand[] {
    const known = inputs.every((input) => typeof input === 'number')
    const size = known ? 1 : BLOCK
    const sources = inputs.map((input) =>
      typeof input === 'number' ? new Float64Array(size).fill(input) : input.values,
    )
    const outputs = Array.from({ length: results }, () => new Float64Array(size))
    if (known) {
      kernel(sources, outputs, 1)
      return outputs.map((values) => values[0]!)
    }
    this.#operations.push((count) => kernel(sources, outputs, count))
    return outputs.map((values) => ({ values }))
  }

  /** The results at `length` points, block by block, interleaved in one array. */
  run(columns: readonly Float64Array[], length: number, results: readonly Operand[]): Float64Array {
    const stride = results.length
    const values = new Float64Array(length * stride)
    this.#blocks(columns, length, (start, count) => {
      results.forEach((result, offset) => {
        store(result, values, start * stride + offset, stride, count)
      })
    })
    return values
  }

  /** The same with an array for each result. */
  runEach(columns: readonly Float64Array[], length: number, results: readonly Operand[]): Float64Array[] {
    const values = results.map(() => new Float64Array(length))
    this.#blocks(columns, length, (start, count) => {
      results.forEach((result, k) => {
        store(result, values[k]!, start, 1, count)
      })
    })
    return values
  }

  /** Runs the operations block by block, and hands over each that is done. */
  #blocks(
    columns: readonly Float64Array[],
    length: number,
    done: (start: number, count: number) => void,
  ): void {
    for (let start = 0; start < length; start += BLOCK) {
      const count = Math.min(BLOCK, length - start)
      for (const input of this.#inputs) load(input, columns[input.column]!, start, count)
      for (const operation of this.#operations) operation(count)
      done(start, count)
    }
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

function load({ values, stride, offset }: Input, column: Float64Array, start: number, count: number): void {
  if (stride === 1) values.set(column.subarray(start, start + count))
  else for (let k = 0, at = start * stride + offset; k < count; k++, at += stride) values[k] = column[at]!
}

function store(result: Operand, values: Float64Array, first: number, stride: number, count: number): void {
  if (typeof result === 'number') {
    for (let k = 0, at = first; k < count; k++, at += stride) values[at] = result
  } else if (stride === 1) {
    values.set(count === BLOCK ? result.values : result.values.subarray(0, count), first)
  } else for (let k = 0, at = first; k < count; k++, at += stride) values[at] = result.values[k]!
}

/** What is needed to raise to whole powers. */
interface Products<V> {
  readonly one: V
  readonly multiply: (u: V, v: V) => V
  readonly divide: (u: V, v: V) => V
}

/** uⁿ for a whole n, by repeated squaring. */
export function wholePower<V>(u: V, n: number, { one, multiply, divide }: Products<V>): V {
  if (n === 0) return one
  let result: V | undefined
  let square = u
  for (let rest = Math.abs(n); ; ) {
    if (rest % 2 === 1) result = result === undefined ? square : multiply(result, square)
    rest = Math.floor(rest / 2)
    if (rest === 0) break
    square = multiply(square, square)
  }
  return n < 0 ? divide(one, result!) : result!
}

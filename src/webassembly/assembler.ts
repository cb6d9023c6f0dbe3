/**
 * The binary format of WebAssembly, as far as the library needs it: functions of i32 parameters without
 * results, one imported memory, its own or shared between threads, locals, loops and calls (WebAssembly core
 * specification, chapter 5; threads proposal for shared memories).
 *
 * A module is the magic number, the version and a list of sections: id, length in bytes, content. Integers
 * are LEB128: groups of seven bits, least first, the top bit set on all but the last.
 */

/** Bytes of instructions, nested as the instructions take one another; flat only in the module. */
export type Code = readonly (number | Code)[]

export const VALUE_TYPE = { i32: 0x7f, v128: 0x7b } as const
export type ValueType = keyof typeof VALUE_TYPE

/** The numbers of one byte, each as the same array. */
const SMALL: readonly (readonly number[])[] = Array.from({ length: 128 }, (_, value) => [value])

/** Unsigned LEB128. */
export function unsigned(value: number): readonly number[] {
  if (value < SMALL.length) return SMALL[value]
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = (rest - low) / 128
    bytes.push(rest > 0 ? low + 128 : low)
  } while (rest > 0)
  return bytes
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  while (true) {
    const low = rest & 0x7f
    rest >>= 7
    // The last group carries the sign in its bit 6.
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      bytes.push(low)
      return bytes
    }
    bytes.push(low | 0x80)
  }
}

/** The prefix 0xfd and the number of a vector instruction. */
export const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)]

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  sub: (a: Code, b: Code): Code => [a, b, 0x6b],
  /** a/2, unsigned. */
  half: (a: Code): Code => [a, i32.const(1), 0x76],
}

/** Bytes that grow. */
class Bytes {
  length = 0
  #data = new Uint8Array(1024)

  push(byte: number): void {
    if (this.length === this.#data.length) {
      const more = new Uint8Array(2 * this.length)
      more.set(this.#data)
      this.#data = more
    }
    this.#data[this.length++] = byte
  }

  get view(): Uint8Array {
    return this.#data.subarray(0, this.length)
  }
}

/** One function while it is written: its parameters (all i32), its locals and its instructions. */
export class FunctionBody {
  readonly parameters: number
  readonly #code = new Bytes()
  readonly #locals: ValueType[] = []

  constructor(parameters: number) {
    this.parameters = parameters
  }

  /** The value of parameter `index`. */
  parameter(index: number): Variable {
    return new Variable(this, index)
  }

  variable(type: ValueType): Variable {
    this.#locals.push(type)
    return new Variable(this, this.parameters + this.#locals.length - 1)
  }

  /** Stores a value in a new local and returns the code that reads it. */
  keep(value: Code, type: ValueType = 'v128'): Code {
    const local = this.variable(type)
    local.set(value)
    return local.get
  }

  emit(code: Code): void {
    for (let i = 0; i < code.length; i++) {
      const part = code[i]
      if (typeof part === 'number') this.#code.push(part)
      else this.emit(part)
    }
  }

  /** Runs `body` `count` times, count ≥ 1 known at plan time. */
  repeat(count: number, body: () => void): void {
    if (count === 1) {
      body()
      return
    }
    this.repeatTimes(i32.const(count), body)
  }

  /** Runs `body` as often as a value says, at least once. */
  repeatTimes(count: Code, body: () => void): void {
    const left = this.variable('i32')
    left.set(count)
    this.emit([0x03, 0x40]) // loop, without a result
    body()
    // local.tee, br_if 0, end
    this.emit([i32.sub(left.get, i32.const(1)), 0x22, unsigned(left.index), 0x0d, 0x00, 0x0b])
  }

  call(target: number, ...parameters: Code[]): void {
    this.emit([parameters, 0x10, unsigned(target)])
  }

  /** The code entry: its length, locals in runs of one type, instructions, end. */
  get parts(): readonly Part[] {
    const runs: { type: ValueType; count: number }[] = []
    for (const type of this.#locals) {
      const last = runs.at(-1)
      if (last?.type === type) last.count++
      else runs.push({ type, count: 1 })
    }
    const locals = runs.flatMap(({ type, count }) => [...unsigned(count), VALUE_TYPE[type]])
    const head = [...unsigned(runs.length), ...locals]
    return [unsigned(head.length + this.#code.length + 1), head, this.#code.view, [0x0b]]
  }
}

/** A local variable or a parameter of a function. */
export class Variable {
  readonly index: number
  /** The code that reads it. */
  readonly get: Code
  readonly #body: FunctionBody

  constructor(body: FunctionBody, index: number) {
    this.#body = body
    this.index = index
    this.get = [0x20, unsigned(index)]
  }

  set(value: Code): void {
    this.#body.emit([value, 0x21, unsigned(this.index)])
  }

  /** Adds a constant to an i32 variable. */
  advance(step: number): void {
    if (step !== 0) this.set(i32.add(this.get, i32.const(step)))
  }
}

/** Pages of 64 KiB that 32-bit addresses can reach. */
export const MAX_PAGES = 65536

/** A module with one imported memory `env.memory`; functions are numbered in the order they are added. */
export class ModuleBuilder {
  readonly #shared: boolean
  readonly #functions: FunctionBody[] = []
  readonly #exports = new Map<string, number>()

  /** @param shared whether the memory is shared between threads */
  constructor(shared = false) {
    this.#shared = shared
  }

  /** Adds a finished function and returns its number. */
  add(body: FunctionBody): number {
    this.#functions.push(body)
    return this.#functions.length - 1
  }

  export(name: string, target: number): void {
    this.#exports.set(name, target)
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const arities = [...new Set(this.#functions.map((f) => f.parameters))]
    const types = arities.map((n) => [0x60, ...unsigned(n), ...Array<number>(n).fill(VALUE_TYPE.i32), 0x00])
    // A memory of at least one page; a shared one must name the most that it may have.
    const limits = this.#shared ? [0x03, 0x01, ...unsigned(MAX_PAGES)] : [0x00, 0x01]
    const memory = [...name('env'), ...name('memory'), 0x02, ...limits]
    const functions = this.#functions.map((f) => unsigned(arities.indexOf(f.parameters)))
    const exports = [...this.#exports].map(([key, target]) => [...name(key), 0x00, ...unsigned(target)])
    const codes = this.#functions.map((f) => f.parts)
    const parts = [
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // '\0asm', version 1
      ...section(1, types.map(alone)),
      ...section(2, [alone(memory)]),
      ...section(3, functions.map(alone)),
      ...section(7, exports.map(alone)),
      ...section(10, codes),
    ]
    const bytes = new Uint8Array(lengthOf(parts))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }
}

/** A piece of a module; entries are written as some of them. */
type Part = ArrayLike<number>

const alone = (part: Part): readonly Part[] => [part]

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}

function name(text: string): number[] {
  return [...unsigned(text.length), ...Array.from(text, (c) => c.charCodeAt(0))]
}

function section(id: number, entries: readonly (readonly Part[])[]): readonly Part[] {
  const content = [unsigned(entries.length), ...entries.flat()]
  return [[id, ...unsigned(lengthOf(content))], ...content]
}

/**
 * The stepper of the generated code, for periodic axes. The field stays in the memory of the module; after a
 * run it lacks the last V, which `store` multiplies in and which the next run finds merged with its first.
 */
import { PsilabError } from '../error.js'
import { multiplyField, readField, writeField } from './field.js'
import { aligned, type Layout } from './layout.js'
import type { Plan } from './plan.js'
import { multiplyInto, programOf, type Stepper, type StepperRequest } from './request.js'
import type { LineExports, SweepExports } from './sweeps.js'
import { writeKinetic, writeTwiddles } from './tables.js'
import { type Memory, webAssembly } from './webassembly.js'

const PAGE = 65536
/** All that a memory with 32-bit addresses can hold. */
const MAX_PAGES = 65536

export function generatedStepper({ layout, module }: Plan, request: StepperRequest): Stepper {
  const { first, last, kinetic, potential } = programOf(request)
  // Equal tables, such as both T of a step of fourth order, are stored once.
  const kineticTables = distinct(kinetic)
  const potentialTables = distinct(potential)
  const kineticStart = layout.field + aligned(layout.fieldBytes)
  const potentialStart = kineticStart + kineticTables.values.length * layout.kineticBytes
  const bytes = potentialStart + potentialTables.values.length * aligned(layout.fieldBytes)
  const memory = allocate(bytes, layout)
  const doubles = new Float64Array(memory.buffer)

  writeTwiddles(doubles, layout)
  const kineticAt = kineticTables.values.map((_, i) => kineticStart + i * layout.kineticBytes)
  for (const [i, tables] of kineticTables.values.entries())
    writeKinetic(doubles, kineticAt[i], layout, tables)
  const potentialAt = potentialTables.values.map((_, i) => potentialStart + i * aligned(layout.fieldBytes))
  for (const [i, tables] of potentialTables.values.entries())
    writeProduct(doubles, potentialAt[i], layout, tables)
  /** Address of the K table of each T, and distance from the field of the V table after it. */
  const K = kineticTables.index.map((i) => kineticAt[i])
  const V = potentialTables.index.map((i) => potentialAt[i] - layout.field)

  const { exports } = new webAssembly.Instance(module(), { engine: { memory } })
  const advance =
    layout.points.length === 1
      ? chain(exports as unknown as LineExports, K, V)
      : alternate(exports as unknown as SweepExports, K, V)
  const size = layout.points.reduce((product, n) => product * n, 1)
  const width = layout.real ? 1 : 2
  /** Whether the field still lacks the last V of the steps it has made. */
  let pending = false
  return {
    kind: 'webassembly',
    load(psi) {
      writeField(doubles, layout.field, layout, psi, width)
      pending = false
    },
    run(count) {
      if (count <= 0) return
      if (pending) multiplyField(doubles, layout.field, layout.field + V[V.length - 1], layout)
      else if (first !== undefined) {
        const psi = new Float64Array(width * size)
        readField(doubles, layout.field, layout, psi, width)
        multiplyInto(psi, first, width)
        writeField(doubles, layout.field, layout, psi, width)
      }
      advance(count * K.length)
      pending = true
    },
    store(psi) {
      readField(doubles, layout.field, layout, psi, width)
      if (pending && last !== undefined) multiplyInto(psi, last, width)
    },
  }
}

/** Runs `count` stages T with the V between them. */
type Advance = (count: number) => void

function chain({ enter, middle, step, leave }: LineExports, K: number[], V: number[]): Advance {
  const period = K.length
  return (count) => {
    enter(0)
    middle(0, K[0])
    for (let t = 1; t < count; t++) step(V[(t - 1) % period], K[t % period])
    leave(0)
  }
}

function alternate(exports: SweepExports, K: number[], V: number[]): Advance {
  const { single0, double0, single1, double1 } = exports
  const period = K.length
  return (count) => {
    single0(K[0])
    for (let t = 1; t < count; t++) {
      const [before, v, after] = [K[(t - 1) % period], V[(t - 1) % period], K[t % period]]
      if (t % 2 === 1) double1(before, v, after)
      else double0(before, v, after)
    }
    const last = K[(count - 1) % period]
    if (count % 2 === 1) single1(last)
    else single0(last)
  }
}

function allocate(bytes: number, layout: Layout): Memory {
  const pages = Math.ceil(bytes / PAGE)
  if (pages <= MAX_PAGES) {
    try {
      return new webAssembly.Memory({ initial: pages, maximum: pages })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  const size = layout.points.reduce((product, n) => product * n, 1)
  throw new PsilabError({
    code: 'too-large',
    parameter: 'grid.points',
    problem: `a step on ${layout.points.join(' × ')} points needs ${Math.ceil(bytes / 2 ** 20)} MiB`,
    allowed: `what the machine has free, at most ${(MAX_PAGES * PAGE) / 2 ** 20} MiB`,
    got: size,
    advice: 'Take fewer points.',
  })
}

/** Writes the product of some tables as a field, by way of the field of ψ. */
function writeProduct(
  memory: Float64Array,
  address: number,
  layout: Layout,
  [table, ...others]: readonly Float64Array[],
): void {
  writeField(memory, address, layout, table, 2)
  for (const other of others) {
    writeField(memory, layout.field, layout, other, 2)
    multiplyField(memory, address, layout.field, layout)
  }
}

/** Some lists of tables, each of equal ones once, and for every given list which of them it is. */
function distinct(all: readonly (readonly Float64Array[])[]): {
  values: (readonly Float64Array[])[]
  index: number[]
} {
  const values: (readonly Float64Array[])[] = []
  const index = all.map((tables) => {
    const found = values.findIndex(
      (others) => tables.length === others.length && tables.every((table, d) => equal(table, others[d])),
    )
    return found >= 0 ? found : values.push(tables) - 1
  })
  return { values, index }
}

function equal(a: Float64Array, b: Float64Array): boolean {
  return a === b || (a.length === b.length && a.every((v, i) => Object.is(v, b[i])))
}

/** What a stepper keeps in its memory beside the field, and where: its tables, each once, and the workspaces. */
import type { FieldMemory } from './field.js'
import { multiplyPotential, writePotential } from './field.js'
import { aligned, type Layout } from './layout.js'
import { type Factors, programOf, type StepperRequest } from './request.js'
import { writeKinetic } from './tables.js'

/** One T of a step and the V after it, as addresses of their tables. */
export interface ArrangedStage {
  readonly K: number
  readonly V: number
  /** V is applied twice. */
  readonly squared: boolean
}

export interface Arrangement {
  /** Of the whole memory. */
  readonly bytes: number
  readonly stages: readonly ArrangedStage[]
  /** V before the first step and after the last. */
  readonly first: number | undefined
  readonly last: number | undefined
  /** Workspace of each thread. */
  readonly work: readonly number[]
  readonly kinetic: readonly Placed<readonly Float64Array[]>[]
  /** Products of factors. */
  readonly potential: readonly Placed<readonly Factors[]>[]
}

interface Placed<Table> {
  readonly address: number
  readonly table: Table
}

export function arrangementOf(layout: Layout, request: StepperRequest, threads: number): Arrangement {
  const { first, last, kinetic, potential } = programOf(request)
  let end = layout.field + aligned(layout.fieldBytes)
  const take = (bytes: number): number => {
    const address = end
    end += aligned(bytes)
    return address
  }
  const K: Placed<readonly Float64Array[]>[] = []
  const V: Placed<readonly Factors[]>[] = []
  /** The address of a table, that of an equal one where there is one already. */
  const place = <Table extends readonly Factors[]>(
    all: Placed<Table>[],
    table: Table,
    bytes: number,
  ): number => {
    const found = all.find(({ table: other }) => sameAll(table, other))
    if (found !== undefined) return found.address
    const address = take(bytes)
    all.push({ address, table })
    return address
  }
  const placeV = (table: readonly Factors[]): number => place(V, table, layout.potentialBytes)
  const firstV = first && placeV([first])
  const lastV = last && placeV([last])
  const stages = kinetic.map((tables, i) => {
    const product = potential[i]
    const squared =
      layout.squares && kinetic.length > 1 && product.length === 2 && same(product[0], product[1])
    return {
      K: place(K, tables, layout.kineticBytes),
      V: placeV(squared ? product.slice(0, 1) : product),
      squared,
    }
  })
  const work = Array.from({ length: threads }, () => take(layout.workBytes))
  return { bytes: end, stages, first: firstV, last: lastV, work, kinetic: K, potential: V }
}

/** Writes all tables; products of factors are tables of their own, after those of the factors. */
export function writeTables(memory: FieldMemory, { kinetic, potential }: Arrangement): void {
  const { doubles, layout } = memory
  for (const { address, table } of kinetic) writeKinetic(doubles, address, layout, table)
  for (const { address, table } of potential) {
    const [known, ...others] = table.map(
      (one) => potential.find((placed) => placed.table.length === 1 && same(placed.table[0], one))!.address,
    )
    if (table.length === 1) writePotential(memory, address, table[0])
    else doubles.copyWithin(address / 8, known / 8, (known + layout.potentialBytes) / 8)
    for (const other of others) multiplyPotential(memory, address, other)
  }
}

function sameAll(a: readonly Factors[], b: readonly Factors[]): boolean {
  return a.length === b.length && a.every((one, i) => same(one, b[i]))
}

/** Whether two tables are one, or arrays of the same bits. */
function same(a: Factors, b: Factors): boolean {
  if (a === b || typeof a === 'function' || typeof b === 'function') return a === b
  return a.length === b.length && a.every((v, i) => Object.is(v, b[i]))
}

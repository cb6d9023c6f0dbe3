/**
 * What a stepper is asked to do: advance ψ by steps that are products of factors in x and factors in k.
 */
import { PsilabError } from '../error.js'
import { radicesOf } from '../numeric/index.js'

export type StepperBoundary = 'periodic' | 'walls' | 'zero-flux'

/**
 * One axis. With L the length of the box and n points, the modes and where the points lie are
 *
 *   periodic   e^{iκx},  κ = 2πk/L, k = 0, 1, … , −1 (FFT order)    x_j = a + j·L/n
 *   walls      sin κ(x−a), κ = πk/L, k = 1 … n                       x_j = a + j·L/(n+1), j = 1 … n
 *   zero-flux  cos κ(x−a), κ = πk/L, k = 0 … n−1                     x_j = a + (j+½)·L/n
 */
export interface StepperAxis {
  readonly points: number
  readonly boundary: StepperBoundary
}

/** One factor of a step. */
export type StepperStage =
  | {
      readonly part: 'V'
      /** Complex factor of each point, interleaved, length 2·size, C order. */
      readonly table: Float64Array
    }
  | {
      readonly part: 'T'
      /** For each axis the complex factors of its modes, interleaved; a mode takes their product. */
      readonly tables: readonly Float64Array[]
    }

export interface StepperRequest {
  readonly axes: readonly StepperAxis[]
  /** From first applied to last: V and T in turns, V at one end at least. The tables are not copied. */
  readonly stages: readonly StepperStage[]
  /** ψ and all factors are real; `load` and `store` take one number a point. Default false. */
  readonly real?: boolean
  /**
   * Fused multiply-add where the engine has it: faster, with bits that may differ between machines.
   * Default 'off': the same bits everywhere.
   */
  readonly fma?: 'auto' | 'off'
}

export interface Stepper {
  /** How steps are computed: generated code, or the reference for shapes that this does not cover. */
  readonly kind: 'webassembly' | 'reference'
  /** Takes ψ: interleaved, length 2·size, or with `real` length size. */
  load(psi: Float64Array): void
  /** Advances by `count` steps. */
  run(count: number): void
  /** Writes ψ to an array of the form that `load` takes. */
  store(psi: Float64Array): void
}

/** A step as the generated code takes it: first V (if any), then each T with the V after it, over and over. */
export interface Program {
  /** Before the first step. */
  readonly first: Float64Array | undefined
  readonly kinetic: readonly (readonly Float64Array[])[]
  /** The tables whose product follows each T; the last joins the end of a step to the beginning of the next. */
  readonly potential: readonly (readonly Float64Array[])[]
  /** After the last step. */
  readonly last: Float64Array | undefined
}

/** Refuses lengths that have no fast transform, with the nearest ones that have. */
export function requireLengths(axes: readonly StepperAxis[]): void {
  for (const { points, boundary } of axes) {
    const walls = boundary === 'walls'
    const fits = (n: number): boolean => radicesOf(walls ? n + 1 : n) !== undefined
    if (Number.isInteger(points) && points >= 1 && fits(points)) continue
    const near = (step: 1 | -1): number => {
      let n = Math.max(1, Math.round(points) || 1)
      while (n > 1 && !fits(n)) n += step
      return n
    }
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid.points',
      problem: `no fast transform of this length with boundary '${boundary}'`,
      allowed: walls ? 'one less than a product of 2, 3 and 5' : 'products of 2, 3 and 5',
      got: points,
      advice: `Try ${[...new Set([near(-1), near(1)])].join(' or ')}.`,
    })
  }
}

export function programOf({ axes, stages, real }: StepperRequest): Program {
  const size = axes.reduce((product, { points }) => product * points, 1)
  stages.forEach((stage, s) => {
    if (s > 0 && stages[s - 1].part === stage.part) refuse('two neighbouring stages are of one part')
    if (real === true) requireReal(stage.part === 'V' ? [stage.table] : stage.tables)
    if (stage.part === 'V') requireLength(stage.table, size)
    else {
      if (stage.tables.length !== axes.length) refuse('a stage T has not one table for each axis')
      for (const [d, table] of stage.tables.entries()) requireLength(table, axes[d].points)
    }
  })
  const [head, tail] = [stages.at(0), stages.at(-1)]
  const first = head?.part === 'V' ? head.table : undefined
  const last = tail?.part === 'V' ? tail.table : undefined
  const kinetic = stages.flatMap((stage) => (stage.part === 'T' ? [stage.tables] : []))
  if (kinetic.length === 0) refuse('a step has no stage T')
  if (first === undefined && last === undefined) refuse('a step neither begins nor ends with V')
  const between = stages.slice(1, -1).flatMap((stage) => (stage.part === 'V' ? [[stage.table]] : []))
  const joint = [last, first].filter((table) => table !== undefined)
  return { first, kinetic, potential: [...between, joint], last }
}

/** psi ← psi·table; the table is interleaved complex, psi so too (`width` 2) or real (1). */
export function multiplyInto(psi: Float64Array, table: Float64Array, width: 1 | 2 = 2): void {
  if (width === 1) {
    for (let i = 0; i < psi.length; i++) psi[i] *= table[2 * i]
    return
  }
  for (let i = 0; i < psi.length; i += 2) {
    const re = psi[i] * table[i] - psi[i + 1] * table[i + 1]
    psi[i + 1] = psi[i] * table[i + 1] + psi[i + 1] * table[i]
    psi[i] = re
  }
}

function requireLength(table: Float64Array, points: number): void {
  if (table.length !== 2 * points)
    refuse(`a table has ${table.length} numbers where ${points} complex factors need ${2 * points}`)
}

function requireReal(tables: readonly Float64Array[]): void {
  for (const table of tables)
    for (let i = 1; i < table.length; i += 2)
      if (table[i] !== 0) refuse('a factor of a step of real fields is not real')
}

function refuse(problem: string): never {
  throw new PsilabError({ code: 'parameter', parameter: 'stages', problem })
}

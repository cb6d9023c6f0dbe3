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

/**
 * Complex factor of each point, interleaved, C order: an array of length 2·size, or what fills `out` with the
 * factors of the points from `first` on, which needs no memory of its own. Stages with the same factors share
 * one table; of functions, where they are the same function.
 */
export type Factors = Float64Array | ((first: number, out: Float64Array) => void)

/** One factor of a step. */
export type StepperStage =
  | { readonly part: 'V'; readonly table: Factors }
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
   * What all factors are, for less memory and time: real, as in imaginary time, whether ψ is or not; or phases, as
   * in real time. Default 'complex', with `real` 'real'.
   */
  readonly factors?: 'complex' | 'real' | 'phases'
  /**
   * Threads in two and three dimensions, this one included; the same bits for any number. Default: the cores
   * where the field is large enough to gain by it. One where the host has no threads that can be waited for.
   */
  readonly threads?: number
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
  /**
   * Advances by `count` steps. `cancelled` is asked every few milliseconds, also within a step; when it says
   * true the run ends: after the step that it is in where that takes no more than some 25 ms, at once otherwise.
   * @returns the whole steps done
   */
  run(count: number, cancelled?: () => boolean): number
  /** Whether it holds a field: not after a run ended within a step, until the next `load`. */
  readonly whole: boolean
  /** Writes ψ to an array of the form that `load` takes. */
  store(psi: Float64Array): void
  /** Hands ψ over piece by piece, each with its place in the array that `store` would fill, and valid for the call only. */
  read(reader: (numbers: Float64Array, at: number) => void): void
  /**
   * Takes other factors for the same stages, which costs less than another stepper; the field has to be loaded again.
   * @returns false where these stages share their tables in another way, and nothing has changed
   */
  retable?(stages: readonly StepperStage[]): boolean
}

/** A step as the generated code takes it: first V (if any), then each T with the V after it, over and over. */
export interface Program {
  /** Before the first step. */
  readonly first: Factors | undefined
  readonly kinetic: readonly (readonly Float64Array[])[]
  /** The tables whose product follows each T; the last joins the end of a step to the beginning of the next. */
  readonly potential: readonly (readonly Factors[])[]
  /** After the last step. */
  readonly last: Factors | undefined
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

export function programOf({ axes, stages }: StepperRequest): Program {
  const size = sizeOf(axes)
  stages.forEach((stage, s) => {
    if (s > 0 && stages[s - 1].part === stage.part) refuse('two neighbouring stages are of one part')
    if (stage.part === 'V') {
      if (typeof stage.table !== 'function') requireLength(stage.table, size)
    } else {
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

export function sizeOf(axes: readonly { readonly points: number }[]): number {
  return axes.reduce((product, { points }) => product * points, 1)
}

/** Factors as an array. */
export function tableOf(factors: Factors, size: number): Float64Array {
  if (typeof factors !== 'function') return factors
  const table = new Float64Array(2 * size)
  factors(0, table)
  return table
}

/** Real numbers as complex ones, interleaved. */
export function interleaved(values: Float64Array): Float64Array {
  const complex = new Float64Array(2 * values.length)
  for (let i = 0; i < values.length; i++) complex[2 * i] = values[i]
  return complex
}

/** psi ← psi·table, both interleaved complex. */
export function multiplyInto(psi: Float64Array, table: Float64Array): void {
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

/** Refuses a request for its stages. */
export function refuse(problem: string): never {
  throw new PsilabError({ code: 'parameter', parameter: 'stages', problem })
}

/**
 * The exported functions: what a step does with the whole field.
 *
 * One dimension: enter, middle(K), step(V, K) = turn(V)·middle(K), leave.
 *
 * Two and three dimensions: the kinetic factors of the axes commute, T = T_A T_B with A the first axis and B
 * the others, so consecutive steps may take them in turns:
 *
 *   … V · T_A T_B · V · T_B T_A · V · T_A T_B · V …
 *
 * Everything between the T of one group is then one sweep over memory, T_B V T_B for each plane (or row) and
 * T_A V T_A for each block of columns, and each sweep brings the field one step on: its lines stay in the
 * cache from the first stage to the last. The exports are, for g = 0 (A) and 1 (B),
 *
 *   single_g(K)  T_g          double_g(K, V, K′)  T_g(K′) V T_g(K)          squared_g(K, V, K′)  the same with V²
 *
 * and times(V), which multiplies by V. Each takes a part of the field, `count` units from the offset `start` on, which are independent of each
 * other, and a workspace; so threads share a sweep, and the result is the same however they do.
 */
import { type Code, FunctionBody, i32, ModuleBuilder, type Variable } from '../webassembly/index.js'
import type { Layout } from './layout.js'
import { type LineFunctions, lineFunctions } from './line.js'
import type { LineShape } from './passes.js'
import { exportRows, VECTOR_BYTES } from './rows.js'

/** The exports of a module in one dimension. */
export interface LineExports {
  readonly enter: (line: number, work: number) => void
  readonly middle: (work: number, table: number) => void
  readonly step: (work: number, potential: number, table: number) => void
  readonly leave: (work: number, line: number) => void
}

/** Names of the sweeps of steps, the squared ones only in plans with `squares`. */
export const SWEEPS = ['single0', 'single1', 'double0', 'double1', 'squared0', 'squared1', 'times'] as const

/** A sweep over some units of the field; tables that it does not need are ignored. */
export type Sweep = (start: number, count: number, work: number, K: number, V: number, next: number) => void

/** What a sweep can be divided into: parts of the field that are independent of each other. */
export interface Units {
  readonly count: number
  /** Bytes from one to the next. */
  readonly step: number
}

/** The WebAssembly module of the steps on a layout. */
export function moduleOf(layout: Layout, shared: boolean): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder(shared)
  const last = layout.points.length - 1
  const lines = layout.lines.map((shape) => lineFunctions(module, inPlace(shape), layout.squares))
  const multiply = exportRows(module, layout.potential, layout.fma)
  if (last === 0) exportLine(module, lines[0])
  else {
    exportSweeps(module, layout, lines)
    exportTimes(module, layout, multiply)
  }
  return module.bytes()
}

/** Steps work in the field itself, which is faster than by way of a workspace; but for lines of which it has half. */
function inPlace(shape: LineShape): LineShape {
  return shape.fold === undefined ? { ...shape, work: shape.field } : shape
}

function exportLine(module: ModuleBuilder, line: LineFunctions): void {
  const step = new FunctionBody(3)
  const [work, potential, table] = [0, 1, 2].map((i) => step.parameter(i).get)
  step.call(line.turn, work, potential)
  step.call(line.middle, work, table)
  module.export('enter', line.enter)
  module.export('middle', line.middle)
  module.export('step', module.add(step))
  module.export('leave', line.leave)
}

/** The units of the sweeps along the first axis and along the others. */
export function unitsOf(layout: Layout): readonly Units[] {
  const { points, strides, real } = layout
  if (points.length === 1) return [{ count: 1, step: 0 }]
  const along0 = points.length === 2 ? blocks(layout, 0) : { count: points[1], step: strides[1] }
  const half = points.length === 2 && real ? 2 : 1
  return [along0, { count: points[0] / half, step: strides[0] }]
}

/** Blocks of columns in a row. */
export function blocks({ lines, rowVectors, real, strides }: Layout, d: number): Units {
  const { width } = lines[d]
  return { count: rowVectors / (real ? 2 : 1) / width, step: width * strides[strides.length - 1] }
}

/** Rows in a plane, of which two real ones go together. */
export function rowsOfPlane({ points, strides, real }: Layout): Units {
  const last = points.length - 1
  return { count: points[last - 1] / (real ? 2 : 1), step: strides[last - 1] }
}

/** The address of V for the line at an offset. */
export function potentialOf({ potential }: Layout, table: Variable, line: Code): Code {
  return i32.add(table.get, VECTOR_BYTES[potential].V < VECTOR_BYTES[potential].field ? i32.half(line) : line)
}

function exportSweeps(module: ModuleBuilder, layout: Layout, lines: readonly LineFunctions[]): void {
  const last = layout.points.length - 1
  /** Where the line at an offset along axis d is transformed. */
  const workOf = (body: FunctionBody, d: number, line: Code): Code =>
    layout.lines[d].fold === undefined ? line : body.parameter(2).get
  /** T on the line at an offset, by the K table in a parameter, and the two T with V between them. */
  const single = (body: FunctionBody, d: number, line: Code, K: Variable): void => {
    const { enter, middle, leave } = lines[d]
    const work = workOf(body, d, line)
    body.call(enter, line, work)
    body.call(middle, work, tableOf(layout, K, d))
    body.call(leave, work, line)
  }
  const double = (body: FunctionBody, d: number, line: Code, squared: boolean): void => {
    const { enter, middle, turn, turnSquared, leave } = lines[d]
    const [K, V, next] = [3, 4, 5].map((i) => body.parameter(i))
    const work = workOf(body, d, line)
    body.call(enter, line, work)
    body.call(middle, work, tableOf(layout, K, d))
    body.call(squared ? turnSquared! : turn, work, potentialOf(layout, V, line))
    body.call(middle, work, tableOf(layout, next, d))
    body.call(leave, work, line)
  }
  const group = (
    body: FunctionBody,
    g: number,
    innermost: (d: number, line: Code) => void,
    before?: Variable,
    after?: Variable,
  ): void => {
    const [start, count] = [body.parameter(0), body.parameter(1)]
    const units = { count: count.get, step: unitsOf(layout)[g].step }
    if (last === 1) nest(body, start.get, [units], (line) => innermost(g, line))
    else if (g === 0) nest(body, start.get, [units, blocks(layout, 0)], (line) => innermost(0, line))
    else
      nest(body, start.get, [units], (plane) => {
        const columns = (K: Variable): void =>
          nest(body, plane, [blocks(layout, 1)], (line) => single(body, 1, line, K))
        if (before !== undefined) columns(before)
        nest(body, plane, [rowsOfPlane(layout)], (line) => innermost(2, line))
        if (after !== undefined) columns(after)
      })
  }
  for (const g of [0, 1]) {
    const once = new FunctionBody(6)
    const K = once.parameter(3)
    group(once, g, (d, line) => single(once, d, line, K), K)
    module.export(`single${g}`, module.add(once))
    for (const squared of layout.squares ? [false, true] : [false]) {
      const twice = new FunctionBody(6)
      const innermost = (d: number, line: Code): void => double(twice, d, line, squared)
      group(twice, g, innermost, twice.parameter(3), twice.parameter(5))
      module.export(`${squared ? 'squared' : 'double'}${g}`, module.add(twice))
    }
  }
}

/** The units of `times`: all that lies in one piece along the first axis. */
export function slices({ points, strides }: Layout): Units {
  return { count: points[0], step: strides[0] }
}

function exportTimes(module: ModuleBuilder, layout: Layout, multiply: number): void {
  const body = new FunctionBody(6)
  const [start, count, V] = [0, 1, 4].map((i) => body.parameter(i))
  const { step } = slices(layout)
  const vectors = step / layout.strides[layout.strides.length - 1]
  nest(body, start.get, [{ count: count.get, step }], (line) =>
    body.call(
      multiply,
      i32.add(line, i32.const(layout.field)),
      potentialOf(layout, V, line),
      i32.const(vectors),
    ),
  )
  module.export('times', module.add(body))
}

/** The part of a K table for an axis. */
export function tableOf({ kinetic }: Layout, start: Variable, d: number): Code {
  return i32.add(start.get, i32.const(kinetic[d]))
}

interface Loop {
  readonly count: number | Code
  readonly step: number
}

/** Nested loops over offsets in the field, the outermost first. */
export function nest(
  body: FunctionBody,
  start: Code,
  loops: readonly Loop[],
  each: (line: Code) => void,
): void {
  const [loop, ...inner] = loops
  if (loop === undefined) {
    each(start)
    return
  }
  const offset = body.variable('i32')
  offset.set(start)
  const turn = (): void => {
    nest(body, offset.get, inner, each)
    offset.advance(loop.step)
  }
  if (typeof loop.count === 'number') body.repeat(loop.count, turn)
  else body.repeatTimes(loop.count, turn)
}

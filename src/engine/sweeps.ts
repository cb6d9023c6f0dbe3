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
 *   single_g(K)  T_g          double_g(K, V, K′)  T_g(K′) V T_g(K)
 */
import { type Code, FunctionBody, i32, ModuleBuilder, type Variable } from './assembler.js'
import type { Layout } from './layout.js'
import { type LineFunctions, lineFunctions } from './line.js'

/** The exports of a module in one dimension. */
export interface LineExports {
  readonly enter: (line: number) => void
  readonly middle: (line: number, table: number) => void
  readonly step: (potential: number, table: number) => void
  readonly leave: (line: number) => void
}

/** The exports of a module in two and three dimensions. */
export interface SweepExports {
  readonly single0: (table: number) => void
  readonly double0: (table: number, potential: number, next: number) => void
  readonly single1: (table: number) => void
  readonly double1: (table: number, potential: number, next: number) => void
}

/** The WebAssembly module of a layout. */
export function moduleOf(layout: Layout): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder()
  const lines = layout.lines.map((shape) => lineFunctions(module, shape))
  if (lines.length === 1) exportLine(module, lines[0])
  else exportSweeps(module, layout, lines)
  return module.bytes()
}

function exportLine(module: ModuleBuilder, line: LineFunctions): void {
  const step = new FunctionBody(2)
  step.call(line.turn, i32.const(0), step.parameter(0).get)
  step.call(line.middle, i32.const(0), step.parameter(1).get)
  module.export('enter', line.enter)
  module.export('middle', line.middle)
  module.export('step', module.add(step))
  module.export('leave', line.leave)
}

function exportSweeps(module: ModuleBuilder, layout: Layout, lines: readonly LineFunctions[]): void {
  const { strides, points } = layout
  const last = points.length - 1
  const half = layout.real ? 2 : 1
  const blocks = (d: number): Loop => {
    const { width, vectorStep } = layout.lines[d]
    return { count: layout.rowVectors / half / width, step: width * vectorStep }
  }
  const table = (start: Variable, d: number): Code => i32.add(start.get, i32.const(layout.kinetic[d]))
  const rows: Loop = { count: points[last - 1] / half, step: strides[last - 1] }
  const planes: Loop = { count: points[0], step: strides[0] }
  const columnLoops = last === 1 ? [blocks(0)] : [{ count: points[1], step: strides[1] }, blocks(0)]

  for (const group of [0, 1]) {
    const single = new FunctionBody(1)
    const singleTable = single.parameter(0)
    const double = new FunctionBody(3)
    const [before, potential, after] = [0, 1, 2].map((i) => double.parameter(i))
    const lineAxis = group === 0 ? 0 : last
    const singleLine = (line: Code): void =>
      kinetic(single, lines[lineAxis], line, table(singleTable, lineAxis))
    const doubleLine = (line: Code): void => {
      const { enter, middle, turn, leave } = lines[lineAxis]
      double.call(enter, line)
      double.call(middle, line, table(before, lineAxis))
      double.call(turn, line, potential.get)
      double.call(middle, line, table(after, lineAxis))
      double.call(leave, line)
    }
    if (group === 0) {
      nest(single, i32.const(0), columnLoops, singleLine)
      nest(double, i32.const(0), columnLoops, doubleLine)
    } else if (last === 1) {
      nest(single, i32.const(0), [rows], singleLine)
      nest(double, i32.const(0), [rows], doubleLine)
    } else {
      const columns = (body: FunctionBody, plane: Code, start: Variable): void =>
        nest(body, plane, [blocks(1)], (line) => kinetic(body, lines[1], line, table(start, 1)))
      nest(single, i32.const(0), [planes], (plane) => {
        columns(single, plane, singleTable)
        nest(single, plane, [rows], singleLine)
      })
      nest(double, i32.const(0), [planes], (plane) => {
        columns(double, plane, before)
        nest(double, plane, [rows], doubleLine)
        columns(double, plane, after)
      })
    }
    module.export(`single${group}`, module.add(single))
    module.export(`double${group}`, module.add(double))
  }
}

/** T on one line. */
function kinetic(body: FunctionBody, { enter, middle, leave }: LineFunctions, line: Code, table: Code): void {
  body.call(enter, line)
  body.call(middle, line, table)
  body.call(leave, line)
}

interface Loop {
  readonly count: number
  readonly step: number
}

/** Nested loops over offsets in the field, the outermost first. */
function nest(body: FunctionBody, start: Code, loops: readonly Loop[], each: (line: Code) => void): void {
  const [loop, ...inner] = loops
  if (loop === undefined) {
    each(start)
    return
  }
  const offset = body.variable('i32')
  offset.set(start)
  body.repeat(loop.count, () => {
    nest(body, offset.get, inner, each)
    offset.advance(loop.step)
  })
}

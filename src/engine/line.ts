/**
 * The functions that take a line of the field from x to k and back. A line is `length` vectors; `width` adjacent
 * lines go together. They are transformed in a workspace, where they lie close; it may be the field itself. With
 * the stages r₁ … r_m of factors.ts
 *
 *   enter    forward stage 1, from the field to the workspace
 *   middle   forward stages 2 … m−1 · [forward m · K · inverse m] · inverse stages m−1 … 2
 *   turn     [inverse stage 1 · V · forward stage 1]
 *   leave    inverse stage 1, from the workspace to the field
 *
 * where brackets are one pass over memory. So T is enter·middle·leave and a chain of steps is
 * enter · middle · (turn · middle)ⁿ · leave.
 */

import { FunctionBody, type ModuleBuilder, type Variable } from '../webassembly/index.js'
import { passWriter } from './folds.js'
import { blockLength, KINETIC_BYTES, type LineShape, type PassWriter } from './passes.js'

/** Numbers of the functions. */
export interface LineFunctions {
  /** (offset of the line in the field, address of the workspace). */
  readonly enter: number
  /** (workspace, address of the K table). */
  readonly middle: number
  /** (workspace, address of V for the line). */
  readonly turn: number
  /** The same with V², where asked for. */
  readonly turnSquared: number | undefined
  /** (workspace, offset of the line in the field). */
  readonly leave: number
}

/** A block that fits the first-level cache is transformed pass by pass, a larger one depth first. */
const CACHED_BYTES = 33 * 1024

export function lineFunctions(module: ModuleBuilder, shape: LineShape, squares: boolean): LineFunctions {
  const two = (write: (pass: PassWriter, a: Variable, b: Variable) => void): number => {
    const body = new FunctionBody(2)
    write(passWriter(body, shape), body.parameter(0), body.parameter(1))
    return module.add(body)
  }
  return {
    enter: two((pass, line, work) => pass.enter(line, work)),
    middle: middleFunction(module, shape),
    turn: two((pass, work, table) => pass.turn(work, table, false)),
    turnSquared: squares ? two((pass, work, table) => pass.turn(work, table, true)) : undefined,
    leave: two((pass, work, line) => pass.leave(work, line)),
  }
}

/** After stage 1 the line is r₁ parts, which go one after the other. */
export function middleFunction(module: ModuleBuilder, shape: LineShape): number {
  const rest = block(module, shape, 1)
  const body = new FunctionBody(2)
  eachPart(body, shape, 0, rest, body.parameter(0), body.parameter(1))
  return module.add(body)
}

/** The function (block, K table) for all stages from `level` on, forward, K and inverse. */
function block(module: ModuleBuilder, shape: LineShape, level: number): number {
  const { radices, work, width } = shape
  const last = radices.length - 1
  const length = blockLength(shape, level)
  const cached = length * Math.min(work.stride, width * work.step) <= CACHED_BYTES
  const inner = cached || level >= last ? undefined : block(module, shape, level + 1)
  const body = new FunctionBody(2)
  const pass = passWriter(body, shape)
  const [start, table] = [body.parameter(0), body.parameter(1)]
  if (inner === undefined) {
    const count = (stage: number) => length / blockLength(shape, stage)
    for (let stage = level; stage < last; stage++) pass.stage(start, stage, count(stage), 'forward')
    // A line of one stage, which `turn` takes, leaves K alone here.
    if (level > last) pass.kinetic(start, table, length, 1)
    else pass.kinetic(start, table, count(last), radices[last])
    for (let stage = last - 1; stage >= level; stage--) pass.stage(start, stage, count(stage), 'inverse')
  } else {
    pass.stage(start, level, 1, 'forward')
    const [part, factors] = [body.variable('i32'), body.variable('i32')]
    part.set(start.get)
    factors.set(table.get)
    eachPart(body, shape, level, inner, part, factors)
    pass.stage(start, level, 1, 'inverse')
  }
  return module.add(body)
}

/** Calls a function for each of the parts of a block, advancing the variables. */
function eachPart(
  body: FunctionBody,
  shape: LineShape,
  level: number,
  target: number,
  part: Variable,
  table: Variable,
): void {
  const length = blockLength(shape, level + 1)
  body.repeat(shape.radices[level], () => {
    body.call(target, part.get, table.get)
    part.advance(length * shape.work.stride)
    table.advance(length * KINETIC_BYTES[shape.lanes])
  })
}

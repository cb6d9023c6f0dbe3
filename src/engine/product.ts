/**
 * The module of the operator ψ ↦ Σ_d T_d ψ + ζψ. The field ψ stays; the sum grows in a second field after it.
 * For each axis a line of ψ is transformed in the workspace, multiplied by the factors Dκ² and added, the first
 * time to ζψ. The sweeps are, with the axes in the groups of sweeps.ts,
 *
 *   sum0(K, ζ)  T_A ψ + ζψ          sum1(K)  T_B ψ on top
 */

import { type Code, FunctionBody, ModuleBuilder, type Variable } from '../webassembly/index.js'
import { passWriter } from './folds.js'
import { aligned, type Layout } from './layout.js'
import { middleFunction } from './line.js'
import type { LineShape, PassWriter } from './passes.js'
import { exportRows } from './rows.js'
import { blocks, nest, potentialOf, rowsOfPlane, tableOf, unitsOf } from './sweeps.js'

/** Address of the field of the sum. */
export function sumOf({ field, fieldBytes }: Layout): number {
  return field + aligned(fieldBytes)
}

export function operatorModule(layout: Layout, shared: boolean): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder(shared)
  const last = layout.points.length - 1
  const along = layout.lines.map((shape, d) => addTo(module, layout, shape, d === 0))
  unitsOf(layout).forEach((units, g) => {
    const body = new FunctionBody(6)
    const [start, count, work, K, V] = [0, 1, 2, 3, 4].map((i) => body.parameter(i))
    const own = { count: count.get, step: units.step }
    const axis = (d: number, line: Code): void =>
      body.call(
        along[d],
        line,
        work.get,
        tableOf(layout, K, d),
        ...(d === 0 ? [potentialOf(layout, V, line)] : []),
      )
    if (last <= 1) nest(body, start.get, [own], (line) => axis(g, line))
    else if (g === 0) nest(body, start.get, [own, blocks(layout, 0)], (line) => axis(0, line))
    else
      nest(body, start.get, [own], (plane) => {
        nest(body, plane, [blocks(layout, 1)], (line) => axis(1, line))
        nest(body, plane, [rowsOfPlane(layout)], (line) => axis(2, line))
      })
    module.export(`sum${g}`, module.add(body))
  })
  exportRows(module, layout.potential, layout.fma)
  return module.bytes()
}

/** The function (line, workspace, K, V) that adds T ψ along one axis to the sum; V where the axis is the first. */
function addTo(module: ModuleBuilder, layout: Layout, shape: LineShape, first: boolean): number {
  const middle = middleFunction(module, shape)
  const two = (write: (pass: PassWriter, a: Variable, b: Variable, c?: Variable) => void): number => {
    const body = new FunctionBody(first ? 3 : 2)
    const third = first ? body.parameter(2) : undefined
    write(passWriter(body, shape), body.parameter(0), body.parameter(1), third)
    return module.add(body)
  }
  const enterBody = new FunctionBody(2)
  passWriter(enterBody, shape).enter(enterBody.parameter(0), enterBody.parameter(1))
  const enter = module.add(enterBody)
  const target = { ...shape.field, base: sumOf(layout) }
  const sum = two((pass, work, line, table) => pass.sum(work, line, target, table))
  const body = new FunctionBody(first ? 4 : 3)
  const [line, work, K] = [0, 1, 2].map((i) => body.parameter(i).get)
  body.call(enter, line, work)
  body.call(middle, work, K)
  body.call(sum, work, line, ...(first ? [body.parameter(3).get] : []))
  return module.add(body)
}

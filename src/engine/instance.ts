/** A plan's module in a memory of its own, with the roots of unity written: what a stepper and an operator start from. */

import { webAssembly } from '../webassembly/index.js'
import type { FieldMemory } from './field.js'
import { memoryFor } from './memory.js'
import type { Plan } from './plan.js'
import type { RowExports } from './rows.js'

/**
 * @param kind which functions of the plan
 * @param bytes what its field, tables and room to work take
 */
export function instanceOf(plan: Plan, kind: 'steps' | 'operator', bytes: number, threads: number) {
  const { layout } = plan
  const shared = threads > 1
  const memory = memoryFor(bytes, shared, layout.axes)
  const module = plan.module(kind, shared)
  const { exports } = new webAssembly.Instance(module, { env: { memory } })
  const field: FieldMemory = {
    layout,
    doubles: new Float64Array(memory.buffer),
    rows: exports as unknown as RowExports,
  }
  field.doubles.set(plan.twiddles())
  return { memory, module, exports, field }
}

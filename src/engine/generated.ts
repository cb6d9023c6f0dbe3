/**
 * The stepper of the generated code, for periodic axes. The field stays in the memory of the module; after a
 * run it lacks the last V, which `store` multiplies in and which the next run finds merged with its first.
 */
import { type ArrangedStage, type Arrangement, arrangementOf, writeTables } from './arrangement.js'
import { type Crew, crewOf } from './crew.js'
import { type FieldMemory, fill, type Reader, readField, writeField } from './field.js'
import { instanceOf } from './instance.js'
import type { Layout } from './layout.js'
import type { Plan } from './plan.js'
import { type Stepper, type StepperRequest, sizeOf } from './request.js'
import { type LineExports, SWEEPS, slices, unitsOf } from './sweeps.js'
import { settleTeam } from './team.js'

/** A cancelled run ends with a whole step where that takes fewer points times sweeps: some 25 ms. */
const FINISHED = 2 ** 21
/**
 * Steps between which a line with walls or zero flux is made exactly symmetric again, so that rounding does not grow
 * in the other symmetry (in imaginary time that of lower energy).
 */
const SYMMETRIC_EVERY = 64
/** Points times steps between which a run in one dimension asks whether to go on: some 5 ms. */
const ASKED = 2 ** 19

export function generatedStepper(plan: Plan, request: StepperRequest, threads: number): Stepper {
  const { layout } = plan
  const arrangement = arrangementOf(layout, request, threads)
  const { stages, first, last, work } = arrangement
  const { memory, module, exports, field } = instanceOf(plan, 'steps', arrangement.bytes, threads)
  writeTables(field, arrangement)
  const advance =
    layout.points.length === 1
      ? chain(field, exports as unknown as LineExports, arrangement)
      : alternate(
          layout,
          crewOf({ module, memory, sweeps: SWEEPS, work }, exports, sizeOf(request.axes)),
          arrangement,
        )
  const joint = stages[stages.length - 1]
  /** Whether the field still lacks the last V of the steps it has made. */
  let pending = false
  let whole = true
  const read = (reader: Reader): void => {
    readField(field, layout.field, work[0], pending ? last : undefined, reader)
  }
  return {
    kind: 'webassembly',
    get whole() {
      return whole
    },
    load(psi) {
      settleTeam()
      writeField(field, layout.field, psi)
      pending = false
      whole = true
    },
    run(count, cancelled) {
      if (count <= 0 || cancelled?.() === true) return 0
      const due = pending ? joint : first === undefined ? undefined : { V: first, squared: false }
      // Stays so where the caller's program is ended in the midst.
      whole = false
      const advanced = advance(count, due, cancelled)
      pending = true
      whole = advanced.whole
      return advanced.steps
    },
    store: (psi) => read(fill(psi)),
    read,
    retable(others) {
      const next = arrangementOf(layout, { ...request, stages: others }, threads)
      if (addressesOf(next) !== addressesOf(arrangement)) return false
      settleTeam()
      writeTables(field, next)
      return true
    },
  }
}

/** Where an arrangement has its tables, as a key. */
function addressesOf({ bytes, first, last, stages }: Arrangement): string {
  return JSON.stringify([bytes, first, last, stages])
}

interface Advanced {
  readonly steps: number
  readonly whole: boolean
}

/** Multiplies by the V that is due, then makes `count` steps without the last V. */
type Advance = (
  count: number,
  due: Pick<ArrangedStage, 'V' | 'squared'> | undefined,
  cancelled: (() => boolean) | undefined,
) => Advanced

function chain(
  { layout, rows }: FieldMemory,
  { enter, middle, step, leave }: LineExports,
  { stages, work: [workspace] }: Arrangement,
): Advance {
  const [length] = layout.points
  const period = stages.length
  const asked = Math.ceil(ASKED / length / period)
  const folded = layout.lines[0].fold !== undefined
  // A whole line is transformed where it lies.
  const work = folded ? workspace : 0
  const joint = stages[period - 1]
  return (count, due, cancelled) => {
    let V = due?.V
    for (let steps = 0; ; V = joint.V) {
      if (V !== undefined) rows.multiply(layout.field, V, length / 2)
      const end = folded ? Math.min(count, steps + SYMMETRIC_EVERY) : count
      enter(0, work)
      middle(work, stages[0].K)
      for (let t = 1; ; t++) {
        if (t % period === 0) {
          steps++
          if (steps === end) break
          if (steps % asked === 0 && cancelled?.() === true) break
        }
        step(work, stages[(t - 1) % period].V, stages[t % period].K)
      }
      leave(work, 0)
      if (steps < end || steps === count) return { steps, whole: true }
    }
  }
}

function alternate(layout: Layout, crew: Crew, { stages }: Arrangement): Advance {
  const period = stages.length
  const units = unitsOf(layout)
  const size = sizeOf(layout.axes)
  return (count, due, cancelled) => {
    crew.gather()
    let total = count * period
    let finishing = false
    /** Whether to give up in sweep t, or only to end with the step that it belongs to. */
    const ask = (t: number): boolean => {
      if (finishing || cancelled?.() !== true) return false
      finishing = true
      const end = Math.min(total, period * Math.ceil((t + 1) / period))
      if ((end - t + 1) * size >= FINISHED) return true
      total = end
      return false
    }
    const abandoned = (t: number): Advanced => ({
      steps: Math.floor(Math.max(0, t - 1) / period),
      whole: false,
    })
    const V = (stage: Pick<ArrangedStage, 'V' | 'squared'>, t: number): boolean => {
      for (let times = stage.squared ? 2 : 1; times > 0; times--)
        if (!crew.sweep('times', slices(layout), { V: stage.V }, asking(t))) return false
      return true
    }
    const asking = (t: number) => (cancelled === undefined ? undefined : () => ask(t))
    if (due !== undefined && !V(due, 0)) return abandoned(0)
    if (!crew.sweep('single0', units[0], { K: stages[0].K }, asking(0))) return abandoned(0)
    for (let t = 1; t < total; t++) {
      const [before, after] = [stages[(t - 1) % period], stages[t % period]]
      const g = t % 2
      const tables = { K: before.K, V: before.V, next: after.K }
      if (!crew.sweep(`${before.squared ? 'squared' : 'double'}${g}`, units[g], tables, asking(t)))
        return abandoned(t)
    }
    const g = total % 2
    if (!crew.sweep(`single${g}`, units[g], { K: stages[(total - 1) % period].K }, asking(total)))
      return abandoned(total)
    return { steps: total / period, whole: true }
  }
}

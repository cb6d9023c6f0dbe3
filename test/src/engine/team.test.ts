import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { stepper } from '../../../src/engine/index.js'
import { f64x2 } from '../../../src/engine/simd.js'
import { type SharedPlan, teamFor } from '../../../src/engine/team.js'
import { FunctionBody, ModuleBuilder, webAssembly } from '../../../src/webassembly/index.js'
import { periodic, randomField, requestOf, sizeOf } from './_requests.js'

/** Milliseconds for workers to start on a busy machine. */
const START = 20_000

/** A plan for two threads whose sweep `mark` only leaves a 1 in the workspace of whoever does a part. */
function marking(): { plan: SharedPlan; marks: Float64Array; mark: (work: number) => void } {
  const module = new ModuleBuilder(true)
  const body = new FunctionBody(6)
  body.emit(f64x2.store(body.parameter(2).get, 0, f64x2.one))
  module.export('mark', module.add(body))
  const compiled = new webAssembly.Module(module.bytes())
  const memory = new webAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const { exports } = new webAssembly.Instance(compiled, { env: { memory } })
  const run = (exports as { mark: (start: number, count: number, work: number) => void }).mark
  return {
    plan: { module: compiled, memory, sweeps: ['mark'], work: [0, 64] },
    marks: new Float64Array(memory.buffer),
    mark: (work) => run(0, 1, work),
  }
}

const CALL = { export: 0, units: 1000, step: 0, K: 0, V: 0, next: 0 }

describe('a team', () => {
  it('has its workers do parts of the sweeps', () => {
    const { plan, marks, mark } = marking()
    const team = teamFor(-1, plan)
    const start = Date.now()
    while (marks[8] === 0 && Date.now() - start < START)
      expect(team.sweep(-1, 2, CALL, () => mark(0))).toBe(true)
    expect([marks[0], marks[8]]).toEqual([1, 1])
  })

  it('leaves a sweep that is cancelled, or whose caller throws, and does the next one', () => {
    const { plan } = marking()
    const team = teamFor(-2, plan)
    expect(
      team.sweep(
        -2,
        2,
        CALL,
        () => {},
        () => true,
      ),
    ).toBe(false)
    const fail = (): never => {
      throw new Error('in the midst')
    }
    expect(() => team.sweep(-2, 1, CALL, fail)).toThrow('in the midst')
    let done = 0
    expect(
      team.sweep(-2, 1, CALL, (_, count) => {
        done += count
      }),
    ).toBe(true)
    expect(done).toBe(CALL.units)
  })
})

it('a program that is ended from outside in the midst of a run can run again, with the same result', () => {
  const trial = { axes: periodic(64, 64), angle: 0.7, method: 'strang' as const }
  const psi = randomField(2 * sizeOf(trial.axes))
  const one = stepper({ ...requestOf(trial), threads: 2 })
  const after = (count: number): Float64Array => {
    one.load(psi)
    one.run(count)
    const result = new Float64Array(psi.length)
    one.store(result)
    return result
  }
  const expected = after(20)
  const scope = globalThis as { runForEver?: () => void }
  scope.runForEver = () => one.run(1e9)
  for (let times = 0; times < 10; times++) {
    expect(() => runInThisContext('runForEver()', { timeout: 30 })).toThrow(/timed out/)
    expect(one.whole).toBe(false)
    expect(after(20)).toEqual(expected)
  }
  delete scope.runForEver
})

import { afterEach, expect, it, vi } from 'vitest'
import { type Factors, memoryOf, type StepperRequest, stepper } from '../../../src/engine/index.js'
import { webAssembly } from '../../../src/webassembly/index.js'
import { periodic } from './_requests.js'

const { Memory } = webAssembly

/** Makes a list of the bytes of every memory that is taken. */
function listMemories(): number[] {
  const taken: number[] = []
  class Listed extends Memory {
    constructor(size: ConstructorParameters<typeof Memory>[0]) {
      super(size)
      taken.push(size.initial * PAGE)
    }
  }
  Object.assign(webAssembly, { Memory: Listed })
  return taken
}

afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(webAssembly, { Memory })
})

/** What 128³ complex points may take beside the state that goes in and the one that comes out. */
const ALLOWED = 100e6
const PAGE = 65536

/** The factors 1, times a phase. */
const constant =
  (re: number, im: number): Factors =>
  (_, out) => {
    for (let i = 0; i < out.length; i += 2) {
      out[i] = re
      out[i + 1] = im
    }
  }

/** A step of fourth order, V T V T V, of fields of n³ points. */
function cube(n: number, factors: 'phases' | 'real'): StepperRequest {
  const outer = factors === 'real' ? constant(0.9, 0) : constant(0.6, -0.8)
  const inner = factors === 'real' ? constant(0.8, 0) : constant(0.8, 0.6)
  const ones = new Float64Array(2 * n).map((_, i) => 1 - (i % 2))
  const T = { part: 'T' as const, tables: [ones, ones, ones] }
  return {
    axes: periodic(n, n, n),
    factors,
    threads: 2,
    stages: [{ part: 'V', table: outer }, T, { part: 'V', table: inner }, T, { part: 'V', table: outer }],
  }
}

it.each(['phases', 'real'] as const)('128³ complex points step within 100 MB, factors %s', (factors) => {
  const request = cube(128, factors)
  const memories = listMemories()
  const before = process.memoryUsage()
  stepper(request)
  const after = process.memoryUsage()
  const taken = memories.reduce((sum, bytes) => sum + bytes, 0)
  expect(memoryOf(request)).toBeLessThanOrEqual(ALLOWED)
  expect(taken).toBeGreaterThanOrEqual(memoryOf(request))
  expect(taken).toBeLessThan(memoryOf(request) + PAGE)
  expect(taken + after.arrayBuffers - before.arrayBuffers).toBeLessThan(ALLOWED)
})

it('256³ complex points fit a memory, 512³ are refused with what they need', () => {
  expect(memoryOf(cube(256, 'phases'))).toBeLessThan(2 ** 32)
  expect(() => stepper(cube(512, 'phases'))).toThrow(
    /grid.points: a step on 512 × 512 × 512 points needs \d+ MiB; allowed: at most 4096 MiB.*; got 134217728/,
  )
})

it.runIf('availableMemory' in process)('what the machine has not free is refused', () => {
  vi.spyOn(process as { availableMemory: () => number }, 'availableMemory').mockReturnValue(20 * 2 ** 20)
  const memories = listMemories()
  expect(() => stepper(cube(96, 'phases'))).toThrow(/needs \d+ MiB; .* what is free, now 20 MiB/)
  expect(memories).toEqual([])
})

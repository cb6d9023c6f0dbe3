import { expect, it } from 'vitest'
import { qde, wavePacket } from '../../../src/qde/index.js'

const hashOf = (drawn: { figure: () => { provenance: { problem?: string } } }): string | undefined =>
  drawn.figure().provenance.problem

it('all figures of a problem share its hash, also where each chose its own grid', () => {
  const problem = qde({ objective: 'x^4', D: 0.5 })
  const evolution = problem.evolve(wavePacket({ x0: 1, sigma: 0.3 }), { until: 0.5, frames: 8 })
  const drawn = [problem, problem.eigenstates(3), problem.thermodynamics(), evolution]
  expect(new Set(drawn.map(hashOf)).size).toBe(1)
  const points = drawn.map((each) => each.figure().problem?.grid[0]?.points)
  expect(new Set(points).size).toBeGreaterThan(1)
})

it('an objective that is a function is known by its values', () => {
  const hash = hashOf(qde({ objective: (x: number) => x ** 4, D: 1 }))
  expect(hash).toMatch(/^[0-9a-f]{16}$/)
  expect(hashOf(qde({ objective: (y: number) => y * y * y * y, D: 1 }))).toBe(hash)
  expect(hashOf(qde({ objective: (x: number) => x ** 4 + 1e-6 * x, D: 1 }))).not.toBe(hash)
})

it('a given box is part of the problem, a chosen one is not', () => {
  const boxed = (upper: number) =>
    hashOf(qde({ objective: '0*x', D: 1, grid: { lower: 0, upper, points: 32 } }))
  expect(boxed(1)).toBe(boxed(1))
  expect(boxed(2)).not.toBe(boxed(1))
})

/** Boundaries are symmetries: walls the odd part, zero flux the even part of a ring of twice the length. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaveFunction } from '../../../src/grid/index.js'
import { gaussianPacket } from '../../../src/qde/closedForm/index.js'
import { type GridOptions, qde } from '../../../src/qde/index.js'
import {
  angle,
  at,
  BOX,
  difference,
  diffusion,
  greatest,
  packet,
  runs,
  type Well,
  well,
  wellText,
} from './_draw.js'

/** The same steps on two lists of points: rounding. */
const SAME_STEPS = 1e-12
const LEVELS = 1e-10
/** Two runs of tolerance 1e-10 in boxes whose ends the state does not reach. */
const CONFINED = 1e-9

const LENGTH = 6
const POINTS = 64

const zeta =
  ({ tilt, square, quartic, ripple }: Well) =>
  (x: number): number =>
    tilt * x + square * x ** 2 + quartic * x ** 4 + ripple * Math.sin(2 * x)

/** Boundary at 0 of a half line, the sign of the mirror image, and how far the ring's points are shifted. */
const CASES = [
  { boundary: 'walls', sign: -1, shift: 0 },
  { boundary: 'zero-flux', sign: 1, shift: 0.5 },
] as const

describe.each(CASES)('$boundary', ({ boundary, sign, shift }) => {
  const half: GridOptions = { lower: 0, upper: LENGTH, points: POINTS, boundary }
  const offset = (shift * LENGTH) / POINTS
  const ring: GridOptions = {
    lower: -LENGTH + offset,
    upper: LENGTH + offset,
    points: 2 * POINTS,
    boundary: 'periodic',
  }

  it('evolves as that part of the doubled ring, step for step', () => {
    fc.assert(
      fc.property(well, diffusion, angle, (w, D, theta) => {
        const onHalf = qde({ objective: zeta(w), D, grid: half })
        const onRing = qde({ objective: (x: number) => zeta(w)(Math.abs(x)), D, grid: ring })
        const start = gaussianPacket({ x0: 2.8, sigma: 0.4, k0: -2 }).sample(onHalf.grid)
        const options = { until: 1, angle: theta, frames: 1, method: 'strang', steps: 50 } as const
        const one = onHalf.evolve(start, options).final
        const other = onRing.evolve(mirrored(start), options).final
        // A normalised ring has half of its norm on either side.
        const scale = theta === 0 ? 1 : Math.SQRT2
        const restricted = new WaveFunction(
          one.grid,
          one.values.map((_, i) => scale * other.values[i + other.values.length - one.values.length]),
        )
        expect(difference(restricted, one)).toBeLessThan(SAME_STEPS)
      }),
      runs(4),
    )

    /** The state continued to x < 0; its points right of 0 are the ring's last. */
    function mirrored(state: WaveFunction): WaveFunction {
      const { grid } = qde({ objective: '0', D: 1, grid: ring })
      const values = new Float64Array(2 * grid.size)
      const [x] = state.grid.columns
      x.forEach((_, j) => {
        const right = grid.size - state.grid.size + j
        // Of n points −L, −L + dx, …: the image of point i is n − i, and without a point at 0 it is n − 1 − i.
        const left = grid.size - right - (shift === 0 ? 0 : 1)
        for (const c of [0, 1]) {
          values[2 * right + c] = state.values[2 * j + c]
          values[2 * left + c] = sign * state.values[2 * j + c]
        }
      })
      return new WaveFunction(grid, values)
    }
  })
})

describe('levels', () => {
  it('of walls and of zero flux are together those of the doubled ring', () => {
    fc.assert(
      fc.property(well, diffusion, (w, D) => {
        const even = (x: number): number => w.square * x ** 2 + w.quartic * x ** 4
        const halves = CASES.flatMap(({ boundary }) =>
          Array.from(
            qde({
              objective: even,
              D,
              grid: { lower: 0, upper: 8, points: 96, boundary },
            }).eigenstates(4).energies,
          ),
        )
        const whole = qde({
          objective: even,
          D,
          grid: { lower: -8, upper: 8, points: 192, boundary: 'periodic' },
        }).eigenstates(8)
        expect(
          greatest(
            whole.energies,
            halves.sort((a, b) => a - b),
          ),
        ).toBeLessThan(LEVELS)
      }),
      runs(2),
    )
  })
})

describe('a confined state', () => {
  it('does not know the boundary of its box', () => {
    fc.assert(
      fc.property(well, diffusion, packet, angle, (w, D, p, theta) => {
        const boundaries = ['walls', 'periodic', 'zero-flux'] as const
        const results = boundaries.map((boundary) => {
          const problem = qde({ objective: wellText(w), D, grid: { ...BOX, boundary } })
          const run = problem.evolve(at(p), { until: 1, angle: theta, frames: 1, tolerance: 1e-10 })
          return [
            ...problem.eigenstates(4).energies,
            ...run.final.mean(),
            ...run.final.variance(),
            run.logNorm[1],
          ]
        })
        for (const other of results.slice(1)) expect(greatest(other, results[0])).toBeLessThan(CONFINED)
      }),
      runs(2),
    )
  })
})

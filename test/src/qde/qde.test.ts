import { describe, expect, it } from 'vitest'
import { FIGURE_MIME, JUPYTER_DISPLAY } from '../../../src/figure/index.js'
import { landscape, qde, wavePacket } from '../../../src/qde/index.js'

describe('qde', () => {
  it('prints the equation and the choices', () => {
    const problem = qde({ objective: '(x^2 - 1)^2 + a*x', parameters: { a: 0.2 }, D: 0.1 })
    expect(String(problem)).toMatch(/^i ∂ψ\/∂t = \[−0.1 ∂²\/∂x² \+ \(x²−1\)² \+ ax\] ψ\n/)
  })

  it('takes a function, with the same levels as the expression', () => {
    const f = qde({ objective: (x: number) => x ** 4, D: 1 }).eigenstates(3).energies
    const e = qde({ objective: 'x^4', D: 1 }).eigenstates(3).energies
    f.forEach((level, n) => {
      expect(Math.abs(level - e[n])).toBeLessThan(1e-12)
    })
  })

  it.each([
    [{ D: 0 }, /D: out of range; allowed: a finite number > 0; got 0/],
    [{ D: -1 }, /got -1.*For example D: 0\.1/],
    [{ D: Number.NaN }, /got NaN/],
    [{ objective: 'x +' }, /ends after/],
    [{ objective: 'x*b' }, /“b” is not declared/],
    [{ objective: 3 as never }, /objective: not an objective.*got 3/],
    [{ grid: { lower: 1, upper: -1 } }, /lower < upper/],
    [{ grid: { lower: Number.NaN, upper: 3 } }, /got \[NaN,3\]/],
    [{ grid: { lower: [1, 2], upper: 3 } }, /grid\.lower: wrong number of values/],
    [{ grid: { lower: 1 } }, /grid\.upper: missing: a box has two ends/],
    [{ grid: { points: 7 } }, /grid\.points: out of range/],
    [
      { grid: { boundary: 'open' as never } },
      /grid\.boundary: unknown.*'periodic', 'absorbing', 'walls', 'zero-flux'/,
    ],
    [{ grid: { boundary: ['walls', 'walls'] as never } }, /grid\.boundary: wrong number of values/],
    [{ objctive: 'x' } as never, /there is no option objctive/],
    [{ objective: (x: number) => x, parameters: { a: 1 } }, /only an expression has named constants/],
    [{ objective: 'x^2', variables: ['x', 'y', 'z', 'u'] }, /one, two or three; got 4/],
  ])('refuses %j', (change, message) => {
    expect(() => qde({ objective: 'x^2', D: 0.5, ...change })).toThrow(message)
  })

  it.each([
    [{ boundary: 'walls' }, /x ∈ \[−13, 13\] in 120 intervals of .*, hard walls/],
    [{ boundary: 'zero-flux' }, /x ∈ \[−13, 13\] in 120 intervals of .*, zero flux/],
    [{ boundary: 'absorbing' }, /intervals of .*, absorbing over/],
    [{ points: 512 }, /x ∈ \[−13, 13\] in 512 intervals/],
    [{ lower: -9, upper: 9 }, /x ∈ \[−9, 9\] in 256 intervals.*hard walls, as given/],
    [{ lower: -9, upper: 9, boundary: 'periodic' }, /in 256 intervals.*periodic, as given/],
    [{}, /periodic \(Fourier\), because ζ confines/],
  ] as const)('takes any part of a grid, %j, and chooses the rest', (grid, notes) => {
    const problem = qde({ objective: 'x^2/2', D: 0.5, grid })
    expect(problem.notes.join('; ')).toMatch(notes)
    const closed = !('boundary' in grid && grid.boundary === 'absorbing')
    if (closed) expect(Math.abs(problem.groundState().energy - 0.5)).toBeLessThan(1e-10)
  })

  it('gives a box of given ends the points that a fast packet wants', () => {
    const problem = qde({ objective: '0', D: 0.5, grid: { lower: -10, upper: 10 } })
    const run = problem.evolve(wavePacket({ x0: 0, sigma: 0.2, k0: 40 }), { until: 0.01, frames: 1 })
    expect(Math.PI / run.final.grid.axes[0].spacing).toBeGreaterThan(40 + 11 / 0.4)
  })

  it('has one boundary for each axis', () => {
    const tube = qde({
      objective: '0*x*y',
      D: 0.3,
      grid: { lower: 0, upper: [2, 3], points: 32, boundary: ['walls', 'zero-flux'] },
    })
    const exact = [1, 2, 3]
      .flatMap((n) =>
        [0, 1, 2, 3, 4].map((m) => 0.3 * ((n * Math.PI) / 2) ** 2 + 0.3 * ((m * Math.PI) / 3) ** 2),
      )
      .sort((a, b) => a - b)
    tube.eigenstates(5).energies.forEach((e, n) => {
      expect(Math.abs(e - exact[n])).toBeLessThan(1e-8)
    })
  })

  it('gives the splitting that doubles cannot see, ΔE = 7.564e-24 of p² − 25x² + x⁴', () => {
    const deep = qde({ objective: 'x^4 - 25*x^2', D: 1 }).eigenstates(2, { digits: 30 })
    expect(deep.energies).toEqual(['-149.219456142190888029163966538', '-149.219456142190888029163958974'])
    expect(Number(deep.gap)).toBeCloseTo(7.564e-24, 27)
    expect(() => qde({ objective: (x: number) => x ** 4, D: 1 }).eigenstates(1, { digits: 30 })).toThrow(
      /need ζ as an expression/,
    )
  })

  it('checks the options of packets and runs', () => {
    expect(() => wavePacket({ x0: 0, sigma: [] })).toThrow(/sigma: wrong number/)
    expect(() => wavePacket({ x0: 0, sigma: 1, k0: [1, 2] })).toThrow(/k0: wrong number/)
    const problem = qde({ objective: 'x^2', D: 0.5 })
    expect(() => problem.evolve(wavePacket({ x0: 0, sigma: 1 }), { until: 1, theta: 1 } as never)).toThrow(
      /no option theta/,
    )
  })

  it('every result draws itself: payload, PNG and text', async () => {
    const problem = qde({ objective: 'x^2/2', D: 0.5 })
    const results = [
      problem,
      problem.evolve(wavePacket({ x0: 1, sigma: 0.5 }), {
        until: 1,
        angle: Math.PI / 2,
        frames: 8,
        reading: 'both',
      }),
      problem.eigenstates(3),
      problem.thermodynamics(),
      landscape([qde({ objective: 'x^2 + y^2', D: 1 }), qde({ objective: 'x^2 + y^2', D: 0.1 })]),
    ]
    const kinds: string[] = []
    for (const result of results) {
      const bundle = await result[JUPYTER_DISPLAY]()
      kinds.push((bundle[FIGURE_MIME] as { kind: string }).kind)
      expect(bundle['text/plain']).toBe(String(result))
      expect(bundle['image/png']).toMatch(/^iVBORw0KGgo/)
    }
    expect(kinds).toEqual(['problem', 'evolution', 'eigenstates', 'thermodynamics', 'landscape'])
  })
})

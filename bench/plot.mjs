/** The plot of cost against N, drawn by vega-lite. */
import * as vega from 'vega'
import { compile } from 'vega-lite'

/** @param {import('./scaling.mjs').Costs} costs */
export async function costPlot({ lengths }) {
  const values = lengths.flatMap(({ shape: [N], perPoint }) =>
    Object.entries(perPoint).map(([candidate, cost]) => ({ N, candidate, microseconds: cost * N * 1e6 })),
  )
  // N log N through ψlab's fastest median cost, so that the slopes can be compared.
  const own = lengths.map(({ shape: [N], perPoint }) => (perPoint['ψlab'] ?? Number.NaN) / Math.log2(N))
  const constant = own.sort((a, b) => a - b)[own.length >> 1]
  const law = lengths.map(({ shape: [N] }) => ({
    N,
    candidate: 'c · N log N',
    microseconds: constant * N * Math.log2(N) * 1e6,
  }))
  const { spec } = compile({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 560,
    height: 340,
    background: 'white',
    title: 'Time of a Strang step in one dimension',
    data: { values: [...values, ...law] },
    mark: { type: 'line', point: { size: 25 } },
    encoding: {
      x: {
        field: 'N',
        type: 'quantitative',
        scale: { type: 'log', base: 2 },
        axis: { title: 'N', grid: false },
      },
      y: {
        field: 'microseconds',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { title: 'µs a step' },
      },
      color: { field: 'candidate', type: 'nominal', title: null },
      strokeDash: {
        condition: { test: "datum.candidate === 'c · N log N'", value: [5, 4] },
        value: [1, 0],
      },
    },
  })
  return `${await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG()}\n`
}

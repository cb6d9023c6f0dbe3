import { describe, expect, it } from 'vitest'
import { type Notebook, withKept } from '../../../extension/src/notebook/keep.js'
import template from '../../../extension/src/notebook/template.json' with { type: 'json' }
import { FIGURE_MIME, type Figure, saved } from '../../../src/figure/index.js'
import { evolutionSample } from '../../src/figure/samples.js'

const payload = saved(evolutionSample())
const newer = { version: 99, kind: 'dream' }

const output = (data: Record<string, unknown>) => ({ output_type: 'display_data', data, metadata: {} })

const notebook: Notebook = {
  cells: [
    { cell_type: 'markdown', source: 'text' },
    {
      cell_type: 'code',
      source: 'run',
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'said' },
        output({ [FIGURE_MIME]: payload, 'image/png': 'AAAA', 'text/plain': 'figure' }),
        output({ [FIGURE_MIME]: newer, 'image/png': 'AAAA' }),
      ],
    },
  ],
  metadata: { kernelspec: { name: 'psilab' } },
  nbformat: 4,
}

const payloads = ({ cells = [] }: Notebook): unknown[] =>
  cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ data }) => (data ? [data[FIGURE_MIME]] : [])))

describe('a saved notebook', () => {
  it('keeps everything in full', () => {
    expect(withKept(notebook, 'full')).toBe(notebook)
  })

  it.each(['preview', 'none'] as const)('keeps less of its figures, and all else: %s', (what) => {
    const before = JSON.stringify(notebook)
    const written = withKept(notebook, what)
    expect(JSON.stringify(notebook), 'the notebook in the page').toBe(before)
    const [figure, unknown] = payloads(written) as [Figure, unknown]
    expect(JSON.stringify(figure).length).toBeLessThan(JSON.stringify(payload).length / 2)
    expect(figure.problem).toEqual(payload.problem)
    expect(unknown, 'what this version cannot read').toBe(newer)
    const without = (each: Notebook) =>
      JSON.stringify(each, (key, value) => (key === FIGURE_MIME ? undefined : value))
    expect(without(written)).toBe(without(notebook))
  })
})

describe('the template', () => {
  it('is a notebook of our kernel whose cells have names of their own and no output', () => {
    const { cells, metadata } = template
    expect(metadata.kernelspec.name).toBe('psilab')
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length)
    expect(cells.filter((cell) => cell.cell_type === 'code').map((cell) => cell.outputs)).toEqual([
      [],
      [],
      [],
      [],
    ])
  })
})

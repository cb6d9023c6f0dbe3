/**
 * The numbers that a figure holds, as data sets. They are as fine as what is drawn: quantised, thinned where they were
 * too many.
 */
import { unpack } from '../packed.js'
import type {
  CursorRecord,
  DerivationFigure,
  Figure,
  PackedArray,
  PanelRecord,
  PanelsFigure,
  ProblemRecord,
  WaveFigure,
} from '../payload.js'
import { frameSymbol } from '../spec/index.js'
import { waveAt } from '../spec/waves/decoded.js'
import type { DataAxis, Dataset, Variable } from './dataset.js'

export function datasetsOf(figure: Figure): Dataset[] {
  switch (figure.kind) {
    case 'problem': {
      const axes = axesOf(figure.problem, figure.axes)
      return [dataset(axes, [variable('zeta', axes.keys(), figure.zeta)])]
    }
    case 'evolution': {
      const [time, x] = [axis(frameSymbol(figure), figure.times), ...axesOf(figure.problem, [figure.x])]
      return [
        dataset(
          [time, x!],
          [
            variable('zeta', [1], figure.zeta),
            variable('energy', [0], figure.energy),
            variable('magnitude', [0, 1], figure.magnitude),
            variable('phase', [0, 1], figure.phase),
          ],
        ),
      ]
    }
    case 'eigenstates': {
      const [x] = axesOf(figure.problem, [figure.x])
      return [
        dataset(
          [count('n', figure.energies), x!],
          [
            variable('energy', [0], figure.energies),
            variable('zeta', [1], figure.zeta),
            variable('phi', [0, 1], figure.states),
          ],
        ),
      ]
    }
    case 'thermodynamics': {
      const { temperature, Z, F, U, S, C, line } = figure
      const functions = Object.entries({ Z, F, U, S, C })
      const curves = dataset(
        [axis('T', temperature)],
        functions.map(([name, values]) => variable(name, [0], values)),
      )
      if (!line) return [curves]
      const stops = axis('T', line.temperature)
      const [x] = axesOf(figure.problem, [line.x])
      return [
        curves,
        {
          ...dataset(
            [stops, x!],
            [variable('rho', [0, 1], line.density), variable('classical', [0, 1], line.classical)],
          ),
          labels: { panel: 'density' },
        },
      ]
    }
    case 'landscape': {
      const axes = axesOf(figure.problem, figure.axes)
      const { symbol, values } = figure.frames
      const densities = figure.densities.map(unpack)
      const size = densities[0]?.length ?? 0
      const digits = Math.max(...figure.densities.map(({ dtype }) => DIGITS[dtype]))
      const all = new Float64Array(size * densities.length)
      densities.forEach((density, k) => {
        all.set(density, k * size)
      })
      return [
        dataset(
          [{ name: symbol, values }, ...axes],
          [
            variable('zeta', [1, 2], figure.zeta),
            { name: figure.quantity ?? '|ψ|²', over: [0, 1, 2], values: all, digits },
          ],
        ),
      ]
    }
    case 'wave':
      return wavesOf(figure)
    case 'derivation':
      return [stepsOf(figure)]
    case 'panels':
      return panelsOf(figure)
    default:
      return arraysOf(figure)
  }
}

/** Most numbers of ψ that are written out: of a long run on a fine grid, every so many frames. */
const MOST = 2 ** 21

/** ψ in its frames, and ζ on its own points. */
function wavesOf(figure: WaveFigure): Dataset[] {
  const { frames, energy, zeta, problem } = figure
  const axes = axesOf(problem, figure.axes)
  const size = axes.reduce((product, { values }) => product * values.length, 1)
  const step = Math.max(1, Math.ceil((size * frames.values.length) / MOST))
  const shown = [...frames.values.keys()].filter((t) => t % step === 0)
  const [re, im] = [new Float64Array(size * shown.length), new Float64Array(size * shown.length)]
  shown.forEach((t, k) => {
    const psi = waveAt(figure, t)
    for (let i = 0; i < size; i++) {
      re[k * size + i] = psi[2 * i]!
      im[k * size + i] = psi[2 * i + 1]!
    }
  })
  const all = [0, ...axes.map((_, d) => d + 1)]
  const digits = DIGITS.int8
  const energies = energy && unpack(energy)
  const coordinates = axes.map(({ name, values }, d): DataAxis => {
    const [first, last, count] = [values[0]!, values[values.length - 1]!, zeta.shape[d]!]
    return {
      name,
      values: Float64Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1)),
    }
  })
  return [
    {
      ...dataset(
        [{ name: frameSymbol(figure) || 'frame', values: shown.map((t) => frames.values[t]!) }, ...axes],
        [
          { name: 're', over: all, values: re, digits },
          { name: 'im', over: all, values: im, digits },
          ...(energies ? [{ name: 'energy', over: [0], values: shown.map((t) => energies[t]!) }] : []),
        ],
      ),
      labels: { set: 'psi' },
    },
    { ...dataset(coordinates, [variable('zeta', coordinates.keys(), zeta)]), labels: { set: 'zeta' } },
  ]
}

function panelsOf({ panels, cursor }: PanelsFigure): Dataset[] {
  return panels.flatMap((panel, k) => {
    const heading = panel.heading === '' ? String(k + 1) : panel.heading
    return panelOf(panel, { panel: heading }, cursor)
  })
}

function panelOf(
  panel: PanelRecord,
  labels: Readonly<Record<string, string>>,
  cursor: CursorRecord | undefined,
): Dataset[] {
  // What moves has the stops of the cursor as its first axis.
  const stops = cursor ? [axis(cursor.symbol, cursor.values)] : []
  switch (panel.type) {
    case 'lines':
      return panel.series.flatMap(({ label, x, y, error }) => {
        if (!x || !y) return []
        const moves = y.shape.length > 1
        const points = { name: 'point', values: Array.from({ length: y.shape.at(-1)! }, (_, i) => i) }
        const over = (array: PackedArray): readonly number[] =>
          moves ? (array.shape.length > 1 ? [0, 1] : [1]) : [0]
        const variables = [
          variable(panel.x.label, over(x), x),
          variable(panel.y.label, over(y), y),
          ...(error ? [variable('error', over(error), error)] : []),
        ]
        return [{ labels: { ...labels, series: label }, axes: [...(moves ? stops : []), points], variables }]
      })
    case 'field': {
      const moves = panel.values.shape.length > 2
      const axes = panel.axes.map((values, d) => axis(panel.labels[d]!, values))
      const values = variable(panel.quantity, moves ? [0, 1, 2] : [0, 1], panel.values)
      return [{ labels, axes: [...(moves ? stops : []), ...axes], variables: [values] }]
    }
    case 'table': {
      const column = (c: number): Variable => ({
        name: panel.columns[c]!.label || `column ${c + 1}`,
        over: [0],
        values: panel.rows.map((row) => row[c]!),
      })
      const rows = { name: 'row', values: panel.rows.map((_, r) => r + 1) }
      return [{ labels, axes: [rows], variables: panel.columns.map((_, c) => column(c)) }]
    }
  }
}

function stepsOf({ steps }: DerivationFigure): Dataset {
  const texts = {
    id: steps.map(({ id }) => id),
    section: steps.map(({ section = '' }) => section),
    rule: steps.map(({ rule }) => rule),
    left: steps.map(({ left }) => left),
    sign: steps.map(({ sign }) => sign),
    right: steps.map(({ right }) => right),
    verdict: steps.map(({ verdict }) => verdict.status),
    text: steps.map(({ text }) => text),
  }
  return dataset(
    [{ name: 'step', values: steps.map((_, k) => k + 1) }],
    Object.entries(texts).map(([name, values]) => ({ name, over: [0], values })),
  )
}

/** Every array of a figure by its place in it, over indices. */
function arraysOf(figure: Figure): Dataset[] {
  const found: Dataset[] = []
  const visit = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return
    if (isPacked(value)) {
      const axes = value.shape.map((length, a) => ({ name: 'ijkl'[a]!, values: [...Array(length).keys()] }))
      found.push({ labels: { array: name }, axes, variables: [variable('value', axes.keys(), value)] })
      return
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, name === '' ? key : `${name} ${key}`)
  }
  visit(figure, '')
  return found
}

function isPacked(value: object): value is PackedArray {
  return 'dtype' in value && 'shape' in value && 'data' in value
}

const dataset = (axes: readonly DataAxis[], variables: readonly Variable[]): Dataset => ({
  labels: {},
  axes,
  variables,
})

/** Decimal digits that the steps of each type tell apart. */
const DIGITS = { float64: 17, float32: 8, uint16: 6, uint8: 4, int8: 4 } as const

const numbersOf = (packed: PackedArray) => ({ values: unpack(packed), digits: DIGITS[packed.dtype] })

const axis = (name: string, values: PackedArray): DataAxis => ({ name, ...numbersOf(values) })

/** Coordinates by the names that the problem gives them. */
const axesOf = ({ grid }: ProblemRecord, axes: readonly PackedArray[]): DataAxis[] =>
  axes.map((values, d) => axis(grid[d]?.name ?? `x${d + 1}`, values))

/** 0, 1, 2, … for each number of an array. */
const count = (name: string, { shape }: PackedArray): DataAxis => ({
  name,
  values: [...Array(shape[0]).keys()],
})

const variable = (name: string, over: Iterable<number>, values: PackedArray): Variable => ({
  name,
  over: [...over],
  ...numbersOf(values),
})

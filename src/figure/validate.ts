/**
 * The gate between a payload of unknown origin and the renderer.
 */
import {
  type Check,
  finite,
  list,
  numbersByName,
  oneOf,
  packed,
  pair,
  plain,
  record,
  refuse,
  tex,
  text,
} from './check/schema.js'
import { FigureError } from './errors.js'
import { MAX_ELEMENTS } from './packed.js'
import {
  type DerivationStepRecord,
  FIGURE_VERSION,
  type Figure,
  type PackedArray,
  type PanelRecord,
  type SeriesRecord,
  type TablePanelRecord,
  type VerdictRecord,
} from './payload.js'

const NAME = text(80)
const LABEL = text(200)
const SENTENCE = text(4000)

const axis = record(
  {
    name: text(40),
    lower: finite,
    upper: finite,
    points: finite,
    boundary: oneOf('periodic', 'walls', 'zero-flux', 'absorbing'),
  },
  { layer: finite },
)

const problem = record(
  { tex, text: SENTENCE, D: finite, grid: list(axis, 3) },
  { objective: SENTENCE, parameters: numbersByName(100) },
)

const base = {
  title: LABEL,
  alt: SENTENCE,
  provenance: record({ psilab: text(40) }, { seed: finite }),
}

const verdict: Check = (value, name) => {
  record({ status: oneOf('proved', 'checked', 'postulate', 'definition'), method: SENTENCE })(value, name)
  if ((value as VerdictRecord).status === 'checked') record({ digits: finite, points: finite })(value, name)
}

const step = record(
  {
    id: NAME,
    rule: LABEL,
    statement: tex,
    relation: text(40),
    left: tex,
    sign: tex,
    right: tex,
    text: SENTENCE,
    why: tex,
    when: list(tex, 20),
    verdict,
  },
  {
    provenance: oneOf('paper', 'derived', 'corrected'),
    from: NAME,
    using: list(NAME, 20),
    section: LABEL,
    at: tex,
    reference: SENTENCE,
  },
)

const symbol = record(
  { tex, meaning: tex, domain: oneOf('real', 'positive', 'nonnegative', 'complex', 'integer') },
  { unit: text(80) },
)

/** Steps of a derivation whose ids differ, each starting from one before it. */
const steps: Check = (value, name) => {
  list(step, 200)(value, name)
  const before = new Set<string>()
  for (const [i, { id, from, using = [] }] of (value as DerivationStepRecord[]).entries()) {
    if (before.has(id)) refuse(`${name}[${i}].id`, 'a new name', id)
    if (from !== undefined && !before.has(from))
      refuse(`${name}[${i}].from`, 'the id of an earlier step', from)
    for (const [k, used] of using.entries())
      if (!before.has(used)) refuse(`${name}[${i}].using[${k}]`, 'the id of an earlier step', used)
    before.add(id)
  }
}

const line = packed(1)
const place = record({ label: LABEL, x: finite, y: finite })
const path = record({ label: LABEL, points: packed(2) })

const scale = record({ label: LABEL, scale: oneOf('linear', 'log') })

const series: Check = (value, name) => {
  record(
    {
      label: LABEL,
      mark: oneOf('line', 'points', 'bars', 'steps'),
      role: oneOf('data', 'reference'),
    },
    { x: line, y: line, error: line, breaks: list(finite, 4000), of: finite, omitted: finite },
  )(value, name)
  const { x, y } = value as SeriesRecord
  if ((x === undefined) !== (y === undefined)) refuse(`${name}.y`, 'there where x is', y)
}

const table: Check = (value, name) => {
  record({
    heading: LABEL,
    columns: list(record({ label: LABEL, align: oneOf('left', 'right') }), 24),
    rows: list(list(text(400), 24), 400),
  })(value, name)
  const { columns, rows } = value as TablePanelRecord
  for (const [k, row] of rows.entries())
    if (row.length !== columns.length)
      throw new FigureError({
        code: 'length',
        name: `${name}.rows[${k}]`,
        expected: columns.length,
        got: row.length,
      })
}

const PANELS: Readonly<Record<PanelRecord['type'], Check>> = {
  lines: record({ heading: LABEL, x: scale, y: scale, series: list(series, 64) }),
  field: record(
    {
      heading: LABEL,
      labels: pair(LABEL),
      axes: pair(line),
      values: packed(2),
      scale: oneOf('sequential', 'diverging', 'wells'),
      quantity: text(40),
      levels: list(finite, 40),
      points: list(place, 40),
      paths: list(path, 400),
    },
    { samples: record({ x: line, y: line, of: finite }) },
  ),
  table,
}

const panel: Check = (value, name) => {
  const { type } = plain(value, name)
  oneOf(...Object.keys(PANELS))(type, `${name}.type`)
  PANELS[type as PanelRecord['type']](value, name)
}

/** The fields of each kind. */
const FIELDS: Readonly<Record<Figure['kind'], Check>> = {
  problem: (value, name) => {
    record({ ...base, problem, axes: list(line, 2), notes: list(SENTENCE, 20) })(value, name)
    packed((value as { axes: unknown[] }).axes.length)((value as { zeta: unknown }).zeta, `${name}.zeta`)
  },
  evolution: record(
    {
      ...base,
      problem,
      angle: finite,
      readings: list(oneOf('born', 'population'), 2),
      x: line,
      zeta: line,
      times: line,
      magnitude: packed(2),
      phase: packed(2),
      energy: line,
    },
    { groundEnergy: finite },
  ),
  eigenstates: record({ ...base, problem, x: line, zeta: line, energies: line, states: packed(2) }),
  thermodynamics: record({
    ...base,
    problem,
    temperature: line,
    Z: line,
    F: line,
    U: line,
    S: line,
    C: line,
  }),
  landscape: record(
    {
      ...base,
      problem,
      axes: list(line, 2),
      zeta: packed(2),
      densities: list(packed(2), 200),
      frames: record({ symbol: text(20), values: list(finite, 200) }, { labels: list(LABEL, 200) }),
      points: list(place, 20),
      paths: list(path, 10),
    },
    { quantity: text(40) },
  ),
  derivation: record({ ...base, steps, symbols: list(symbol, 100) }),
  panels: record({ ...base, panels: list(panel, 24), notes: list(SENTENCE, 40) }, { problem }),
}

/** The name of an array, the array, and the shape that it must have. */
type Expected = [name: string, array: PackedArray, shape: readonly (number | undefined)[]]

function shapes(figure: Figure): Expected[] {
  switch (figure.kind) {
    case 'problem':
      return [['zeta', figure.zeta, figure.axes.map((each) => each.shape[0])]]
    case 'evolution': {
      const [n, t] = [figure.x.shape[0], figure.times.shape[0]]
      return [
        ['zeta', figure.zeta, [n]],
        ['energy', figure.energy, [t]],
        ['magnitude', figure.magnitude, [t, n]],
        ['phase', figure.phase, [t, n]],
      ]
    }
    case 'eigenstates': {
      const [n, k] = [figure.x.shape[0], figure.energies.shape[0]]
      return [
        ['zeta', figure.zeta, [n]],
        ['states', figure.states, [k, n]],
      ]
    }
    case 'thermodynamics': {
      const { temperature, Z, F, U, S, C } = figure
      return Object.entries({ Z, F, U, S, C }).map(([name, array]) => [name, array, temperature.shape])
    }
    case 'landscape': {
      const shape = figure.axes.map((each) => each.shape[0])
      return [
        ['zeta', figure.zeta, shape],
        ...figure.densities.map((each, k) => [`densities[${k}]`, each, shape] as Expected),
        ...figure.paths.map(({ points }, k) => [`paths[${k}]`, points, [points.shape[0], 2]] as Expected),
      ]
    }
    case 'derivation':
      return []
    case 'panels':
      return figure.panels.flatMap((each, k) => shapesOfPanel(each, `panels[${k}]`))
  }
}

function shapesOfPanel(panel: PanelRecord, name: string): Expected[] {
  switch (panel.type) {
    case 'lines':
      return panel.series.flatMap(({ x, y, error }, k) => {
        if (!x || !y) return []
        const at = `${name}.series[${k}]`
        return [
          [`${at}.x`, x, [x.shape[0]]],
          [`${at}.y`, y, x.shape],
          ...(error ? [[`${at}.error`, error, x.shape] as Expected] : []),
        ]
      })
    case 'field': {
      const { axes, values, paths, samples } = panel
      return [
        [`${name}.values`, values, axes.map((each) => each.shape[0])],
        ...paths.map(({ points }, k) => [`${name}.paths[${k}]`, points, [points.shape[0], 2]] as Expected),
        ...(samples ? [[`${name}.samples`, samples.y, samples.x.shape] as Expected] : []),
      ]
    }
    case 'table':
      return []
  }
}

/**
 * The payload as a figure, or a {@link FigureError} whose message is a sentence for the reader.
 * Allocates nothing that the payload asks for.
 */
export function validateFigure(value: unknown): Figure {
  const { version, kind } = plain(value, 'figure')
  finite(version, 'figure.version')
  if ((version as number) > FIGURE_VERSION) {
    throw new FigureError({ code: 'newer', version: version as number, supported: FIGURE_VERSION })
  }
  oneOf(FIGURE_VERSION)(version, 'figure.version')
  oneOf(...Object.keys(FIELDS))(kind, 'figure.kind')
  FIELDS[kind as Figure['kind']](value, 'figure')
  const figure = value as Figure
  let total = 0
  for (const [name, { shape }, expected] of shapes(figure)) {
    if (shape.join() !== expected.join()) {
      throw new FigureError({
        code: 'invalid',
        name: `${name}.shape`,
        expected: `[${expected.join(', ')}]`,
        got: `[${shape.join(', ')}]`,
      })
    }
    total += shape.reduce((product, length) => product * length, 1)
  }
  if (total > 2 * MAX_ELEMENTS) {
    throw new FigureError({
      code: 'too-large',
      name: 'figure (numbers)',
      limit: 2 * MAX_ELEMENTS,
      got: total,
    })
  }
  if (figure.kind === 'landscape') {
    const { values, labels = values } = figure.frames
    const expected = figure.densities.length
    for (const [name, each] of [
      ['frames.values', values],
      ['frames.labels', labels],
    ] as const) {
      if (each.length !== expected) {
        throw new FigureError({ code: 'length', name, expected, got: each.length })
      }
    }
  }
  return figure
}

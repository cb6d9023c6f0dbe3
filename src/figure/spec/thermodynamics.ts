/**
 * Thermodynamics as panels with one temperature for all: the state functions, and on a line ρ(x, x) over ζ and the
 * populations of the levels.
 */
import { say } from '../make/words.js'
import { pack, unpack } from '../packed.js'
import type {
  CursorRecord,
  LinesPanelRecord,
  PackedArray,
  PanelsFigure,
  SeriesRecord,
  ThermodynamicsFigure,
} from '../payload.js'
import { memo } from './memo.js'

/** A range of T wider than this ratio gets a logarithmic axis; so does Z. */
const WIDE = 30

/** Fewer temperatures than these are marked each. */
const MARKED = 12

/** Most stops where nothing but the curves follows the temperature. */
const STOPS = 200

/** The panels of the figure; those of the same figure are the same. */
export const thermodynamicsPanels = memo((figure: ThermodynamicsFigure): PanelsFigure => {
  const { line, temperature, notes = [], version, title, alt, provenance, problem } = figure
  const name = problem.grid[0]?.name ?? 'x'
  const T = scaleOf('T', temperature)
  const count = temperature.shape[0]!
  const series = (label: string, y: PackedArray): SeriesRecord[] => {
    const of = { label, role: 'data', x: temperature, y } as const
    return [
      ...(count > 1 ? [{ ...of, mark: 'line' } as const] : []),
      ...(count < MARKED ? [{ ...of, mark: 'points' } as const] : []),
    ]
  }
  const panel = (
    heading: string,
    label: string,
    curves: readonly SeriesRecord[],
    scale: 'linear' | 'log' = 'linear',
  ): LinesPanelRecord => ({
    type: 'lines',
    heading,
    x: T,
    y: { label, scale },
    series: curves,
    cursor: 'x',
  })
  return {
    kind: 'panels',
    version,
    title,
    alt,
    provenance,
    problem,
    panels: [
      panel('Partition function', 'Z', series('Z', figure.Z), scaleOf('Z', figure.Z).scale),
      panel('Energy and free energy', 'U, F', [...series('U', figure.U), ...series('F', figure.F)]),
      panel('Entropy', 'S', series('S', figure.S)),
      panel('Heat capacity', 'C', series('C', figure.C)),
      ...(line
        ? [
            {
              type: 'lines',
              heading: 'Density',
              x: { label: name, scale: 'linear' },
              y: { label: 'ρ', scale: 'linear' },
              series: [
                { label: 'ζ', mark: 'line', role: 'backdrop', x: line.zetaAt, y: line.zeta },
                { label: `ρ(${name}, ${name})`, mark: 'line', role: 'data', x: line.x, y: line.density },
                { label: 'classical', mark: 'line', role: 'reference', x: line.x, y: line.classical },
              ],
            } as const,
            {
              type: 'lines',
              heading: 'Populations',
              x: { label: 'n', scale: 'linear' },
              y: { label: 'pₙ', scale: 'linear' },
              series: [
                {
                  label: 'pₙ',
                  mark: 'bars',
                  role: 'data',
                  x: pack(Array.from({ length: line.populations.shape[1]! }, (_, n) => n)),
                  y: line.populations,
                },
              ],
            } as const,
          ]
        : []),
    ],
    notes,
    ...(count > 1 && { cursor: cursorOf(figure) }),
  }
})

/** The stops are the temperatures of the line, or of the curves; the middle one is shown first. */
function cursorOf({ line, temperature }: ThermodynamicsFigure): CursorRecord {
  const all = line ? line.temperature : temperature
  const values = all.shape[0]! > STOPS ? thinned(all) : all
  const stops = unpack(values)
  return {
    symbol: 'T',
    values,
    labels: Array.from(stops, (T) => `T = ${say(T)}, β = ${say(1 / T)}`),
    shown: stops.length >> 1,
    plays: false,
  }
}

function thinned(values: PackedArray): PackedArray {
  const all = unpack(values)
  const stride = Math.ceil(all.length / STOPS)
  return pack(
    all.filter((_, k) => k % stride === 0),
    { dtype: 'float64' },
  )
}

function scaleOf(
  label: string,
  packed: PackedArray,
): { readonly label: string; readonly scale: 'linear' | 'log' } {
  const values = unpack(packed)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return { label, scale: low > 0 && high / low > WIDE ? 'log' : 'linear' }
}

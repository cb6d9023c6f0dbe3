/**
 * The problem of a figure as TypeScript: a cell that states it again.
 */
import type { AxisRecord, Figure, LiveRecord, ProblemRecord } from '../payload.js'

/** Coordinates that an expression has without naming them. */
const USUAL = ['x', 'y', 'z']

/**
 * Code that states the figure's problem, and computes what the figure shows where the figure tells how.
 * Without a problem, as in a derivation, undefined.
 */
export function problemCode({ problem, live }: Figure): string | undefined {
  if (!problem) return undefined
  const stated = problem.objective === undefined ? unknown(problem) : ''
  const call = live && portrayed(live, callOf(live))
  return `${stated}const problem = qde(${optionsOf(problem)})\n${call ?? 'problem'}\n`
}

/** A place for ζ where it is not in the figure; it says so when it is run as it is. */
const unknown = ({ grid }: ProblemRecord): string =>
  `// The figure holds ζ as samples only: give its formula, function or data.
const zeta = (${USUAL.slice(0, grid.length)
    .map((name) => `${name}: number`)
    .join(', ')}): number => { throw new Error('state ζ here') }
`

function optionsOf({ objective, parameters, D, grid }: ProblemRecord): string {
  const names = grid.map(({ name }) => name)
  return object({
    objective: objective === undefined ? 'zeta' : quoted(objective),
    ...(parameters && Object.keys(parameters).length > 0 && { parameters: object(numbersOf(parameters)) }),
    ...(names.some((name, k) => name !== USUAL[k]) && { variables: list(names.map(quoted)) }),
    D: String(D),
    ...(grid.some(({ given }) => given) && { grid: gridOf(grid) }),
  })
}

/** The box that the author gave; one that was chosen is chosen again. */
function gridOf(grid: readonly AxisRecord[]): string {
  return object({
    lower: each(grid, ({ lower }) => String(lower)),
    upper: each(grid, ({ upper }) => String(upper)),
    points: each(grid, ({ points, boundary }) => String(boundary === 'walls' ? points + 1 : points)),
    boundary: each(grid, ({ boundary }) => quoted(boundary)),
  })
}

/** What was computed, as a call; undefined where the figure tells it by samples. */
function callOf(live: LiveRecord): string | undefined {
  switch (live.computation) {
    case 'evolution': {
      const { initial, until, angle, frames } = live
      if (initial.form !== 'packet') return undefined
      const { center, sigma, momentum } = initial
      const packet = object({ x0: numbers(center), sigma: numbers(sigma), k0: numbers(momentum) })
      const options = object({
        until: String(until),
        ...(angle !== 0 && { angle: String(angle) }),
        ...(frames !== undefined && { frames: String(frames) }),
      })
      return `problem.evolve(wavePacket(${packet}), ${options})`
    }
    case 'eigenstates':
      return `problem.eigenstates(${live.count})`
    case 'thermodynamics':
      return 'problem.thermodynamics()'
    case 'densityMatrix':
      return `problem.densityMatrix({ beta: ${live.beta} })`
    case 'problem':
      return undefined
  }
}

/** A call for the phase space of one of its states, where the figure shows that. */
function portrayed(live: LiveRecord, call: string | undefined): string | undefined {
  const portrait = 'portrait' in live ? live.portrait : undefined
  if (call === undefined || portrait === undefined) return call
  const { form, index, width, D } = portrait
  const state = live.computation === 'densityMatrix' ? call : `${call}.states[${index}]`
  const options = { ...(width !== undefined && { width: `${width}` }), ...(D !== undefined && { D: `${D}` }) }
  const more = Object.keys(options).length > 0 ? `, ${object(options)}` : ''
  return `${form === 'phase space' ? 'phaseSpace' : form}(${state}${more})`
}

/** A string of code; no text of a payload leaves it. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/[\n\r]/g, ' ')}'`

/** A key of an object. */
const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))

const list = (entries: readonly string[]): string => `[${entries.join(', ')}]`

/** One number where all axes have the same, else a list. */
const numbers = (values: readonly number[]): string =>
  values.length === 1 ? String(values[0]) : list(values.map(String))

/** What all axes have in common, else a list with one entry an axis. */
function each(grid: readonly AxisRecord[], of: (axis: AxisRecord) => string): string {
  const entries = grid.map(of)
  return entries.every((entry) => entry === entries[0]) ? entries[0]! : list(entries)
}

const numbersOf = (values: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [key(name), String(value)]))

const object = (fields: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(fields)
    .map(([name, text]) => `${name}: ${text}`)
    .join(', ')} }`

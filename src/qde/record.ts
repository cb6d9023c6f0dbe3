/** The equation of a problem in TeX and plain text, as figures carry it. */
import { type ProblemRecord, shortHash } from '../figure/index.js'
import type { Axis, Grid } from '../grid/index.js'
import type { Objective } from '../objective/index.js'
import { ABSORBED } from './absorber.js'

/** The record of a problem whose box was given, or chosen. */
export function problemRecord(objective: Objective, D: number, grid: Grid, boxGiven: boolean): ProblemRecord {
  const zeta = objective.source === undefined ? fingerprint(objective) : undefined
  const d = Number(D.toPrecision(12))
  const oneDimensional = objective.variables.length === 1
  const [x] = objective.variables
  const laplacian = oneDimensional ? `\\frac{\\partial^2}{\\partial ${x}^2}` : '\\nabla^2'
  return {
    tex: `i\\,\\frac{\\partial\\psi}{\\partial t} = \\left[-${d === 1 ? '' : `${texNumber(d)}\\,`}${laplacian} ${added(objective.tex, '-')}\\right]\\psi`,
    text: `i ∂ψ/∂t = [−${d === 1 ? '' : `${d} `}${oneDimensional ? `∂²/∂${x}²` : '∇²'} ${added(objective.text, '−')}] ψ`,
    ...(objective.source === undefined ? {} : { objective: objective.source }),
    ...(zeta === undefined ? {} : { zeta }),
    ...(objective.parameters === undefined ? {} : { parameters: objective.parameters }),
    D,
    grid: grid.axes.map(({ name, lower, upper, points, boundary, layer }) => ({
      name,
      lower,
      upper,
      points,
      boundary,
      ...(layer === 0 ? {} : { layer }),
      ...(boxGiven && { given: true as const }),
    })),
  }
}

/** Places at which two functions that differ are told apart, and digits that all machines agree on. */
const [PLACES, DIGITS] = [16, 9]

const fingerprints = new WeakMap<Objective, string | undefined>()

/** What names an objective that is a function: a hash of its values at some places; none where it throws there. */
function fingerprint(objective: Objective): string | undefined {
  if (!fingerprints.has(objective)) fingerprints.set(objective, hashOfValues(objective))
  return fingerprints.get(objective)
}

function hashOfValues(objective: Objective): string | undefined {
  const columns = objective.variables.map((_, axis) => {
    const { lower, upper } = objective.domain?.[axis] ?? { lower: -2, upper: 2 }
    // Irrational steps: no symmetry or period hides a difference.
    const share = (k: number): number => (Math.SQRT2 * (k + 1) * (axis + 1)) % 1
    return Float64Array.from({ length: PLACES }, (_, k) => lower + (upper - lower) * share(k))
  })
  try {
    return shortHash(Array.from(objective.evaluate(columns), (value) => value.toPrecision(DIGITS)))
  } catch {
    return undefined
  }
}

function texNumber(value: number): string {
  const text = String(value)
  const [mantissa, exponent] = text.split('e')
  return exponent === undefined ? text : `${mantissa}\\cdot10^{${Number(exponent)}}`
}

/** The box along an axis: x ∈ [−3, 3]. */
export function boxOf({ name, lower, upper }: Axis): string {
  return `${name} ∈ [${lower}, ${upper}]`.replaceAll('-', '−')
}

/** The box and its division: x ∈ [−3, 3] in 128 intervals of 0.0469. */
export function divisionOf(axis: Axis): string {
  const intervals = Math.round((axis.upper - axis.lower) / axis.spacing)
  return `${boxOf(axis)} in ${intervals} intervals of ${axis.spacing.toPrecision(3)}`
}

/** What ends an axis, in words. */
export function boundaryOf({ boundary, layer }: Axis): string {
  switch (boundary) {
    case 'periodic':
      return 'periodic'
    case 'walls':
      return 'hard walls'
    case 'zero-flux':
      return 'zero flux'
    case 'absorbing':
      return `absorbing over ${layer.toPrecision(3)} at each end, wave numbers from ${(ABSORBED / layer).toPrecision(2)} to 1e−4`
  }
}

/** A further term of a sum: one that starts with a minus is subtracted. */
function added(term: string, minus: string): string {
  return term.startsWith(minus) ? `${minus} ${term.slice(minus.length)}` : `+ ${term}`
}

/**
 * An equation that changes during a run: i ∂ψ/∂t = [−D(t)∇² + ζ(x, t)]ψ, with D, named constants of ζ or ζ itself
 * given as functions of the time s of the run.
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { compile, parseExpression } from '../../expr/index.js'
import type { Grid } from '../../grid/index.js'
import {
  type Columns,
  evaluateOn,
  expressionObjective,
  functionObjective,
  type Objective,
  type ObjectiveFunction,
} from '../../objective/index.js'
import { Discretisation } from '../discretisation.js'
import { Hamiltonian } from '../hamiltonian.js'
import type { TimedHamiltonian } from '../timedHamiltonian.js'

export interface Schedule {
  /** D(s) > 0, for example (s) => 0.01 ** (s / 50). */
  readonly D?: (s: number) => number
  /** Named constants of an expression as functions of s, for example { c: Math.sin } in '(x - c)^2/2'. */
  readonly parameters?: Readonly<Record<string, (s: number) => number>>
  /** ζ as a whole: a function of the coordinates for each s. */
  readonly objective?: (s: number) => ObjectiveFunction
}

/** Times at which a schedule is searched for its extremes. */
const SCAN = 256
/** Parts of the run at whose ends a ζ that is given as a whole is looked at when a grid is chosen. */
const LOOKS = 8

/** @throws PsilabError `parameter` for a schedule that does not fit the objective */
export function requireSchedule(schedule: Schedule, { source, parameters }: Objective): void {
  requireKeys('schedule', schedule, ['D', 'parameters', 'objective'])
  const names = Object.keys(schedule.parameters ?? {})
  if (names.length > 0 && (source === undefined || schedule.objective !== undefined))
    refuse('only an expression has named constants', 'an objective in quotes', names)
  const unknown = names.find((name) => !(name in (parameters ?? {})))
  if (unknown !== undefined)
    refuse(
      `the objective has no constant ${unknown}`,
      Object.keys(parameters ?? {}).join(', ') || 'none: give parameters with the objective',
      unknown,
      `For example qde({ objective: '(x - c)^2/2', parameters: { c: 0 }, D: 0.5 }).`,
    )
  const functions = [schedule.D, schedule.objective, ...Object.values(schedule.parameters ?? {})]
  if (functions.some((f) => f !== undefined && typeof f !== 'function'))
    refuse('not a function of the time s', '(s) => number', schedule)
  if (functions.every((f) => f === undefined))
    refuse('nothing changes', 'D, parameters or objective', schedule)
}

/** The equation as it stands at some times of the run, between which its extremes lie; the beginning comes first. */
export function stages(
  { objective, D, request }: Discretisation,
  schedule: Schedule,
  from: number,
  until: number,
): Discretisation[] {
  const times = new Set([from, until])
  const scan = Array.from({ length: SCAN + 1 }, (_, k) => from + ((until - from) * k) / SCAN)
  for (const f of [schedule.D, ...Object.values(schedule.parameters ?? {})]) {
    if (f === undefined) continue
    times.add(scan.reduce((best, s) => (f(s) > f(best) ? s : best)))
    times.add(scan.reduce((best, s) => (f(s) < f(best) ? s : best)))
  }
  if (schedule.objective !== undefined) for (let k = 0; k <= LOOKS; k++) times.add(scan[(SCAN / LOOKS) * k])
  return [...times].map(
    (s) => new Discretisation(objectiveAt(objective, schedule, s), valueOfD(schedule, D, s), request),
  )
}

/** H at the times of a run on a grid. */
export function scheduledHamiltonian(
  space: Discretisation,
  schedule: Schedule,
  grid: Grid,
  from: number,
): TimedHamiltonian {
  const { zeta, gradient } = potentialOf(space.objective, schedule, grid)
  const start = new Hamiltonian(grid, space.D, zeta(from))
  const at = lastOf((s: number) => start.with(valueOfD(schedule, space.D, s), zeta(s)))
  return { grid, fixed: false, at, ...(gradient === undefined ? {} : { gradient: lastOf(gradient) }) }
}

/** The objective at one time. */
function objectiveAt(objective: Objective, schedule: Schedule, s: number): Objective {
  const { variables, source, parameters } = objective
  if (schedule.objective !== undefined) return functionObjective(functionAt(schedule, s), { variables })
  if (schedule.parameters === undefined || source === undefined) return objective
  return expressionObjective(source, {
    variables,
    parameters: { ...parameters, ...constantsAt(schedule.parameters, s) },
  })
}

interface Potential {
  zeta(s: number): Float64Array
  readonly gradient?: (s: number) => readonly Float64Array[]
}

function potentialOf(objective: Objective, schedule: Schedule, grid: Grid): Potential {
  const { variables, source, parameters } = objective
  if (schedule.objective !== undefined)
    return {
      zeta: (s) => evaluateOn(functionObjective(functionAt(schedule, s), { variables }), grid),
    }
  const changing = schedule.parameters ?? {}
  const names = Object.keys(changing)
  if (names.length === 0 || source === undefined) {
    const zeta = evaluateOn(objective, grid)
    const gradient = objective.gradient?.(grid.columns)
    return {
      zeta: () => zeta,
      ...(gradient?.every((g) => g.every(Number.isFinite)) ? { gradient: () => gradient } : {}),
    }
  }
  // The constants that change are read as further variables, so that the expression is compiled once.
  const all = [...variables, ...names]
  const rest = Object.fromEntries(Object.entries(parameters ?? {}).filter(([name]) => !(name in changing)))
  const expression = parseExpression(source, { variables: all, parameters: rest })
  const value = compile(expression, all)
  const slopes = variables.map((v) => expression.derivative(v))
  const slope = slopes.flatMap((d) => (d === undefined ? [] : [compile(d, all)]))
  const withConstants = (columns: Columns, s: number): Columns => {
    const constants = constantsAt(changing, s)
    return [...columns, ...names.map((name) => new Float64Array(columns[0].length).fill(constants[name]))]
  }
  return {
    zeta: (s) => evaluateOn({ ...objective, evaluate: (columns) => value(withConstants(columns, s)) }, grid),
    ...(slope.length === variables.length
      ? {
          gradient: (s: number) => slope.map((f) => finiteSlope(f(withConstants(grid.columns, s)), s)),
        }
      : {}),
  }
}

/** A function that remembers its last two answers: a step asks for ζ, its gradient and ζ again. */
function lastOf<T>(f: (s: number) => T): (s: number) => T {
  const answers = new Map<number, T>()
  return (s) => {
    const known = answers.get(s)
    if (known !== undefined) return known
    const answer = f(s)
    if (answers.size >= 2) answers.delete(answers.keys().next().value as number)
    answers.set(s, answer)
    return answer
  }
}

function valueOfD({ D }: Schedule, otherwise: number, s: number): number {
  return D === undefined
    ? otherwise
    : requireNumber(`schedule.D at s = ${s}`, D(s), 'a finite number > 0', (d) => d > 0)
}

function constantsAt(parameters: NonNullable<Schedule['parameters']>, s: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, f]) => [
      name,
      requireNumber(`schedule.parameters.${name} at s = ${s}`, f(s), 'a finite number', () => true),
    ]),
  )
}

function functionAt(schedule: Schedule, s: number): ObjectiveFunction {
  const f = schedule.objective?.(s)
  if (typeof f !== 'function')
    refuse(
      'objective gives no function',
      '(s) => (x) => number',
      f,
      'For example (s) => (x) => (x - s) ** 2.',
    )
  return f
}

function finiteSlope(values: Float64Array, s: number): Float64Array {
  if (values.every(Number.isFinite)) return values
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'schedule',
    problem: `∇ζ is not finite on the grid at s = ${s}`,
    advice: "Take method: 'strang', which needs no gradient.",
  })
}

function refuse(problem: string, allowed: string, got: unknown, advice?: string): never {
  throw new PsilabError({
    code: 'parameter',
    parameter: 'schedule',
    problem,
    allowed,
    got,
    ...(advice === undefined ? {} : { advice }),
  })
}

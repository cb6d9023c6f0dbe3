/**
 * The probability-flow equation ẋ = f x − ½g² s(x, t), whose solutions have the marginals p_t of the stochastic process,
 * and along which
 *
 *   d ln p_t(x(t))/dt = −∇·(f x − ½g² s) = −(d f − ½g² ∇·s)
 *
 * (Song et al. 2021, after Chen et al. 2018). Points are solved for together, in columns; an adaptive step is held to the
 * worst of them.
 */

import { DORMAND_PRINCE } from '../../numeric/index.js'
import type { NoiseSchedule } from './schedule.js'
import type { ScoreFunction } from './score.js'

/** Points on their way: columns of coordinates, and of the integral of the divergence where it is wanted. */
export interface FlowState {
  readonly x: readonly Float64Array[]
  readonly divergence?: Float64Array
}

/** Writes ẋ, and the divergence of the flow, to `out`. */
function slopeInto(
  { schedule, score }: FlowProblem,
  t: number,
  state: FlowState,
  n: number,
  out: FlowState,
): void {
  const drift = schedule.drift(t)
  const half = schedule.diffusion(t) / 2
  score.at(t)(state.x, n, out.x, out.divergence)
  for (let d = 0; d < state.x.length; d++) {
    const [x, slope] = [state.x[d], out.x[d]]
    for (let i = 0; i < n; i++) slope[i] = drift * x[i] - half * slope[i]
  }
  const { divergence } = out
  if (divergence !== undefined)
    for (let i = 0; i < n; i++) divergence[i] = state.x.length * drift - half * divergence[i]
}

export interface FlowProblem {
  readonly schedule: NoiseSchedule
  readonly score: ScoreFunction
}

/** Called after each step; returns whether to stop. */
export type AfterStep = (t: number, state: FlowState) => boolean

function blank(state: FlowState, n: number): FlowState {
  return {
    x: state.x.map(() => new Float64Array(n)),
    ...(state.divergence === undefined ? {} : { divergence: new Float64Array(n) }),
  }
}

function arraysOf({ x, divergence }: FlowState): readonly Float64Array[] {
  return divergence === undefined ? x : [...x, divergence]
}

/** out = start + Σ c_j k_j. */
function combine(
  out: FlowState,
  start: FlowState,
  slopes: readonly FlowState[],
  coefficients: readonly number[],
  n: number,
): void {
  const targets = arraysOf(out)
  const starts = arraysOf(start)
  for (let a = 0; a < targets.length; a++) {
    const target = targets[a]
    if (target !== starts[a]) target.set(starts[a].subarray(0, n))
    for (let j = 0; j < coefficients.length; j++) {
      const c = coefficients[j]
      if (c === 0) continue
      const slope = arraysOf(slopes[j])[a]
      for (let i = 0; i < n; i++) target[i] += c * slope[i]
    }
  }
}

/** Heun's method in the steps of `times`; `state` is moved. Returns the number of evaluations of the score. */
export function heunFlow(
  problem: FlowProblem,
  state: FlowState,
  n: number,
  times: Float64Array,
  after: AfterStep,
): number {
  const [first, second, ahead] = [blank(state, n), blank(state, n), blank(state, n)]
  for (let k = 0; k + 1 < times.length; k++) {
    const h = times[k + 1] - times[k]
    slopeInto(problem, times[k], state, n, first)
    combine(ahead, state, [first], [h], n)
    slopeInto(problem, times[k + 1], ahead, n, second)
    combine(state, state, [first, second], [h / 2, h / 2], n)
    if (after(times[k + 1], state)) return 2 * (k + 1)
  }
  return 2 * (times.length - 1)
}

const { nodes: NODES, stages: STAGES, difference: ERROR } = DORMAND_PRINCE

/** First step as a share of the way; how far a step may shrink or grow at once, and the safety of its choice. */
const FIRST = 1e-3
const [SHRINK, GROW, SAFETY] = [0.2, 5, 0.9]
/** Least step, as a share of the way: below it the flow is not smooth enough for the tolerance. */
const LEAST = 1e-9

export interface AdaptiveRun {
  readonly evaluations: number
  readonly steps: number
  /** Whether every step kept its tolerance. */
  readonly converged: boolean
}

/**
 * Dormand and Prince's pair from one time to another, either way. A step's error estimate, of coordinates and of the
 * integrated divergence, is held to tolerance·(1 + |x|) at every point.
 */
export function adaptiveFlow(
  problem: FlowProblem,
  state: FlowState,
  n: number,
  [from, to]: readonly [number, number],
  tolerance: number,
  after: AfterStep,
): AdaptiveRun {
  const slopes = NODES.map(() => blank(state, n))
  const next = blank(state, n)
  const way = to - from
  let t = from
  let h = FIRST * way
  let [evaluations, steps, converged] = [1, 0, true]
  slopeInto(problem, t, state, n, slopes[0])
  while ((to - t) * way > 0) {
    const last = Math.abs(h) >= Math.abs(to - t)
    if (last) h = to - t
    for (let s = 1; s < NODES.length; s++) {
      combine(
        next,
        state,
        slopes,
        STAGES[s].map((a) => a * h),
        n,
      )
      slopeInto(problem, last && NODES[s] === 1 ? to : t + NODES[s] * h, next, n, slopes[s])
    }
    evaluations += NODES.length - 1
    const error = worstError(state, next, slopes, h, n) / tolerance
    const least = Math.abs(h) <= LEAST * Math.abs(way)
    if (error <= 1 || least) {
      converged &&= error <= 1
      t = last ? to : t + h
      steps++
      const [from, to_] = [arraysOf(next), arraysOf(state)]
      from.forEach((column, a) => {
        to_[a].set(column)
      })
      // The last stage stands at the new point: it is the first of the next step.
      slopes.unshift(slopes.pop()!)
      if (after(t, state)) break
    }
    h *= Math.min(GROW, Math.max(SHRINK, SAFETY * Math.max(error, 1e-10) ** -0.2))
  }
  return { evaluations, steps, converged }
}

function worstError(
  state: FlowState,
  next: FlowState,
  slopes: readonly FlowState[],
  h: number,
  n: number,
): number {
  const [before, after] = [arraysOf(state), arraysOf(next)]
  let worst = 0
  for (let a = 0; a < after.length; a++) {
    const columns = slopes.map((s) => arraysOf(s)[a])
    for (let i = 0; i < n; i++) {
      let error = 0
      for (let s = 0; s < ERROR.length; s++) error += ERROR[s] * columns[s][i]
      const scaled = Math.abs(h * error) / (1 + Math.max(Math.abs(before[a][i]), Math.abs(after[a][i])))
      if (scaled > worst) worst = scaled
    }
  }
  return worst
}

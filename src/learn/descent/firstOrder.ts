/** Dynamics that follow the gradient: what they have in common. */
import { requireNumber } from '../../error.js'
import type { Course, Situation } from './course.js'

/** What tells one from another: what happens to the point x, in place, when the gradient g is there. */
export interface Rule {
  /** Where the gradient is taken; default at x. */
  readonly probe?: (x: Float64Array) => Float64Array
  readonly move: (x: Float64Array, g: Float64Array) => void
  /** Whether nothing moves where the gradient has fallen to the tolerance; default yes. */
  readonly rests?: (tolerance: number) => boolean
}

/** Follows a rule until |∇ζ| ≤ tolerance or the budget is spent. */
export function* followGradient({ ledger, start }: Situation, rule: Rule, tolerance: number): Course {
  const x = Float64Array.from(start)
  yield { point: x }
  while (ledger.affords(0, 1)) {
    const g = ledger.gradient(rule.probe?.(x) ?? x)
    if (norm(g) <= tolerance && (rule.rests?.(tolerance) ?? true)) return { ended: 'converged' }
    rule.move(x, g)
    yield { point: x }
  }
  return { ended: 'budget' }
}

/** ‖v‖. */
export function norm(v: Float64Array): number {
  let sum = 0
  for (let d = 0; d < v.length; d++) sum += v[d] * v[d]
  return Math.sqrt(sum)
}

export function requireRate(value: unknown): number {
  return requireNumber('learningRate', value, 'a finite number > 0', (r) => r > 0)
}

/** |∇ζ| at which a run ends as converged. */
export function requireTolerance(value: unknown = 1e-10): number {
  return requireNumber('gradientTolerance', value, 'a number ≥ 0', (t) => t >= 0)
}

/** A decay, 0 ≤ μ < 1. */
export function requireDecay(name: string, value: unknown): number {
  return requireNumber(name, value, 'a number from 0 to below 1', (m) => m >= 0 && m < 1)
}

/**
 * Mean log-loss of a logistic regression without intercept, as an objective in weight space:
 *
 *   ζ(w) = (1/n) Σ_i [ ln(1 + e^{z_i}) − y_i z_i ],   z_i = w·x_i,   y_i ∈ {0, 1}
 *   ∇ζ(w) = (1/n) Σ_i (σ(z_i) − y_i) x_i
 *
 * It is convex, and it has a minimum at finite w exactly when no hyperplane through the origin
 * separates the two classes (Albert and Anderson, Biometrika 71, 1984).
 */
import { PsilabError } from '../error.js'
import type { Columns, Objective } from './objective.js'

export interface LogisticData {
  /** One row of two features a sample, best standardised. */
  readonly features: readonly (readonly number[])[]
  /** One label a sample, 0 or 1. */
  readonly labels: readonly number[]
  /** Names of the two weights; default w1, w2. */
  readonly variables?: readonly [string, string]
}

export function logisticLoss({ features, labels, variables = ['w1', 'w2'] }: LogisticData): Objective {
  requireData(features, labels)
  const n = labels.length
  const a = Float64Array.from(features, (row) => row[0])
  const b = Float64Array.from(features, (row) => row[1])
  const y = Float64Array.from(labels)

  const evaluate = ([w1, w2]: Columns): Float64Array =>
    w1.map((_, p) => {
      let loss = 0
      for (let i = 0; i < n; i++) {
        const z = w1[p] * a[i] + w2[p] * b[i]
        loss += softplus(z) - y[i] * z
      }
      return loss / n
    })

  const gradient = ([w1, w2]: Columns): Float64Array[] => {
    const g1 = new Float64Array(w1.length)
    const g2 = new Float64Array(w1.length)
    for (let p = 0; p < w1.length; p++) {
      for (let i = 0; i < n; i++) {
        const residual = 1 / (1 + Math.exp(-(w1[p] * a[i] + w2[p] * b[i]))) - y[i]
        g1[p] += (residual * a[i]) / n
        g2[p] += (residual * b[i]) / n
      }
    }
    return [g1, g2]
  }

  const [v1, v2] = variables.map(texName)
  return {
    variables,
    tex: `\\tfrac1n\\sum_i\\left[\\ln\\left(1+e^{z_i}\\right)-y_iz_i\\right],\\; z_i=${v1}x_{i1}+${v2}x_{i2}`,
    text: `(1/n) Σᵢ [ln(1 + e^zᵢ) − yᵢzᵢ], zᵢ = ${variables[0]}·xᵢ₁ + ${variables[1]}·xᵢ₂, n = ${n}`,
    evaluate,
    gradient,
  }
}

/** ln(1 + e^z) without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
}

/** w1 → w_1. */
function texName(name: string): string {
  return name.replace(/^([A-Za-z]+)_?(\d+)$/, '$1_{$2}')
}

function requireData(features: readonly (readonly number[])[], labels: readonly number[]): void {
  const fail = (problem: string, allowed: string, got: unknown): never => {
    throw new PsilabError({ code: 'parameter', parameter: 'features, labels', problem, allowed, got })
  }
  if (features.length !== labels.length || labels.length === 0)
    fail('lengths differ or are zero', 'one label for each row of features', [features.length, labels.length])
  const row = features.findIndex((r) => r.length !== 2 || !r.every(Number.isFinite))
  if (row >= 0) fail(`row ${row} is not usable`, 'two finite numbers a row', features[row])
  const label = labels.findIndex((y) => y !== 0 && y !== 1)
  if (label >= 0) fail(`label ${label} is not usable`, '0 or 1', labels[label])
}

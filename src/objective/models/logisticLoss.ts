/**
 * Mean log-loss of a logistic regression, as an objective in weight space:
 *
 *   ζ(w) = (1/n) Σ_i [ ln(1 + e^{z_i}) − y_i z_i ] + ½λ|w|²,   z_i = w·x_i (+ b),   y_i ∈ {0, 1}
 *   ∇ζ(w) = (1/n) Σ_i (σ(z_i) − y_i) x_i + λw
 *   ∇∇ζ(w) = (1/n) Σ_i σ(z_i)(1 − σ(z_i)) x_i x_iᵀ + λ
 *
 * It is convex. Without a ridge it has a minimum at finite w exactly when no hyperplane, through the origin where there
 * is no intercept, separates the two classes (Albert and Anderson, Biometrika 71, 1984).
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { type Columns, type Objective, symmetric } from '../objective.js'
import { shownObjective } from '../shownObjective.js'
import { gather, logistic, refuseData, requireSamples, softplus, texName } from './data.js'

export interface LogisticData {
  /** One row of features a sample, best standardised. */
  readonly features: readonly (readonly number[])[]
  /** One label a sample, 0 or 1. */
  readonly labels: readonly number[]
  /** Whether a constant b is added to z, the last variable; default false. */
  readonly intercept?: boolean
  /** λ ≥ 0 of ½λ|w|², which leaves b alone; default 0. */
  readonly ridge?: number
  /** Names of the weights, and of the intercept last; default w1, w2, …, b. */
  readonly variables?: readonly string[]
}

/**
 * The log-loss of a logistic regression: exact, with gradient, Hessian and gradients of samples.
 * @throws PsilabError `parameter` for data that are not usable
 */
export function logisticLoss(data: LogisticData): Objective {
  requireKeys('logisticLoss', data, ['features', 'labels', 'intercept', 'ridge', 'variables'])
  const { labels, intercept = false } = data
  const { count: n, width: m, features } = requireSamples(data.features, labels)
  const label = labels.findIndex((y) => y !== 0 && y !== 1)
  if (label >= 0) refuseData(`label ${label} is not usable`, '0 or 1', labels[label])
  const ridge = requireNumber('ridge', data.ridge ?? 0, 'a finite number ≥ 0', (r) => r >= 0)
  const y = Float64Array.from(labels)
  const size = intercept ? m + 1 : m
  const variables = data.variables ?? [
    ...Array.from({ length: m }, (_, j) => `w${j + 1}`),
    ...(intercept ? ['b'] : []),
  ]
  if (variables.length !== size)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'variables',
      problem: 'wrong number of names',
      allowed: `${size}${intercept ? ', the intercept last' : ''}`,
      got: variables,
    })

  const logit = (w: Float64Array, i: number): number => {
    let z = w[0] * features[i * m]
    for (let j = 1; j < m; j++) z += w[j] * features[i * m + j]
    return intercept ? z + w[m] : z
  }
  /** Feature u of sample i, of which the last is 1 where there is an intercept. */
  const feature = (i: number, u: number): number => (u < m ? features[i * m + u] : 1)

  const evaluate = (columns: Columns): Float64Array => {
    const w = new Float64Array(size)
    return columns[0].map((_, p) => {
      gather(columns, p, w)
      let loss = 0
      for (let i = 0; i < n; i++) {
        const z = logit(w, i)
        loss += softplus(z) - y[i] * z
      }
      return ridge === 0 ? loss / n : loss / n + (ridge / 2) * squared(w, m)
    })
  }

  const gradient = (columns: Columns): Float64Array[] => {
    const w = new Float64Array(size)
    const slopes = variables.map((_, u) => columns[u].map((v) => (u < m ? ridge * v : 0)))
    for (let p = 0; p < columns[0].length; p++) {
      gather(columns, p, w)
      for (let i = 0; i < n; i++) {
        const residual = logistic(logit(w, i)) - y[i]
        for (let u = 0; u < size; u++) slopes[u][p] += (residual * feature(i, u)) / n
      }
    }
    return slopes
  }

  const hessian = (columns: Columns): Float64Array[][] => {
    const w = new Float64Array(size)
    const rows = variables.map((_, u) =>
      variables.slice(0, u + 1).map((__, v) => columns[u].map(() => (u === v && u < m ? ridge : 0))),
    )
    for (let p = 0; p < columns[0].length; p++) {
      gather(columns, p, w)
      for (let i = 0; i < n; i++) {
        const z = logit(w, i)
        const weight = (logistic(z) * logistic(-z)) / n
        for (let u = 0; u < size; u++)
          for (let v = 0; v <= u; v++) rows[u][v][p] += weight * feature(i, u) * feature(i, v)
      }
    }
    return symmetric(rows)
  }

  const names = variables.slice(0, m)
  const constant = intercept ? ` + ${variables[m]}` : ''
  const [tex, text] = formula(names, constant, ridge)
  return shownObjective({
    variables,
    tex,
    text: `${text}, n = ${n}`,
    evaluate,
    gradient,
    hessian,
    sampleGradients: {
      count: n,
      at: (point, samples) => {
        const w = Float64Array.from(point)
        return Array.from(samples, (i) => {
          const residual = logistic(logit(w, i)) - y[i]
          return w.map((v, u) => residual * feature(i, u) + (u < m ? ridge * v : 0))
        })
      },
    },
  })
}

function squared(w: Float64Array, m: number): number {
  let sum = 0
  for (let j = 0; j < m; j++) sum += w[j] * w[j]
  return sum
}

/** ζ in TeX and in plain text; more than three weights are left to dots. */
function formula(names: readonly string[], constant: string, ridge: number): [tex: string, text: string] {
  const terms = (of: (name: string, j: number) => string, dots: string): string => {
    const all = names.map(of)
    return (all.length > 3 ? [all[0], dots, all.at(-1)!] : all).join(dots === '\\cdots' ? '+' : ' + ')
  }
  const z = terms((name, j) => `${texName(name)}x_{i${j + 1}}`, '\\cdots')
  const plain = terms((name, j) => `${name}·xᵢ${subscript(j + 1)}`, '…')
  const penalty = ridge === 0 ? '' : `+\\tfrac{${ridge}}{2}|w|^2`
  return [
    `\\tfrac1n\\sum_i\\left[\\ln\\left(1+e^{z_i}\\right)-y_iz_i\\right]${penalty},\\; z_i=${z}${constant}`,
    `(1/n) Σᵢ [ln(1 + e^zᵢ) − yᵢzᵢ]${ridge === 0 ? '' : ` + ½·${ridge}|w|²`}, zᵢ = ${plain}${constant}`,
  ]
}

const subscript = (n: number): string =>
  Array.from(String(n), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')

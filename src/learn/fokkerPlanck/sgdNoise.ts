/**
 * Stochastic gradient descent x ← x − ηg as Langevin dynamics: near a minimum of Hessian H, with gradients of covariance
 * Σ/B for batches of B samples, x is a linear process whose stationary covariance C is known exactly,
 *
 *   C = (1 − ηH) C (1 − ηH) + η²Σ/B,        C_ij = ηΣ_ij / B(h_i + h_j − ηh_ih_j)  in the eigenbasis of H;
 *
 * of the Ornstein–Uhlenbeck process that follows it to first order in η the last term is missing. That process has the
 * diffusion matrix ηΣ/2B. It is a diffusion coefficient, and e^{−U/D} the stationary density, where Σ is a multiple of
 * the unit matrix, D = ηΣ/2B; taken of all directions alike it is D = η tr Σ/2Bd.
 *
 * References: Mandt, Hoffman and Blei, JMLR 18(134) (2017); Liu, Ziyin and Ueda, ICML 2021, for finite η.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import { symmetricEigen } from '../../numeric/index.js'
import { gradientOf, hessianOf, type Objective } from '../../objective/index.js'

/** Gradient noise and curvature that are known: numbers in one coordinate, else matrices as rows. */
export interface KnownNoise {
  /** Covariance Σ of the gradients of single samples. */
  readonly covariance: number | readonly (readonly number[])[]
  /** Hessian H of the loss at its minimum. */
  readonly hessian: number | readonly (readonly number[])[]
}

export interface SgdNoiseOptions {
  /** Learning rate η > 0. */
  readonly learningRate: number
  /** Samples B of a batch; default 1. */
  readonly batch?: number
  /** Where the gradients of a loss are measured; default its known minimum. */
  readonly point?: readonly number[]
  /** Whether a batch may hold a sample twice; default false. Without, a batch of all samples has no noise. */
  readonly replacement?: boolean
}

/** One eigendirection of the Hessian. */
export interface NoiseDirection {
  /** Curvature h, in the unit of the loss per coordinate². */
  readonly curvature: number
  /** Unit vector. */
  readonly direction: Float64Array
  /** Diffusion coefficient along it, ηΣ_vv/2B. */
  readonly D: number
  /** Stationary variance along it: of the steps themselves; NaN where they do not settle. */
  readonly variance: number
  /** Of the Ornstein–Uhlenbeck process with this D, D/h. */
  readonly ornsteinUhlenbeck: number
  /** Of e^{−U/D} with the one D of all directions, D/h. */
  readonly isotropic: number
}

/**
 * The noise of stochastic gradients as a diffusion coefficient, and how far it is one.
 *
 * @param source a loss that is a mean over samples, or covariance and Hessian
 * @throws PsilabError `parameter` for options out of range, or a loss without samples
 * @example
 * sgdNoise({ covariance: 1, hessian: 1 }, { learningRate: 0.1 }).directions[0].variance // => 0.1/1.9
 */
export function sgdNoise(source: Objective | KnownNoise, options: SgdNoiseOptions): SgdNoise {
  requireKeys('sgdNoise', options, ['learningRate', 'batch', 'point', 'replacement'])
  const rate = requireNumber('learningRate', options.learningRate, 'a finite number > 0', (r) => r > 0)
  const batch = requireInteger('batch', options.batch ?? 1, 1, Number.MAX_SAFE_INTEGER)
  if (typeof source !== 'object' || source === null || !('evaluate' in source)) {
    requireKeys('source', source, ['covariance', 'hessian'])
    const [covariance, hessian] = [
      toMatrix('covariance', source.covariance),
      toMatrix('hessian', source.hessian),
    ]
    if (covariance.length !== hessian.length)
      refuse('hessian', 'of another size than the covariance', 'as many rows', hessian.length)
    return new SgdNoise(covariance, hessian, rate, batch, 1, [])
  }
  const { variables, minima, sampleGradients } = source
  if (sampleGradients === undefined)
    refuse(
      'source',
      'not a mean over samples',
      'such a loss, for example logisticLoss({ … }), or { covariance, hessian }',
      source.text,
    )
  const point = options.point ?? minima?.[0]?.point
  if (point === undefined || point.length !== variables.length || !point.every(Number.isFinite))
    refuse('point', 'not a place', `one finite number for each of ${variables.join(', ')}`, options.point)
  const { count } = sampleGradients
  requireInteger('batch', batch, 1, options.replacement === true ? Number.MAX_SAFE_INTEGER : count)
  const sigma = covarianceAt(source, point)
  const H = hessianOf(source)(point.map((x) => Float64Array.of(x))).map((row) => row.map((v) => v[0]))
  // The mean of B different ones of n samples scatters less than that of B independent ones.
  const left = options.replacement === true || count === 1 ? 1 : (count - batch) / (count - 1)
  const noise = new SgdNoise(sigma, H, rate, batch, left, [])
  return new SgdNoise(sigma, H, rate, batch, left, [
    ...slopeAt(source, point, sigma),
    ...elsewhere(source, point, noise),
  ])
}

/** Covariance of the gradients of single samples, rows of d numbers. */
function covarianceAt({ sampleGradients, variables }: Objective, point: readonly number[]): number[][] {
  const { count, at } = sampleGradients!
  const d = variables.length
  const rows = at(
    point,
    Array.from({ length: count }, (_, i) => i),
  )
  const mean = variables.map((_, u) => rows.reduce((sum, row) => sum + row[u], 0) / count)
  return Array.from({ length: d }, (_, u) =>
    Array.from(
      { length: d },
      (__, v) => rows.reduce((sum, row) => sum + (row[u] - mean[u]) * (row[v] - mean[v]), 0) / count,
    ),
  )
}

/** Gradient, as a share of that of single samples, from which on a place is not called a minimum. */
const SLOPE = 1e-3

function slopeAt(loss: Objective, point: readonly number[], sigma: readonly (readonly number[])[]): string[] {
  const slope = Math.hypot(...gradientOf(loss)(point.map((x) => Float64Array.of(x))).map((g) => g[0]))
  const single = Math.sqrt(sigma.reduce((sum, row, u) => sum + row[u], 0))
  return slope <= SLOPE * single
    ? []
    : [`The point is no minimum: the gradient is ${slope.toPrecision(2)} there, and the steps drift on.`]
}

/** Ratio of tr Σ within a standard deviation beyond which it is said. */
const UNEVEN = 1.1

/** Says where the noise is another one standard deviation from the minimum, along the softest direction. */
function elsewhere(loss: Objective, point: readonly number[], noise: SgdNoise): string[] {
  const [softest] = noise.directions
  if (!(softest.variance > 0)) return []
  const reach = Math.sqrt(softest.variance)
  const traces = [-reach, 0, reach].map((by) =>
    covarianceAt(
      loss,
      point.map((x, u) => x + by * softest.direction[u]),
    ).reduce((sum, row, u) => sum + row[u], 0),
  )
  const ratio = Math.max(...traces) / Math.min(...traces)
  return ratio < UNEVEN
    ? []
    : [
        `The noise is not the same everywhere: within a standard deviation along the softest direction its strength changes by a factor of ${ratio.toPrecision(3)}, which no D does.`,
      ]
}

function toMatrix(name: string, given: number | readonly (readonly number[])[]): number[][] {
  const rows = typeof given === 'number' ? [[given]] : given
  const isSymmetric =
    Array.isArray(rows) &&
    rows.length > 0 &&
    rows.every(
      (row, i) =>
        row?.length === rows.length &&
        row.every((v: number, j: number) => Number.isFinite(v) && v === rows[j]?.[i]),
    )
  if (!isSymmetric) refuse(name, 'not a symmetric matrix', 'a number, or rows of finite numbers', given)
  return rows.map((row) => [...row])
}

function refuse(parameter: string, problem: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem, allowed, got })
}

/** Ratio of the diffusion coefficients of two directions from which on the noise is not called isotropic. */
const ISOTROPIC = 1.05
/** Share of the largest eigenvalue of a covariance by which rounding makes others negative. */
const NEGATIVE = 1e-9
/** η times a curvature from which on the steps are not called short. */
const SHORT = 0.05

/** The noise of stochastic gradients near a minimum. */
export class SgdNoise extends Drawable {
  readonly learningRate: number
  readonly batch: number
  /** The diffusion coefficient of all directions alike, η tr Σ/2Bd. */
  readonly D: number
  /** Covariance Σ of the gradients of single samples, rows. */
  readonly covariance: readonly (readonly number[])[]
  /** Eigendirections of the Hessian, the softest first. */
  readonly directions: readonly NoiseDirection[]
  /** Largest over smallest diffusion coefficient of all directions: eigenvalues of Σ; 1 is isotropic. */
  readonly anisotropy: number
  /** Where the noise is no diffusion coefficient. */
  readonly notes: readonly string[]

  /**
   * @param left share of the variance that drawing without replacement leaves
   * @param further notes on what was measured of the loss
   */
  constructor(
    covariance: readonly (readonly number[])[],
    hessian: readonly (readonly number[])[],
    learningRate: number,
    batch: number,
    left: number,
    further: readonly string[],
  ) {
    super()
    const d = covariance.length
    const scale = (learningRate * left) / batch
    this.learningRate = learningRate
    this.batch = batch
    this.covariance = covariance
    this.D = covariance.reduce((sum, row, u) => sum + row[u], 0) * (scale / (2 * d))
    const { values, vectors } = symmetricEigen(Float64Array.from(hessian.flat()), d)
    this.directions = vectors.map((direction, n) => {
      const h = values[n]
      const noise = direction.reduce(
        (sum, v, u) => sum + v * covariance[u].reduce((s, c, w) => s + c * direction[w], 0),
        0,
      )
      const settles = h > 0 && learningRate * h < 2
      return {
        curvature: h,
        direction,
        D: (scale * noise) / 2,
        variance: settles ? (scale * noise) / (h * (2 - learningRate * h)) : Number.NaN,
        ornsteinUhlenbeck: h > 0 ? (scale * noise) / (2 * h) : Number.NaN,
        isotropic: h > 0 ? this.D / h : Number.NaN,
      }
    })
    const spread = symmetricEigen(Float64Array.from(covariance.flat()), d, { vectors: false }).values
    if (spread[0] < -NEGATIVE * spread[d - 1] || spread[d - 1] < 0)
      refuse('covariance', 'negative along some direction', 'eigenvalues ≥ 0', covariance)
    this.anisotropy = spread[0] > 0 ? spread[d - 1] / spread[0] : d === 1 ? 1 : Number.POSITIVE_INFINITY
    this.notes = [...this.limits(), ...further]
  }

  private limits(): string[] {
    const { directions, learningRate, anisotropy } = this
    const notes: string[] = []
    if (anisotropy > ISOTROPIC)
      notes.push(
        `The noise is ${anisotropy.toPrecision(3)} times as strong along one direction as along another: e^(−U/D) with one D is not the stationary density.`,
      )
    const steepest = directions[directions.length - 1].curvature
    if (directions.some(({ curvature }) => !(curvature > 0)))
      notes.push(
        'The Hessian is not positive: here is no minimum, and nothing stationary along such a direction.',
      )
    if (learningRate * steepest >= 2)
      notes.push(
        `The steps do not settle: η times the largest curvature is ${(learningRate * steepest).toPrecision(3)}, and below 2 is needed.`,
      )
    else if (learningRate * steepest > SHORT)
      notes.push(
        `The steps are long: the variance along the stiffest direction is ${(1 / (1 - (learningRate * steepest) / 2)).toPrecision(4)} times that of the Ornstein–Uhlenbeck process.`,
      )
    return notes
  }

  /** One row an eigendirection of the Hessian, the softest first. */
  protected override tabulated(): Tabulated {
    const of = (name: Exclude<keyof NoiseDirection, 'direction'>): number[] =>
      this.directions.map((direction) => direction[name])
    return {
      curvature: of('curvature'),
      D: of('D'),
      variance: of('variance'),
      ornstein_uhlenbeck: of('ornsteinUhlenbeck'),
      isotropic: of('isotropic'),
    }
  }

  override figure(): PanelsFigure {
    return panelsFigure({
      title: `Noise of stochastic gradients, η = ${this.learningRate}, batches of ${this.batch}`,
      alt: `How far the noise of stochastic gradients is a diffusion coefficient: ${this.summary()}`,
      notes: this.notes,
      panels: [
        {
          type: 'table',
          heading: 'Along the eigendirections of the Hessian, the softest first',
          columns: [
            { label: 'curvature', align: 'right' },
            { label: 'D along it', align: 'right' },
            { label: 'variance of the steps', align: 'right' },
            { label: 'Ornstein–Uhlenbeck', align: 'right' },
            { label: 'one D for all', align: 'right' },
          ],
          rows: this.directions
            .slice(0, SHOWN)
            .map(({ curvature, D, variance, ornsteinUhlenbeck, isotropic }) =>
              [curvature, D, variance, ornsteinUhlenbeck, isotropic].map((v) => v.toPrecision(5)),
            ),
        },
      ],
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const [softest] = this.directions
    return `D = ${this.D.toPrecision(6)}, noise ${this.anisotropy.toPrecision(3)} : 1, variance along the softest direction ${softest.variance.toPrecision(6)} (Ornstein–Uhlenbeck ${softest.ornsteinUhlenbeck.toPrecision(6)})`
  }
}

/** Directions of a table. */
const SHOWN = 12

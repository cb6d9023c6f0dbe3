/**
 * The quantum dynamic equation as Langevin dynamics. With the ground state φ₀ > 0 and its energy E₀, p = φ₀ψ turns
 * ∂ψ/∂τ = −(H − E₀)ψ into the Fokker–Planck equation of the loss
 *
 *   U = −2D ln φ₀,     drift −∇U = 2D ∇φ₀/φ₀,     V_s = ζ − E₀,
 *
 * whose stationary density is φ₀² and whose rates are Eₙ − E₀. It is the equation of diffusions with killing at the rate
 * ζ that are conditioned to survive.
 *
 * References: Doob, Bull. Soc. Math. France 85, 431 (1957); Pinsky, Ann. Probab. 13, 363 (1985).
 */
import { PsilabError, requireInteger } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { type Grid, interpolate, type WaveFunction } from '../../grid/index.js'
import { tridiagonalValues } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'
import { type Eigenstates, type Problem, requireProblem } from '../../qde/index.js'

/** Share of the peak of φ₀ below which its logarithm is rounding and no more. */
const TRUSTED = 1e-6
/** Parts of the table of U on a line: an even number a cell. */
const PARTS = 2048
/** Cells of the generator, coarsest first; errors of order h² and h⁴ are extrapolated away. */
const CELLS = [256, 512, 1024] as const

/**
 * The Langevin dynamics whose Fokker–Planck equation a problem is, in imaginary time.
 *
 * @throws PsilabError as `groundState` does, `resolution` where wells are so deep that φ₀ may lie in either
 * @example
 * doobTransform(qde({ objective: 'x^4', D: 0.5 })).rates(3) // E₁ − E₀, …
 */
export function doobTransform(problem: Problem): DoobTransform {
  requireProblem(problem)
  return new DoobTransform(problem)
}

export class DoobTransform extends Drawable {
  readonly problem: Problem
  /** E₀, the rate at which walkers die. */
  readonly energy: number
  readonly grid: Grid
  /** U = −2D ln φ₀ on the grid, least 0; NaN where φ₀ is too small to have a logarithm. */
  readonly U: Float64Array
  /** φ₀² on the grid, ∫ = 1: the stationary density of the dynamics. */
  readonly stationary: Float64Array
  /** U as a loss for `langevinEnsemble` and `fokkerPlanck`, on a line; undefined in a plane and in space. */
  readonly loss: Objective | undefined
  readonly notes: readonly string[]
  private readonly table: Table | undefined
  private levels: Eigenstates | undefined

  constructor(problem: Problem) {
    super()
    const { energy, state, grid } = problem.groundState()
    requireGap(problem)
    this.problem = problem
    this.energy = energy
    this.grid = grid
    this.stationary = state.density()
    const phi = Float64Array.from({ length: grid.size }, (_, i) => state.values[2 * i])
    const peak = phi.reduce((most, v) => Math.max(most, v), 0)
    this.U = phi.map((v) => (v > TRUSTED * peak ? -2 * problem.D * Math.log(v / peak) : Number.NaN))
    this.notes = [
      'The drift comes from φ₀, so that it is known once the equation is solved: it is a reading of the dynamics, and no way to find φ₀.',
    ]
    if (grid.axes.length > 1) return
    this.table = tableOf(state, problem.D, peak)
    this.loss = lossOf(problem.objective.variables, this.table)
  }

  /** The lowest `count` rates Eₙ − E₀, ascending from 0, from the levels of the problem. */
  rates(count = 6): Float64Array {
    requireInteger('count', count, 1, 256)
    if (this.levels === undefined || this.levels.energies.length < count)
      this.levels = this.problem.eigenstates(count)
    return this.levels.energies.slice(0, count).map((e) => e - this.levels!.energies[0])
  }

  /**
   * The same rates from the other side, on a line: eigenvalues of the generator ∇·(p∇U) + D∇²p itself as jumps between
   * cells of width h at the rates (D/h²) e^{−ΔU/2D}, extrapolated to h → 0. Nothing of H enters but U. The range ends
   * where φ₀² is 1e-12 of its peak, so that λ₁ to λ₃ are right to about 1e-7 and λ₅ to 1e-5.
   */
  generatorRates(count = 6): Float64Array {
    requireInteger('count', count, 1, 32)
    if (this.table === undefined)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'problem',
        problem: 'the generator is made for one coordinate',
        allowed: 'a problem on a line',
        got: this.grid.axes.length,
      })
    const { D } = this.problem
    let column = CELLS.map((cells) => jumpRates(this.table!, D, cells).slice(0, count))
    for (let order = 4; column.length > 1; order *= 4)
      column = column.slice(1).map((fine, k) => fine.map((v, n) => v + (v - column[k][n]) / (order - 1)))
    return column[0]
  }

  override figure(): PanelsFigure {
    const { problem, energy, table, loss } = this
    const count = 6
    const rates = this.rates(count)
    const panels: Panel[] = []
    if (table !== undefined && loss !== undefined) {
      const x = Float64Array.from(
        { length: 401 },
        (_, i) => table.from + ((table.to - table.from) * (i + 0.5)) / 401,
      )
      const U = loss.evaluate([x])
      const density = U.map((v) => Math.exp(-v / problem.D))
      const total = density.reduce((a, b) => a + b, 0) * (x[1] - x[0])
      const label = problem.objective.variables[0]
      panels.push(
        {
          type: 'lines',
          heading: 'Loss U = −2D ln φ₀, and the objective it comes from',
          x: { label },
          y: { label: 'U, ζ − E₀' },
          series: [
            { label: 'U', x, y: U },
            {
              label: 'ζ − E₀, which is V_s of U',
              role: 'reference',
              x,
              y: problem.objective.evaluate([x]).map((v) => v - energy),
            },
          ],
        },
        {
          type: 'lines',
          heading: 'Stationary density',
          x: { label },
          y: { label: 'density' },
          series: [{ label: 'φ₀²', x, y: density.map((v) => v / total) }],
        },
      )
    }
    const generator = table === undefined ? undefined : this.generatorRates(count)
    panels.push({
      type: 'table',
      heading: 'Rates from both sides',
      columns: [
        { label: 'n', align: 'right' },
        { label: 'Eₙ − E₀', align: 'right' },
        ...(generator === undefined ? [] : [{ label: 'generator of the dynamics', align: 'right' as const }]),
      ],
      rows: Array.from(rates, (rate, n) => [
        String(n),
        rate.toFixed(8),
        ...(generator === undefined ? [] : [Math.abs(generator[n]).toFixed(8)]),
      ]),
    })
    return panelsFigure({
      title: 'Quantum dynamics as Langevin dynamics',
      alt: `The loss whose Langevin dynamics has the rates of the problem. ${this.summary()}`,
      panels,
      notes: this.notes,
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const rates = Array.from(this.rates(4), (rate) => rate.toFixed(9)).join(', ')
    return `U = −2D ln φ₀, E₀ = ${this.energy.toFixed(9)}, rates Eₙ − E₀ = ${rates}`
  }
}

/** Errors of a level that a gap must exceed for the two states to be told apart. */
const APART = 100

/** @throws PsilabError `resolution` where the two lowest levels are one within their errors */
function requireGap(problem: Problem): void {
  let levels: Eigenstates
  try {
    levels = problem.eigenstates(2)
  } catch (error) {
    // A well that holds one state has no second level.
    if (error instanceof PsilabError) return
    throw error
  }
  if (levels.gap > APART * Math.max(...levels.errors)) return
  throw new PsilabError({
    code: 'resolution',
    parameter: 'problem',
    problem: `the two lowest levels are ${levels.gap.toExponential(1)} apart, closer than doubles tell, so that φ₀ may lie in either well`,
    allowed: 'a ground state that is known',
    advice: 'Take a larger D.',
  })
}

/** U and U′ at equidistant places of a line, where φ₀ has a logarithm. */
interface Table {
  readonly from: number
  readonly to: number
  readonly spacing: number
  readonly U: Float64Array
  readonly slope: Float64Array
}

function tableOf(state: WaveFunction, D: number, peak: number): Table {
  const [{ coordinates }] = state.grid.axes
  const has = (_: number, i: number): boolean => state.values[2 * i] > TRUSTED * peak
  const [first, last] = [coordinates.findIndex(has), coordinates.findLastIndex(has)]
  const [from, to] = [coordinates[first], coordinates[last]]
  const spacing = (to - from) / PARTS
  const phi = interpolate(state, [Float64Array.from({ length: PARTS + 1 }, (_, i) => from + i * spacing)])
  const U = Float64Array.from({ length: PARTS + 1 }, (_, i) => -2 * D * Math.log(phi[2 * i] / peak))
  return { from, to, spacing, U, slope: slopes(U, spacing) }
}

/** Weights of f₀ … f₄ in 12h f′ at each of them. */
const FIVE_POINTS = [
  [-25, 48, -36, 16, -3],
  [-3, -10, 18, -6, 1],
  [1, -8, 0, 8, -1],
  [-1, 6, -18, 10, 3],
  [3, -16, 36, -48, 25],
] as const

function slopes(U: Float64Array, spacing: number): Float64Array {
  return U.map((_, i) => {
    const first = Math.min(Math.max(0, i - 2), U.length - 5)
    return (
      FIVE_POINTS[i - first].reduce<number>((sum, weight, k) => sum + weight * U[first + k], 0) /
      (12 * spacing)
    )
  })
}

/** U, U′ and U″ by cubics that meet values and slopes of the table; beyond it parabolas that open upward. */
function lossOf(variables: readonly string[], { from, spacing, U, slope }: Table): Objective {
  const last = U.length - 1
  const at = (x: number): readonly [number, number, number] => {
    const t = (x - from) / spacing
    if (!(t >= 0 && t <= last)) {
      const end = t < 0 ? 0 : last
      const by = x - (from + end * spacing)
      const inner = end === 0 ? 1 : last - 1
      const bend = Math.max(0, (slope[inner] - slope[end]) / ((inner - end) * spacing))
      return [U[end] + by * (slope[end] + (by * bend) / 2), slope[end] + by * bend, bend]
    }
    const i = Math.min(last - 1, Math.floor(t))
    const s = t - i
    const [a, b] = [U[i], slope[i] * spacing]
    const rise = U[i + 1] - a
    const c = 3 * rise - 2 * b - slope[i + 1] * spacing
    const d = rise - b - c
    return [
      a + s * (b + s * (c + s * d)),
      (b + s * (2 * c + 3 * s * d)) / spacing,
      (2 * c + 6 * s * d) / (spacing * spacing),
    ]
  }
  return {
    variables,
    tex: '-2D\\ln\\varphi_0',
    text: '−2D ln φ₀',
    evaluate: ([x]) => x.map((v) => at(v)[0]),
    gradient: ([x]) => [x.map((v) => at(v)[1])],
    hessian: ([x]) => [[x.map((v) => at(v)[2])]],
  }
}

/** Eigenvalues of jumps between cells over the range of a table, ascending; nothing leaves at its ends. */
function jumpRates({ from, to, U }: Table, D: number, cells: number): Float64Array {
  const h = (to - from) / cells
  // Middles of cells are places of the table.
  const values = Float64Array.from({ length: cells }, (_, i) => U[((2 * i + 1) * PARTS) / (2 * cells)])
  const rate = D / (h * h)
  const diagonal = new Float64Array(cells)
  const off = new Float64Array(cells).fill(-rate)
  off[0] = 0
  for (let i = 0; i + 1 < cells; i++) {
    const half = Math.exp((values[i] - values[i + 1]) / (2 * D))
    diagonal[i] += rate * half
    diagonal[i + 1] += rate / half
  }
  return tridiagonalValues(diagonal, off)
}

/**
 * The classical limit and its quantum corrections (Wigner, Phys. Rev. 40, 749 (1932); Kirkwood, Phys. Rev. 44, 31
 * (1933)). With w = e^{−βζ}/(4πDβ)^{n/2}, D = ħ²/2m, the diagonal of e^{−βH} is
 *
 *   w [1 − Dβ²Δζ/6 + Dβ³|∇ζ|²/12 + O(D²)],
 *
 * and its trace, with third and fourth derivatives integrated by parts,
 *
 *   Z = ∫ w { 1 − Dβ²Δζ/12
 *             + D² [β⁴ (|∇∇ζ|²/90 − (Δζ)²/360) + β⁵ (|∇ζ|²Δζ/360 − ∇ζ·∇∇ζ·∇ζ/60) + β⁶ |∇ζ|⁴/288] + O(D³) } dx,
 *
 * so that F = F_cl + (Dβ/12)⟨Δζ⟩ + …; for the oscillator x/(2 sinh ½x)= 1 − x²/24 + 7x⁴/5760 with x = βω. Every term is
 * c βᵏ e^{−βζ}, whose derivatives by β are known, and so are U = −∂ ln Z/∂β and C = β² ∂² ln Z/∂β².
 *
 * Reference of the coefficients: the heat kernel of −Δ + V, for example Fujiwara, Osborn and Wilk, Phys. Rev. A 25, 14
 * (1982).
 */
import { Drawable, type Panel, type PanelsFigure, type ProblemRecord, panelsFigure } from '../figure/index.js'
import { column, writeCsv, writeNpz } from '../interchange/index.js'
import type { ThermodynamicPoint } from './levelSums.js'
import type { TracePoint } from './thermodynamics.js'

/** ζ and its derivatives at nodes of a quadrature. */
export interface ClassicalNodes {
  readonly weights: Float64Array
  readonly zeta: Float64Array
  /** Absent where ζ has no derivatives: then only the classical limit itself is known. */
  readonly gradient?: readonly Float64Array[]
  readonly hessian?: readonly (readonly Float64Array[])[]
}

/** c(x) βᵏ under the integral of w. */
interface Term {
  readonly order: number
  readonly power: number
  readonly factor: Float64Array | undefined
}

/** The terms of Z up to an order of D. */
function termsOf({ gradient, hessian }: ClassicalNodes, D: number, order: number): Term[] {
  const terms: Term[] = [{ order: 0, power: 0, factor: undefined }]
  if (order === 0 || gradient === undefined || hessian === undefined) return terms
  const n = gradient.length
  const size = gradient[0].length
  const [first, fourth, fifth, sixth] = Array.from({ length: 4 }, () => new Float64Array(size))
  for (let i = 0; i < size; i++) {
    let [laplacian, square, slope, along] = [0, 0, 0, 0]
    for (let u = 0; u < n; u++) {
      laplacian += hessian[u][u][i]
      slope += gradient[u][i] ** 2
      for (let v = 0; v < n; v++) {
        square += hessian[u][v][i] ** 2
        along += gradient[u][i] * hessian[u][v][i] * gradient[v][i]
      }
    }
    first[i] = (-D * laplacian) / 12
    fourth[i] = D * D * (square / 90 - (laplacian * laplacian) / 360)
    fifth[i] = D * D * ((slope * laplacian) / 360 - along / 60)
    sixth[i] = (D * D * slope * slope) / 288
  }
  terms.push({ order: 1, power: 2, factor: first })
  if (order > 1)
    terms.push(
      { order: 2, power: 4, factor: fourth },
      { order: 2, power: 5, factor: fifth },
      { order: 2, power: 6, factor: sixth },
    )
  return terms
}

/**
 * Z, F, U, S, C of the classical limit and of each order of D up to the second.
 * @param order the highest, 0 to 2
 */
export function classicalSums(
  nodes: ClassicalNodes,
  D: number,
  beta: number,
  dimension: number,
  order: number,
): ThermodynamicPoint[] {
  const { zeta, weights } = nodes
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const prefactor = (4 * Math.PI * D * beta) ** (-dimension / 2)
  const sums: [number, number, number] = [0, 0, 0]
  const terms = termsOf(nodes, D, order)
  const highest = terms[terms.length - 1].order
  return Array.from({ length: highest + 1 }, (_, k) => {
    for (const { power, factor } of terms.filter((term) => term.order === k)) {
      // βᵖ e^{−βe}: the logarithm's derivative is p/β − e, and its derivative −p/β².
      const p = power - dimension / 2
      const scale = prefactor * beta ** power
      for (let i = 0; i < zeta.length; i++) {
        const e = zeta[i] - least
        const value = scale * weights[i] * Math.exp(-beta * e) * (factor?.[i] ?? 1)
        const slope = p / beta - e
        sums[0] += value
        sums[1] += value * slope
        sums[2] += value * (slope * slope - p / (beta * beta))
      }
    }
    const [Z, first, second] = sums
    const slope = first / Z
    const logZ = Math.log(Z) - beta * least
    return {
      temperature: 1 / beta,
      Z: Math.exp(logZ),
      F: -logZ / beta,
      U: least - slope,
      S: Math.log(Z) - beta * slope,
      C: beta * beta * (second / Z - slope * slope),
    }
  })
}

export interface ClassicalLimitData {
  readonly problem: ProblemRecord
  readonly beta: number
  readonly orders: readonly ThermodynamicPoint[]
  /** The quantum values, where they are known. */
  readonly quantum: TracePoint | undefined
  /** Densities on a line; undefined in two and three dimensions. */
  readonly line:
    | {
        readonly name: string
        readonly x: Float64Array
        readonly classical: Float64Array
        readonly corrected: Float64Array | undefined
        readonly quantum: Float64Array | undefined
      }
    | undefined
  readonly notes: readonly string[]
}

/** The classical limit of one problem at one temperature, its corrections, and how far each is from the quantum values. */
export class ClassicalLimit extends Drawable {
  readonly beta: number
  /** Z, F, U, S, C at order D⁰ (classical), D¹ and D² (Wigner and Kirkwood), as far as ζ has derivatives. */
  readonly orders: readonly ThermodynamicPoint[]
  /** The quantum values; undefined where the routes to them refuse this temperature. */
  readonly quantum: TracePoint | undefined
  /** Z of each order over the quantum Z, less 1; NaN where that is not known. */
  readonly errors: Float64Array
  /** On a line: its points, the classical density, the one corrected to order D, and the quantum one where it is known. */
  readonly line: ClassicalLimitData['line']
  readonly notes: readonly string[]
  private readonly problem: ProblemRecord

  constructor({ problem, beta, orders, quantum, line, notes }: ClassicalLimitData) {
    super()
    this.problem = problem
    this.beta = beta
    this.orders = orders
    this.quantum = quantum
    this.errors = Float64Array.from(orders, ({ Z }) =>
      quantum === undefined ? Number.NaN : Math.expm1(Math.log(Z) - Math.log(quantum.Z)),
    )
    this.line = line
    this.notes = notes
  }

  /** A .npz archive: `Z`, `F`, `U`, `S`, `C` by order, and on a line the densities. */
  override toNpz(): Uint8Array {
    const by = (name: 'Z' | 'F' | 'U' | 'S' | 'C') => column(Float64Array.from(this.orders, (p) => p[name]))
    const { line } = this
    return writeNpz({
      Z: by('Z'),
      F: by('F'),
      U: by('U'),
      S: by('S'),
      C: by('C'),
      ...(line && {
        [line.name]: column(line.x),
        classical: column(line.classical),
        ...(line.corrected && { corrected: column(line.corrected) }),
        ...(line.quantum && { quantum: column(line.quantum) }),
      }),
    })
  }

  /** A table with one row an order of D: Z, F, U, S, C and the relative error of Z. */
  override toCsv(): string {
    const by = (name: 'Z' | 'F' | 'U' | 'S' | 'C') => this.orders.map((p) => p[name])
    return writeCsv({
      order: this.orders.map((_, k) => k),
      Z: by('Z'),
      F: by('F'),
      U: by('U'),
      S: by('S'),
      C: by('C'),
      error: this.errors,
    })
  }

  override figure(): PanelsFigure {
    const { line, beta, quantum } = this
    const row = (name: string, p: ThermodynamicPoint, error: string): string[] => [
      name,
      ...[p.Z, p.F, p.U, p.S, p.C].map((v) => v.toPrecision(8)),
      error,
    ]
    const table: Panel = {
      type: 'table',
      heading: 'Orders of D',
      columns: [
        { label: '' },
        ...['Z', 'F', 'U', 'S', 'C', 'error of Z'].map((label) => ({ label, align: 'right' as const })),
      ],
      rows: [
        ...this.orders.map((p, k) => row(NAMES[k], p, percent(this.errors[k]))),
        ...(quantum === undefined ? [] : [row('quantum', quantum, '')]),
      ],
    }
    const curves: Panel[] =
      line === undefined
        ? []
        : [
            {
              type: 'lines',
              heading: 'Density',
              x: { label: line.name },
              y: { label: 'ρ' },
              series: [
                ...(line.quantum === undefined
                  ? []
                  : [{ label: 'quantum', role: 'reference' as const, x: line.x, y: line.quantum }]),
                { label: 'classical', x: line.x, y: line.classical },
                ...(line.corrected === undefined
                  ? []
                  : [{ label: 'to order D', x: line.x, y: line.corrected }]),
              ],
            },
          ]
    return panelsFigure({
      title: `Classical limit, β = ${Number(beta.toPrecision(6))}`,
      alt: `Classical partition function ${this.orders[0].Z.toPrecision(6)} and its quantum corrections${quantum === undefined ? '' : `; the quantum value is ${quantum.Z.toPrecision(6)}`}.`,
      problem: this.problem,
      panels: [...curves, table],
      notes: this.notes,
    })
  }

  override toString(): string {
    const text = ({ Z, F, U, C }: ThermodynamicPoint): string =>
      `Z = ${Z.toPrecision(12)}, F = ${F.toFixed(9)}, U = ${U.toFixed(9)}, C = ${C.toFixed(9)}`
    return [
      ...this.orders.map((p, k) => `${NAMES[k]}: ${text(p)} (${percent(this.errors[k])})`),
      ...(this.quantum === undefined ? [] : [`quantum: ${text(this.quantum)}`]),
      ...this.notes,
    ].join('\n')
  }
}

const NAMES = ['classical', 'to order D', 'to order D²'] as const

function percent(error: number): string {
  return Number.isNaN(error)
    ? 'error unknown'
    : `${error >= 0 ? '+' : '−'}${Math.abs(100 * error).toPrecision(3)} %`
}

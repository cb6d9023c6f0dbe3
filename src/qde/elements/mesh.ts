/** Cuts an interval into elements: at the breaks of ζ, and so that none spans more phase than its degree holds. */

/** Largest ∫√(|E − ζ|/D) dx over one element: J_p(PHASE/2), what degree p = 32 leaves of e^{ikx}, is then 1e-13. */
const PHASE = 20
/** Most elements to begin with, besides those between breaks. */
const MOST = 24
/** Samples of ζ between two breaks. */
const SAMPLES = 512

export interface MeshDemand {
  readonly D: number
  readonly lower: number
  readonly upper: number
  /** Points between the ends at which elements must meet, ascending. */
  readonly breaks: readonly number[]
  readonly potential: (x: Float64Array) => Float64Array
  /** Highest energy of the states wanted. */
  readonly energy: number
}

/** Ends of the elements, ascending. */
export function mesh(demand: MeshDemand): number[] {
  const corners = [demand.lower, ...demand.breaks, demand.upper]
  const pieces = corners.slice(1).map((b, c) => phasesOf(demand, corners[c], b))
  const all = pieces.reduce((sum, { total }) => sum + total, 0)
  // A phase that needs more elements lies in the main where the states vanish.
  const share = Math.max(PHASE, all / MOST)
  return [demand.lower, ...pieces.flatMap((piece) => cutsOf(piece, share))]
}

/** ζ's phase in equal parts of a piece without breaks. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly phases: Float64Array
  readonly total: number
}

function phasesOf({ D, potential, energy }: MeshDemand, from: number, to: number): Piece {
  const dx = (to - from) / SAMPLES
  const phases = potential(Float64Array.from({ length: SAMPLES }, (_, i) => from + (i + 0.5) * dx)).map((v) =>
    Math.min(Math.sqrt(Math.abs(energy - v) / D) * dx, PHASE),
  )
  return { from, to, phases, total: phases.reduce((sum, phase) => sum + phase, 0) }
}

/** The ends of elements of equal phase in a piece, without its first. */
function cutsOf({ from, to, phases, total }: Piece, share: number): number[] {
  const dx = (to - from) / SAMPLES
  const part = total / Math.max(1, Math.ceil(total / share))
  const cuts: number[] = []
  let sum = 0
  phases.forEach((phase, i) => {
    while (sum + phase > (cuts.length + 1) * part)
      cuts.push(from + (i + ((cuts.length + 1) * part - sum) / phase) * dx)
    sum += phase
  })
  // Rounding may leave a cut at the very end.
  return [...cuts.filter((x) => x < to - 1e-3 * dx), to]
}

/** The mesh with the elements of a list cut in two. */
export function refined(vertices: readonly number[], elements: readonly number[]): number[] {
  return vertices.flatMap((v, e) => (elements.includes(e) ? [v, (v + vertices[e + 1]) / 2] : [v]))
}

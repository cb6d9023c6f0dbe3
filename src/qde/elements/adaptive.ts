/** Levels on elements that are cut until they hold the states. */
import { type MeshDemand, mesh, refined } from './mesh.js'
import { DEGREE } from './reference.js'
import { type ElementLevel, lowestOnElements, type SturmLiouville } from './sturmLiouville.js'

/** Part of a state in the highest polynomials at which it is resolved; its energy is then good to the square. */
const RESOLVED = 1e-9
/** Most elements, by unknowns of the matrix. */
const MOST = Math.floor(1024 / DEGREE)
/** Shortest element, as a share of all: kinetic energies on shorter ones would drown the levels in rounding. */
const SHORTEST = 1e-4
/** Residual, as a share of the energy above the lowest ζ, from which on the user is warned. */
const ROUGH = 1e-6

export type Demand = Omit<SturmLiouville, 'vertices'> &
  MeshDemand & {
    /** V without what polynomials hold by themselves, such as a centrifugal barrier; default V. */
    readonly profile?: MeshDemand['potential']
  }

/** The lowest `count` levels, ascending. */
export function adaptiveLevels(demand: Demand, count: number): ElementLevel[] {
  const shortest = SHORTEST * (demand.upper - demand.lower)
  let vertices = mesh({ ...demand, potential: demand.profile ?? demand.potential })
  for (;;) {
    const levels = lowestOnElements({ ...demand, vertices }, count)
    const tails = worst(levels, vertices.length - 1)
    const poor = Array.from(tails.keys()).filter(
      (e) => tails[e] > RESOLVED && vertices[e + 1] - vertices[e] > shortest,
    )
    if (poor.length === 0 || vertices.length + poor.length > MOST) {
      warnOfRoughness(levels)
      return levels
    }
    vertices = refined(vertices, poor)
  }
}

/** The largest tail of any state on each element. */
function worst(levels: readonly ElementLevel[], elements: number): Float64Array {
  const tails = new Float64Array(elements)
  for (const level of levels)
    level.tails.forEach((tail, e) => {
      tails[e] = Math.max(tails[e], tail)
    })
  return tails
}

function warnOfRoughness(levels: readonly ElementLevel[]): void {
  const residual = Math.max(...levels.map((level) => level.residual))
  const scale = Math.max(...levels.map((level) => level.kinetic))
  if (residual > ROUGH * scale)
    console.warn(
      `objective: ζ is not smooth between its kinks, so energies are good to about ${residual.toExponential(0)} only.`,
    )
}

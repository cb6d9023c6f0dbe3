/**
 * The trace on a line through the kernel: ⟨x|e^{−βH}|x′⟩ between the points of a grid finer than that of the levels, by
 * scaling and squaring of a short-time kernel (Thirumalai, Bruskin and Berne, J. Chem. Phys. 79, 5063 (1983), with the
 * short-time kernel as a series in H, so that no time step is left to be extrapolated).
 */
import { PsilabError } from '../../error.js'
import type { Trace } from '../../thermal/index.js'
import { requireClosed } from '../absorber.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { type Gibbs, gibbs } from './gibbs.js'
import { thermalGrid, trustedEnergy } from './lineSpectrum.js'
import { lowestOf } from './refusals.js'
import { tailBound } from './tail.js'

/** Doublings of the resolution beyond that of the levels, and of the coarser grid that shows the error. */
const FINER = 0.4
const COARSER = 0.1
/** Largest grid whose kernel is squared. */
const MOST = 640
/** Relative error of Z from which on it is refused. */
const ROUGH = 1e-7

export interface LineKernel {
  readonly hamiltonian: Hamiltonian
  readonly gibbs: (temperature: number) => Gibbs
  readonly trace: Trace
}

export function lineKernel(space: Discretisation, hottest: number): LineKernel {
  const fine = kernelOn(space, hottest, FINER)
  const { grid } = fine.hamiltonian
  let found: number | undefined
  // The hottest needs the grid most.
  const gridError = (): number => {
    if (found !== undefined) return found
    const coarse = kernelOn(space, hottest, COARSER)
    // By ln Z, which does not underflow.
    const [F, other] = [fine, coarse].map(({ of }) => of(hottest).point.F)
    found = coarse.hamiltonian === fine.hamiltonian ? 0 : Math.abs(Math.expm1((F - other) / hottest))
    if (found > ROUGH) refuseRough(space, found)
    return found
  }
  const tail = tailBound(space, hottest, fine.energy)
  return {
    hamiltonian: fine.hamiltonian,
    gibbs: fine.of,
    trace: {
      route: 'kernel',
      levels: new Float64Array(),
      notes: [`exp(−βH) between ${grid.size} points, squared from a short time; no levels were computed.`],
      at(T) {
        const { point, rounding } = fine.of(T)
        const truncation = tail(T, -point.F / T)
        return { ...point, truncation, error: truncation + gridError() + rounding }
      },
    },
  }
}

interface KernelOnGrid {
  readonly hamiltonian: Hamiltonian
  /** Up to which the grid holds the states. */
  readonly energy: number
  readonly of: (temperature: number) => Gibbs
}

function kernelOn(space: Discretisation, hottest: number, refinement: number): KernelOnGrid {
  const { choice, energy } = thermalGrid(space, hottest, refinement)
  const { grid } = choice
  requireClosed(grid.axes, 'the kernel')
  if (grid.size > MOST)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'temperatures',
      problem: `the kernel between ${grid.size} points takes too long to square`,
      allowed: `at most ${MOST} points`,
      got: hottest,
      advice: "Lower the highest temperature, or use route: 'spectrum'.",
    })
  const hamiltonian = space.hamiltonian(grid)
  const matrix = hamiltonian.matrix()
  const shift = lowestOf(hamiltonian.zeta)
  return {
    hamiltonian,
    energy: space.boxGiven ? trustedEnergy(hamiltonian) : energy,
    of: (T) => gibbs(matrix, grid.size, shift, T),
  }
}

function refuseRough(space: Discretisation, error: number): never {
  throw new PsilabError({
    code: 'resolution',
    parameter: 'route',
    problem: `the kernel between points holds Z of ${space.objective.text} to ${error.toExponential(0)} only, as where ζ has kinks`,
    allowed: `an error of at most ${ROUGH}`,
    got: 'kernel',
    advice: "Use route: 'spectrum', whose elements end at the kinks.",
  })
}

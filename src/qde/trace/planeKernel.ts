/**
 * The trace in two and three dimensions through the kernel: e^{−βH} between products of mean-field eigenfunctions of the
 * axes, by scaling and squaring. The trace grows with the basis (Peierls), so that what a smaller basis lacks shows what
 * the basis lacks.
 */
import { PsilabError } from '../../error.js'
import { MAX_TRUNCATION, type Trace } from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { type Gibbs, gibbs } from './gibbs.js'
import { leading, levelsWanted, type PlaneBasis, type ProductBasis, planeBasis } from './planeBasis.js'

/** Sizes of the basis that are tried, each beside the one before. */
const SIZES = [100, 150, 225, 340, 500] as const
/** Products for each level that weighs anything, at least. */
const PRODUCTS = 1.2

export interface PlaneKernel {
  readonly basis: PlaneBasis
  readonly gibbs: (temperature: number) => Gibbs
  readonly trace: Trace
}

export function planeKernel(space: Discretisation, hottest: number): PlaneKernel {
  const wanted = PRODUCTS * levelsWanted(space, hottest)
  const largest = SIZES[SIZES.length - 1]
  if (wanted > largest) refuse(hottest, largest)
  const { hamiltonian, basis: all } = planeBasis(space, hottest, largest)
  const kernelOf = (basis: ProductBasis) => (T: number) =>
    gibbs(basis.matrix, basis.size, all.products.energies[0], T)
  let [before, lackedBefore]: [number | undefined, number] = [undefined, 1]
  for (const [k, size] of SIZES.entries()) {
    if (k + 1 < SIZES.length && SIZES[k + 1] < wanted) continue
    const basis = leading(all, size)
    const of = kernelOf(basis)
    const { F } = of(hottest).point
    const lacking: number = before === undefined ? 1 : Math.abs(Math.expm1((F - before) / hottest))
    if (lacking <= MAX_TRUNCATION)
      return { basis: { hamiltonian, basis }, gibbs: of, trace: traceOf(basis, of, lacking) }
    // At the present pace of convergence no size will do.
    const pace = lacking / lackedBefore
    if (before !== undefined && lacking * pace ** (SIZES.length - 1 - k) > MAX_TRUNCATION) break
    ;[before, lackedBefore] = [F, lacking]
  }
  return refuse(hottest, all.size)
}

/** @param lacking share of Z that a smaller basis lacks at the highest temperature, where it lacks most */
function traceOf({ size }: ProductBasis, of: (T: number) => Gibbs, lacking: number): Trace {
  return {
    route: 'kernel',
    levels: new Float64Array(),
    notes: [`exp(−βH) between ${size} products of functions of the coordinates, squared from a short time.`],
    at(T) {
      const { point, rounding } = of(T)
      return { ...point, truncation: lacking, error: lacking + rounding }
    },
  }
}

function refuse(hottest: number, size: number): never {
  throw new PsilabError({
    code: 'too-large',
    parameter: 'temperatures',
    problem: `at T = ${hottest.toPrecision(4)} the trace of the kernel needs more than ${size} products of functions of the coordinates`,
    allowed: `a temperature whose Z they hold to ${MAX_TRUNCATION}`,
    got: hottest,
    advice:
      "Lower the highest temperature, or use route: 'spectrum'; where many levels are classical, problem.classicalLimit({ beta }) serves.",
  })
}

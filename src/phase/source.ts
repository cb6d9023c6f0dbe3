/**
 * What a phase-space function is made of: ψ(x) or ρ(x, x′) of one coordinate, which must end smoothly inside its box.
 */
import { PsilabError } from '../error.js'
import type { Grid } from '../grid/index.js'
import {
  type Axis,
  grid as gridOf,
  layerWeights,
  requireNorm,
  stridesOf,
  WaveFunction,
} from '../grid/index.js'

/** A density matrix ρ(x, x′) on the points of a grid of one coordinate. */
export interface DensityMatrix {
  readonly grid: Grid
  /** ρ, C order, x slow: N² numbers where it is real, 2N² (re, im interleaved) where not. Any trace above 0. */
  readonly values: Float64Array
}

/** A state of one coordinate, of trace 1. */
export interface Source {
  /** ψ on one axis, or ρ on two, x and x′. */
  readonly wave: WaveFunction
  readonly axis: Axis
  readonly pure: boolean
  /** Sentences on what the state is, and on what its grid leaves out. */
  readonly notes: readonly string[]
}

/** Density at the ends of an open box, relative to its peak: above the first a state is refused, above the second this is said. */
const [CUT, SAID] = [1e-6, 1e-18]

/** Most points of a density matrix along each side. */
const LARGEST_SIDE = 1024

/** Difference of ρ and ρ† that rounding leaves, relative to the largest element. */
const HERMITIAN = 1e-8

/**
 * @param coordinate which of several coordinates; the others are traced out
 * @throws PsilabError `parameter`, `resolution`, `too-large`, `not-finite`
 */
export function sourceOf(state: WaveFunction | DensityMatrix, coordinate?: string): Source {
  requireState(state)
  const { axes } = state.grid
  const names = axes.map(({ name }) => `'${name}'`).join(', ')
  const d =
    coordinate === undefined ? (axes.length === 1 ? 0 : -1) : axes.findIndex((a) => a.name === coordinate)
  if (d < 0)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'coordinate',
      problem:
        coordinate === undefined ? 'the state has several coordinates' : 'the state has no such coordinate',
      allowed: `one of ${names}; the others are traced out`,
      got: coordinate,
    })
  const axis = axes[d]
  if (!(state instanceof WaveFunction)) return matrixSource(state, axis)
  if (axes.length > 1) {
    const traced = axes.filter((_, e) => e !== d).map(({ name }) => name)
    const { wave, notes } = matrixSource(reduced(state, d), axis)
    return {
      wave,
      axis,
      pure: false,
      notes: [
        `Of the state's coordinates ${traced.join(' and ')} ${traced.length > 1 ? 'are' : 'is'} traced out.`,
        ...notes,
      ],
    }
  }
  const wave = state.normalized()
  return { wave, axis, pure: true, notes: endsOf(axis, layerWeights(wave, 0)) }
}

function requireState(state: unknown): void {
  const { grid, values } = (state ?? {}) as Partial<DensityMatrix>
  if (Array.isArray(grid?.axes) && values instanceof Float64Array) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'state',
    problem: 'not a state',
    allowed: 'one wave function, or a density matrix { grid, values }',
    got: state,
    advice:
      'For example problem.groundState().state, problem.eigenstates(2).states[1], problem.evolve(…).final or problem.densityMatrix({ beta: 1 }).',
  })
}

function matrixSource({ grid, values }: DensityMatrix, axis: Axis): Source {
  const n = axis.points
  if (n > LARGEST_SIDE)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'grid.points',
      problem: 'the density matrix has too many points',
      allowed: `at most ${LARGEST_SIDE} along the coordinate`,
      got: n,
      advice: 'Put the state on a coarser grid first: state.on(grid).',
    })
  const real = values.length === n * n
  if (grid.axes.length !== 1 || !(real || values.length === 2 * n * n))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'values',
      problem: 'not a density matrix on a grid of one coordinate',
      allowed: `${n * n} real or ${2 * n * n} interleaved numbers`,
      got: values.length,
    })
  const full = new Float64Array(2 * n * n)
  let trace = 0
  for (let i = 0; i < n * n; i++) {
    full[2 * i] = real ? values[i] : values[2 * i]
    if (!real) full[2 * i + 1] = values[2 * i + 1]
  }
  let [largest, skew] = [0, 0]
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    weights[i] = full[2 * (i * n + i)]
    trace += weights[i] * axis.spacing
    for (let j = 0; j <= i; j++) {
      const [a, b] = [2 * (i * n + j), 2 * (j * n + i)]
      largest = Math.max(largest, Math.abs(full[a]), Math.abs(full[a + 1]))
      skew = Math.max(skew, Math.abs(full[a] - full[b]), Math.abs(full[a + 1] + full[b + 1]))
    }
  }
  requireNorm(trace)
  if (!(skew <= HERMITIAN * largest))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'values',
      problem: 'the density matrix is not Hermitian',
      allowed: 'ρ(x′, x) = ρ(x, x′)*',
      got: skew / largest,
    })
  for (let i = 0; i < full.length; i++) full[i] /= trace
  const square = gridOf([axis, { ...axis, name: `${axis.name}′` }])
  return { wave: new WaveFunction(square, full), axis, pure: false, notes: endsOf(axis, weights) }
}

/** ρ(x, x′) = ∫ψ(x, y) ψ*(x′, y) dy over all other coordinates. */
function reduced(state: WaveFunction, d: number): DensityMatrix {
  const { grid, values } = state
  const { points: n } = grid.axes[d]
  const stride = stridesOf(grid.shape)[d]
  const cell = grid.cell / grid.axes[d].spacing
  const rho = new Float64Array(2 * n * n)
  for (let block = 0; block < grid.size; block += n * stride)
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        let [re, im] = [0, 0]
        let [a, b] = [2 * (block + i * stride), 2 * (block + j * stride)]
        for (let s = 0; s < stride; s++, a += 2, b += 2) {
          re += values[a] * values[b] + values[a + 1] * values[b + 1]
          im += values[a + 1] * values[b] - values[a] * values[b + 1]
        }
        rho[2 * (i * n + j)] += re * cell
        rho[2 * (i * n + j) + 1] += im * cell
        if (i === j) continue
        rho[2 * (j * n + i)] += re * cell
        rho[2 * (j * n + i) + 1] -= im * cell
      }
  return { grid: gridOf([grid.axes[d]]), values: rho }
}

/** Refuses a density that is cut off at the ends of its box, or says by how much it is. */
function endsOf({ name, boundary }: Axis, weights: Float64Array): readonly string[] {
  if (boundary === 'walls') return []
  const share =
    Math.max(weights[0], weights[weights.length - 1]) / weights.reduce((a, b) => Math.max(a, b), 0)
  if (share > CUT)
    throw new PsilabError({
      code: 'resolution',
      parameter: 'grid',
      problem:
        boundary === 'zero-flux'
          ? `ψ ends in a step at the ends of ${name}, and a step has no finite spread of momentum`
          : `ψ has not decayed at the ends of ${name}: on a ring momenta are discrete, and there is no Wigner function of x and p`,
      allowed: `|ψ|² at the ends up to ${CUT} of its peak`,
      got: share,
      advice: 'Choose a wider box, or walls where the box is meant.',
    })
  return share > SAID
    ? [`|ψ|² at the ends of the box is ${share.toExponential(1)} of its peak; beyond it counts as 0.`]
    : []
}

/**
 * What is shown while a slider moves: the same equation in the modes of a coarse grid, or on the same grid with steps as
 * long as a drawing allows. On a line it is the whole run, in a plane the state that is shown, which stands in for the other frames until the slider
 * rests.
 */
import { PsilabError } from '../error.js'
import {
  type EigenstatesFigure,
  type EvolutionFigure,
  eigenstatesFigure,
  evolutionFigure,
  type Figure,
  type LiveEvolution,
  pack,
  unpack,
  type WaveFigure,
} from '../figure/index.js'
import { type Grid, interpolation, WaveFunction } from '../grid/index.js'
import { Discretisation, type Evolution, run, timeSymbol } from '../qde/index.js'
import { computed, deadline, motion, settled, shown, wholeOf } from './compute.js'
import { MAX_PREVIEW } from './limits.js'
import { modalCurves } from './modalCurves.js'
import { modalDensity } from './modalDensity.js'
import { modalRun } from './modalRun.js'
import { modesOf } from './modes.js'
import { portraitOf } from './portrait.js'
import type { LiveFigure, Values } from './request.js'

/** Wanted ‖error‖ of ψ on a line and in a plane: a line's width of a chart, and a shade of a colour. */
const TOLERANCE = [0, 1e-3, 1e-2] as const
/** Points of a drawn line at least, and frames at most. */
const FINE = 240
const FRAMES = 51
/** Fewest intervals along an axis of a plane. */
const SPARSEST = 60
/** Share of its peak below which φ is small. */
const SMALL = 0.05
/** Share of the run that is as good as its beginning. */
const START = 1e-6

/**
 * The figure while a slider moves.
 * @param frame index of the frame that is shown
 */
export function preview(figure: LiveFigure, space: Discretisation, values: Values, frame: number): Figure {
  const { live } = figure
  if (figure.kind === 'eigenstates' && live.computation === 'eigenstates') {
    const drawn = levels(space, live.count)
    if (drawn !== undefined) return settled(figure, drawn, values)
  }
  if (live.computation === 'thermodynamics' && live.route !== 'kernel') {
    const drawn = modalCurves(space, live.temperatures)
    if (drawn !== undefined) return settled(figure, drawn, values)
  }
  if (live.computation === 'densityMatrix' && live.route !== 'kernel') {
    const density = modalDensity(space, values['beta'] ?? live.beta)
    const drawn = density && shown(figure, density, values)
    // What is said of a route waits until the slider rests.
    const notes = figure.kind === 'panels' ? figure.notes : []
    if (drawn?.kind === 'panels') return settled(figure, { ...drawn, notes }, values)
  }
  if (live.computation !== 'evolution') return computed(figure, space, values)
  if (portraitOf(figure))
    return settled(figure, shown(figure, coarse(figure, live, space, values), values), values)
  if (figure.kind === 'evolution') return settled(figure, line(figure, live, space, values), values)
  if (figure.kind === 'wave') return settled(figure, wave(figure, live, space, values, frame), values)
  return computed(figure, space, values)
}

/** Levels of a line from a coarse grid; undefined where that does not hold them, or ζ does not. */
function levels(space: Discretisation, count: number): EigenstatesFigure | undefined {
  const choice = space.choose({ levels: count })
  if (choice.confinement !== 'confining' || (choice.levels ?? count) < count) return undefined
  const modes = modesOf(space, choice.grid, {
    count: () => count,
    suffices: ({ energies }) => energies.length >= count,
  })
  if (modes === undefined) return undefined
  return eigenstatesFigure({
    problem: space.record(space.given ?? modes.grid),
    x: modes.x,
    zeta: space.objective.evaluate([modes.x]),
    energies: modes.energies.slice(0, count),
    states: modes.drawn.slice(0, count).map(upright),
  })
}

/** φ with the sign that it has at rest: above 0 at the last place where it is not small. */
function upright(phi: Float64Array): Float64Array {
  const peak = phi.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  return phi[phi.findLastIndex((v) => Math.abs(v) > SMALL * peak)] < 0 ? phi.map((v) => -v) : phi
}

/**
 * The run with steps for a drawing.
 * @param shares of its way, at which it is recorded and with the last of which it ends; default its own frames
 */
function coarse(
  figure: LiveFigure,
  live: LiveEvolution,
  space: Discretisation,
  values: Values,
  shares?: readonly number[],
): Evolution {
  const { initial, options } = motion(figure, live, values, deadline(MAX_PREVIEW))
  const { from = 0, until } = options
  const { method: _, steps: __, tolerance = 0, ...rest } = options
  const start = initial instanceof WaveFunction && space.given ? initial.on(space.given) : initial
  const at = shares?.map((share) => from + share * (until - from))
  return wholeOf(
    run(
      space,
      start,
      {
        ...rest,
        ...(at && { until: at[at.length - 1], frames: at }),
        tolerance: Math.max(tolerance, TOLERANCE[space.dimension as 1 | 2]),
      },
      () => Number.NaN,
    ),
  )
}

function line(
  figure: LiveFigure & EvolutionFigure,
  live: LiveEvolution,
  space: Discretisation,
  values: Values,
): EvolutionFigure {
  const times = unpack(figure.times)
  const last = times.length - 1
  const stride = Math.max(1, Math.ceil(last / (FRAMES - 1)))
  const shares = Array.from(times, (t) => (t - times[0]) / (times[last] - times[0] || 1)).filter(
    (_, k) => k % stride === 0 || k === last,
  )
  const { initial, options } = motion(figure, live, values, deadline(MAX_PREVIEW))
  const { from = 0, until, angle: theta = 0 } = options
  const wanted = shares.map((share) => from + share * (until - from))
  const modal = modalRun(space, initial, options, wanted)
  if (modal !== undefined) {
    const { modes, psi, energy } = modal
    return evolutionFigure({
      problem: space.record(space.given ?? modes.grid),
      angle: theta,
      readings: figure.readings,
      x: modes.x,
      zeta: space.objective.evaluate([modes.x]),
      times: wanted,
      psi,
      energy,
      ...(figure.groundEnergy !== undefined && theta > 0 && { groundEnergy: modes.energies[0] }),
    })
  }
  const { states, times: at, angle } = coarse(figure, live, space, values, shares)
  const { grid } = states[0]
  const { x, psi } = drawn(grid, states)
  const hamiltonian = space.hamiltonian(grid)
  // In real time a closed H keeps ⟨H⟩.
  const constant = angle === 0 && hamiltonian.absorption === undefined
  const first = hamiltonian.energy(states[0]).mean
  return evolutionFigure({
    problem: space.record(grid),
    angle,
    readings: figure.readings,
    x,
    zeta: space.objective.evaluate([x]),
    times: Array.from(at),
    psi,
    energy: states.map((state) => (constant ? first : hamiltonian.energy(state).mean)),
    ...(figure.groundEnergy !== undefined && angle > 0 && { groundEnergy: figure.groundEnergy }),
  })
}

/** ψ at about as many points as are drawn: between those of a lean grid, at some of those of a fine one. */
function drawn(
  grid: Grid,
  states: readonly WaveFunction[],
): { readonly x: Float64Array; readonly psi: readonly Float64Array[] } {
  const { coordinates, points, spacing } = grid.axes[0]
  if (points < FINE) {
    const parts = Math.ceil(FINE / points)
    const x = Float64Array.from(
      { length: (points - 1) * parts + 1 },
      (_, i) => coordinates[0] + (i * spacing) / parts,
    )
    return { x, psi: states.map(interpolation(grid, [x])) }
  }
  const stride = Math.floor(points / FINE)
  const indices = Array.from({ length: Math.floor((points - 1) / stride) + 1 }, (_, i) => i * stride)
  return {
    x: Float64Array.from(indices, (i) => coordinates[i]),
    psi: states.map(({ values }) => {
      const psi = new Float64Array(2 * indices.length)
      indices.forEach((i, k) => {
        psi[2 * k] = values[2 * i]
        psi[2 * k + 1] = values[2 * i + 1]
      })
      return psi
    }),
  }
}

/** The run to a share of its way, on a grid that was given or on every second, fourth … point of it where those do. */
function planar(
  figure: LiveFigure,
  live: LiveEvolution,
  space: Discretisation,
  values: Values,
  share: number,
): Evolution {
  for (const lean of thinned(space)) {
    try {
      const found = coarse(figure, live, lean, values, [share])
      if (found.gridError <= TOLERANCE[2]) return found
    } catch (error) {
      // It does not even hold the packet.
      if (!(error instanceof PsilabError && /^(?:grid|initial)/.test(error.details.parameter))) throw error
    }
  }
  return coarse(figure, live, space, values, [share])
}

/** The same equation on fewer points of the grid that was given, the fewest first; none where it is chosen anyway. */
function thinned(space: Discretisation): Discretisation[] {
  const { objective, D, given, request } = space
  if (given === undefined || request.intervals === undefined) return []
  const found: Discretisation[] = []
  let intervals = request.intervals
  while (intervals.every((n) => n % 2 === 0 && n / 2 >= SPARSEST)) {
    intervals = intervals.map((n) => n / 2)
    found.unshift(new Discretisation(objective, D, { ...request, intervals }))
  }
  return found
}

function wave(
  figure: LiveFigure & WaveFigure,
  live: LiveEvolution,
  space: Discretisation,
  values: Values,
  frame: number,
): WaveFigure {
  const { values: before } = figure.frames
  const last = before.length - 1
  const shares = before.map((t) => (t - before[0]) / (before[last] - before[0] || 1))
  const shown = shares[Math.min(last, Math.max(0, Math.round(frame)))]
  // Beyond the shown time nothing is needed: the run ends there.
  const { states, final, angle } = planar(figure, live, space, values, Math.max(shown, START))
  const state = shown === 0 ? states[0] : final
  const { grid } = state
  const hamiltonian = space.hamiltonian(grid)
  const { from } = live
  const until = values['until'] ?? live.until
  return {
    ...figure,
    problem: space.record(space.given ?? grid),
    axes: grid.axes.map(({ coordinates }, d) => pack(coordinates, { dtype: 'float64', name: `axes[${d}]` })),
    zeta: pack(hamiltonian.zeta, { shape: grid.shape, dtype: 'uint16', name: 'zeta' }),
    ...fieldsOf(state, before.length),
    frames: { symbol: timeSymbol(angle), values: shares.map((share) => from + share * (until - from)) },
    angle,
    energy: pack(new Float64Array(before.length).fill(hamiltonian.energy(state).mean), { dtype: 'float64' }),
  }
}

/** Re ψ and Im ψ as the fields of all frames. */
function fieldsOf(state: WaveFunction, count: number): Pick<WaveFigure, 'fields' | 'weights'> {
  const { values, grid } = state
  const scale = 1 / Math.sqrt(state.normSquared)
  const part = (offset: 0 | 1) =>
    pack(
      Float64Array.from({ length: grid.size }, (_, i) => scale * values[2 * i + offset]),
      { dtype: 'int8', shape: grid.shape, name: 'fields' },
    )
  const weights = Float64Array.from({ length: 4 * count }, (_, i) => (i % 4 === 0 || i % 4 === 3 ? 1 : 0))
  return {
    fields: [part(0), part(1)],
    weights: pack(weights, { dtype: 'uint8', shape: [count, 2, 2], name: 'weights' }),
  }
}

/** Z, F, U, S and C of a problem at temperatures, by one of the routes. */
import { requireKeys } from '../../error.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import {
  type Route,
  type TemperatureOptions,
  Thermodynamics,
  type TracePoint,
  temperaturesFor,
  temperaturesOf,
} from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { lowestLevels } from '../levels/index.js'
import { liveThermodynamics } from '../live/index.js'
import { requireConfinement } from './refusals.js'
import { chooseRoute, requireRoute, traceBy } from './route.js'
import { separate } from './separate.js'
import { thermalLine } from './thermalLine.js'

/** Without `temperatures` or `beta`: from 1/20 of the mean spacing of the lowest levels to 4 times it. */
export interface ThermodynamicsOptions extends TemperatureOptions, DriveOptions {
  /** How the trace is taken; chosen where left out. */
  readonly route?: Route
}

/** Levels whose spacing sets the default temperatures, by dimension. */
const LOWEST = [0, 8, 6, 6] as const
/** Default temperatures of a curve, and of the kernel, which is squared anew for each. */
const COUNT = 81
const COUNT_OF_KERNELS = 9
/** Share of the spacing that counts in planes: their levels lie the closer the higher they are. */
const PLANE = 0.25

export function thermodynamics(space: Discretisation, options: ThermodynamicsOptions): Thermodynamics {
  requireKeys('thermodynamics', options, ['temperatures', 'beta', 'route', 'progress', 'signal'])
  requireDriving(options)
  const wanted = requireRoute(options.route)
  const given = temperaturesOf(options)
  requireConfinement(space)
  const route = chooseRoute(space, wanted)
  const temperatures =
    given ?? temperaturesFor(spacingOf(space), route === 'kernel' ? COUNT_OF_KERNELS : COUNT)
  const trace = traceBy(space, route, Math.max(...temperatures))
  const watchman = new Watchman(0, temperatures.length, options)
  const points: TracePoint[] = []
  for (const T of temperatures) {
    points.push(trace.at(T))
    if (watchman.poll(points.length)) break
  }
  watchman.report()
  const { grid } = space.choose({ levels: space.defaultLevels })
  const problem = space.record(grid)
  return new Thermodynamics({
    trace,
    temperatures,
    problem,
    points,
    live: () => liveThermodynamics(space, grid, given, wanted),
    ...(space.dimension === 1 && { line: (stops) => thermalLine(space, stops) }),
  })
}

/** About the distance of the lowest levels. */
function spacingOf(space: Discretisation): number {
  const axes = separate(space)
  if (axes !== undefined) return Math.min(...axes.spaces.map(spacingOf))
  const count = LOWEST[space.dimension]
  const { energies } = lowestLevels(space, count)
  const mean = (energies[count - 1] - energies[0]) / (count - 1)
  return space.dimension === 1 ? mean : PLANE * mean
}

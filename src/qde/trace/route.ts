/** Which way the trace of a problem is taken. */
import { PsilabError } from '../../error.js'
import type { Route, Trace } from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { flatBoxOf, flatBoxTrace } from './flatBox.js'
import { lineKernel } from './lineKernel.js'
import { lineSpectrum } from './lineSpectrum.js'
import { planeKernel } from './planeKernel.js'
import { planeSpectrum } from './planeSpectrum.js'
import { quadraticOf, quadraticTrace } from './quadratic.js'
import { separate, sumOfTraces } from './separate.js'

const ROUTES: readonly Route[] = ['spectrum', 'kernel', 'closed form']

/** @throws PsilabError `parameter` for a route that there is not */
export function requireRoute(route: unknown): Route | undefined {
  if (route === undefined || ROUTES.includes(route as Route)) return route as Route | undefined
  throw new PsilabError({
    code: 'parameter',
    parameter: 'route',
    problem: 'there is no such route',
    allowed: ROUTES.map((r) => `'${r}'`).join(', '),
    got: route,
  })
}

/**
 * The route that is asked for; else the spectrum on a line and where ζ is a sum over the coordinates, the closed form
 * where ζ is quadratic in more of them, and the spectrum again.
 */
export function chooseRoute(space: Discretisation, route: Route | undefined): Route {
  if (route !== undefined) return route
  if (space.dimension === 1 || separate(space) !== undefined) return 'spectrum'
  return quadraticOf(space) === undefined ? 'spectrum' : 'closed form'
}

/** The trace by a route, good up to a temperature. */
export function traceBy(space: Discretisation, route: Route, hottest: number): Trace {
  if (route === 'closed form') {
    const form = quadraticOf(space)
    if (form !== undefined) return quadraticTrace(space, form)
    const flat = flatBoxOf(space)
    if (flat !== undefined) return flatBoxTrace(space, flat)
  }
  const axes = separate(space)
  if (axes !== undefined)
    return sumOfTraces(
      axes.spaces.map((one) => traceBy(one, route, hottest)),
      axes.constant,
    )
  if (route === 'closed form') return refuseClosedForm(space)
  if (space.dimension === 1)
    return route === 'spectrum' ? lineSpectrum(space, hottest) : lineKernel(space, hottest).trace
  return route === 'spectrum' ? planeSpectrum(space, hottest).trace : planeKernel(space, hottest).trace
}

/** @throws PsilabError `parameter`: the kernel is none of those that are known */
export function refuseClosedForm({ boxGiven, objective }: Discretisation): never {
  throw new PsilabError({
    code: 'parameter',
    parameter: 'route',
    problem: boxGiven
      ? `a box was given, in which the kernel has a closed form for constant ζ only, and ζ = ${objective.text}`
      : `ζ = ${objective.text} is no quadratic form with a minimum, so its kernel has no closed form`,
    allowed: "'spectrum' or 'kernel'",
    got: 'closed form',
  })
}

/**
 * Vega, loaded with the first figure. Expressions are interpreted, never compiled to code, and no URL is loaded.
 */

import {
  logger as createLogger,
  Error as ErrorLevel,
  type Loader,
  type LoggerInterface,
  parse,
  type Spec,
  View,
} from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { type FrameUpdate, type Row, type StillTools, toVega, type Unit } from '../figure/index.js'
import { parametrise, sameForm, sameRows, steady, whole } from './parametrise.js'

/** A chart in its place. */
export interface Drawing {
  /** Push the data and parameters of a frame; resolves once it is painted. */
  readonly update: (update: FrameUpdate) => Promise<void>
  /** Show another chart of the same form; resolves once it is painted, to false where the form is another one. */
  readonly replace: (spec: Unit) => Promise<boolean>
  /** Where a number of a horizontal axis lies, in pixels from the left of the place, and the other way round. */
  readonly across: Across | undefined
  readonly dispose: () => void
}

/** The horizontal axis of a drawing that has one. */
export interface Across {
  readonly title: string
  readonly pixel: (value: number) => number
  readonly value: (pixel: number) => number
  /** Top and bottom of the plot, and its left and right side, in pixels. */
  readonly box: {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
  }
}

const refuse = (): Promise<never> => Promise.reject(new Error('Figures load nothing.'))

const NO_LOADER: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as Loader

export async function drawSpec(place: HTMLElement, spec: Unit, renderer: 'canvas' | 'svg'): Promise<Drawing> {
  let shown = parametrise(spec)
  const compiled = toVega(whole(shown), 'image') as Spec
  const failures = new Failures()
  const view = new View(parse(compiled, undefined, { ast: true }), {
    expr: expressionInterpreter,
    loader: NO_LOADER,
    logger: failures.logger,
    renderer,
    container: place,
  })
  const paint = async (): Promise<void> => {
    await view.runAsync()
    failures.rethrow()
  }
  try {
    await paint()
  } catch (error) {
    view.finalize()
    throw error
  }
  const push = (
    data: Readonly<Record<string, readonly Row[]>>,
    params: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    for (const [name, rows] of Object.entries(data)) view.data(name, [...rows])
    for (const [name, value] of Object.entries(params)) view.signal(name, value)
    return paint()
  }
  return {
    update: async ({ data, params }) => {
      shown = { ...shown, data: { ...shown.data, ...data }, params: { ...shown.params, ...params } }
      await push(data, params)
    },
    replace: async (next) => {
      const wanted = parametrise(next)
      if (!sameForm(shown, wanted)) return false
      const params = steady(shown.params, wanted.params)
      const before = shown
      shown = { ...wanted, params }
      await push(
        changed(wanted.data, (name, rows) => sameRows(before.data[name]!, rows)),
        changed(params, (name, value) => JSON.stringify(before.params[name]) === JSON.stringify(value)),
      )
      return true
    },
    get across() {
      return acrossOf(view, compiled)
    },
    dispose: () => {
      view.finalize()
    },
  }
}

/** Vega writes what fails in it to its log, and goes on with a part of the chart: here it is thrown. */
class Failures {
  #first: Error | undefined
  readonly logger: LoggerInterface = createLogger(ErrorLevel, 'error', (_method, _level, words) => {
    this.#first ??= words.find((word): word is Error => word instanceof Error) ?? new Error(words.join(' '))
  })

  rethrow(): void {
    const first = this.#first
    this.#first = undefined
    if (first !== undefined) throw first
  }
}

/** The entries that are not the same as before. */
function changed<V>(
  all: Readonly<Record<string, V>>,
  same: (name: string, value: V) => boolean,
): Record<string, V> {
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => !same(name, value)))
}

function acrossOf(view: View, { axes = [], scales = [] }: Spec): Across | undefined {
  const titled = axes.find(({ scale, title }) => scale === 'x' && typeof title === 'string')
  if (!titled || !scales.some(({ name }) => name === 'x')) return undefined
  const scale = view.scale('x') as ((value: number) => number) & { invert: (pixel: number) => number }
  const { left, top } = view.padding() as { left: number; top: number }
  return {
    title: titled.title as string,
    pixel: (value) => left + scale(value),
    value: (pixel) => scale.invert(pixel - left),
    box: { top, bottom: top + view.height(), left, right: left + view.width() },
  }
}

/** A chart for a file: its pictures are the PNGs that it holds, and nothing else is loaded. */
export const unseenChart: StillTools['chart'] = async (spec) => {
  return new View(parse(toVega(spec, 'url') as Spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    loader: HELD_PICTURES,
    logLevel: ErrorLevel,
    renderer: 'none',
  })
}

const HELD_PICTURES: Loader = {
  ...NO_LOADER,
  sanitize: (address: string) =>
    address.startsWith('data:image/png;base64,') ? Promise.resolve({ href: address }) : refuse(),
} as unknown as Loader

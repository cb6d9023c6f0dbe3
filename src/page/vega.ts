/**
 * Vega, loaded with the first figure. Expressions are interpreted, never compiled to code, and no URL is loaded.
 */

import { Error as ErrorLevel, type Loader, parse, type Spec, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { FrameUpdate, StillTools, Unit } from '../figure/index.js'

/** A chart in its place. */
export interface Drawing {
  /** Push the data and parameters of a frame; resolves once it is painted. */
  readonly update: (update: FrameUpdate) => Promise<void>
  readonly dispose: () => void
}

const refuse = (): Promise<never> => Promise.reject(new Error('Figures load nothing.'))

const NO_LOADER: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as Loader

export async function drawSpec(place: HTMLElement, spec: Unit, renderer: 'canvas' | 'svg'): Promise<Drawing> {
  const runtime = parse(fieldsFromCanvas(compile(spec as unknown as TopLevelSpec).spec), undefined, {
    ast: true,
  })
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: NO_LOADER,
    logLevel: ErrorLevel,
    renderer,
    container: place,
  })
  await view.runAsync()
  return {
    update: async ({ data, params }) => {
      for (const [name, rows] of Object.entries(data)) view.data(name, [...rows])
      for (const [name, value] of Object.entries(params)) view.signal(name, value)
      await view.runAsync()
    },
    dispose: () => {
      view.finalize()
    },
  }
}

interface Marks {
  readonly type?: string
  readonly encode?: { readonly update?: Record<string, unknown> }
  readonly marks?: readonly Marks[]
}

/** Vega-lite knows image marks by URL only; here a field is a canvas, which vega takes as `image`. */
function fieldsFromCanvas(spec: Spec): Spec {
  const visit = (mark: Marks): void => {
    const update = mark.encode?.update
    if (mark.type === 'image' && update) {
      delete update['url']
      update['image'] = { field: 'picture' }
    }
    mark.marks?.forEach(visit)
  }
  visit(spec as Marks)
  return spec
}

/** A chart for a file: its pictures are the PNGs that it holds, and nothing else is loaded. */
export const unseenChart: StillTools['chart'] = async (spec) => {
  const compiled = compile(spec as unknown as TopLevelSpec).spec
  return new View(parse(compiled, undefined, { ast: true }), {
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

/**
 * Charts as SVG without a canvas.
 */
import type { CursorRecord } from '../payload.js'
import { frameUpdate, toVegaLite } from '../spec/index.js'
import { type ChartPanel, panelSpec } from '../spec/panels/index.js'
import type { ChartFigure, View } from '../spec/view.js'
import { pngUrl } from './png-encode.js'
import { tools } from './tools.js'

/** A chart at one frame: its SVG elements, and their size. */
export interface Drawn {
  readonly svg: string
  readonly width: number
  readonly height: number
}

/** The chart at each of the frames, compiled once. */
export async function drawFrames(
  figure: ChartFigure,
  view: View,
  frames: readonly number[],
): Promise<Drawn[]> {
  const shown: View = { ...view, picture: pngUrl, frame: frames[0] ?? 0 }
  const chart = await tools().chart(toVegaLite(figure, shown))
  const drawn: Drawn[] = []
  for (const frame of frames) {
    if (frame !== shown.frame) {
      const { data, params } = frameUpdate(figure, { ...shown, frame })
      for (const [name, rows] of Object.entries(data)) chart.data(name, [...rows])
      for (const [name, value] of Object.entries(params)) chart.signal(name, value)
      await chart.runAsync()
    }
    drawn.push(unwrapped(uniqueIds(await chart.toSVG(), frame)))
  }
  chart.finalize()
  return drawn
}

/** The chart of a panel, the `place`-th of its page, with the cursor where the figure shows it first. */
export async function drawPanel(
  panel: ChartPanel,
  view: View,
  { place, cursor }: { readonly place: number; readonly cursor: CursorRecord | undefined },
): Promise<Drawn> {
  const chart = await tools().chart(panelSpec(panel, { ...view, picture: pngUrl }, cursor))
  const drawn = unwrapped(uniqueIds(await chart.toSVG(), place))
  chart.finalize()
  return drawn
}

/** The contents of a whole SVG, and its size. A nested svg element would clip, which costs a layer. */
function unwrapped(svg: string): Drawn {
  const length = (name: string): number =>
    Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)?.[1] ?? 0)
  const contents = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  return { svg: contents, width: length('width'), height: length('height') }
}

/** Vega numbers gradients and clips through all drawings of a process; several drawings share one page. */
function uniqueIds(svg: string, place: number): string {
  const known = new Map<string, number>()
  return svg.replace(/(?<=id="|url\(#)(gradient|clip)[_\d]+/g, (id, what: string) => {
    const number = known.get(id) ?? known.size
    known.set(id, number)
    return `f${place}_${what}${number}`
  })
}

/**
 * A two-dimensional field as one picture under axes.
 */
import { type Axis, type Padding, position } from './grammar.js'
import type { Row, Unit } from './view.js'

/** Height over width of the plotted square stays within these bounds, whatever the units of the axes. */
const [FLATTEST, TALLEST] = [0.6, 1]

/** Outer height that shows both axes at one scale where that is reasonable. */
export function fieldHeight(x: Axis, y: Axis, width: number, padding: Padding): number {
  const inner = width - padding.left - padding.right
  return Math.round(shareOf(x, y) * inner) + padding.top + padding.bottom
}

/** Height of the plotted rectangle as a share of its width. */
function shareOf(x: Axis, y: Axis): number {
  const ratio = (y.domain[1] - y.domain[0]) / (x.domain[1] - x.domain[0])
  return Math.min(TALLEST, Math.max(FLATTEST, ratio))
}

/** The picture and where it lies. A picture is a URL, or a canvas in a page. */
export function fieldRow(x: Pick<Axis, 'domain'>, y: Pick<Axis, 'domain'>, picture: unknown): Row {
  const [[x0, x1], [y0, y1]] = [x.domain, y.domain]
  return { x0, x1, y0, y1, picture: picture ?? '' }
}

/** The image mark, first in the chart, of the rows of a data set. */
export function fieldLayer(x: Axis, y: Axis, name = 'field'): Unit {
  return {
    data: { name },
    mark: { type: 'image', aspect: false },
    encoding: {
      x: position('x0', x),
      x2: { field: 'x1' },
      y: position('y0', y),
      y2: { field: 'y1' },
      url: { field: 'picture', type: 'nominal' },
    },
  }
}

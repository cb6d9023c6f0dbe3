import { fits, line, packed } from './packed.js'
import { finite, LABEL, record, where } from './schema.js'

/** A marked point of a plane. */
export const place = record({ label: LABEL, x: finite, y: finite })

/** A path over a plane. */
export const path = where(
  record({
    label: LABEL,
    /** Shape [P, 2]. */
    points: packed(2),
  }),
  ({ points }, name) => {
    fits(`${name}.points`, points, [points.shape[0], 2])
  },
)

/** A path whose end may move with the cursor of its figure. */
export const movingPath = where(
  record(
    {
      label: LABEL,
      /** Shape [P, 2]. */
      points: packed(2),
    },
    {
      /** Value of the cursor at each point, rising: shape [P]. */
      at: line,
    },
  ),
  ({ points, at }, name) => {
    fits(`${name}.points`, points, [points.shape[0], 2])
    if (at) fits(`${name}.at`, at, [points.shape[0]])
  },
)

import { fits, packed } from './packed.js'
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

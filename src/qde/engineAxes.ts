/** The axes of a grid as the engine takes them: it knows the symmetry of each transform. */
import type { StepperAxis } from '../engine/index.js'
import type { Grid } from '../grid/index.js'

const SYMMETRY = { fourier: 'periodic', sine: 'walls', cosine: 'zero-flux' } as const

export function engineAxes({ axes }: Grid): StepperAxis[] {
  return axes.map(({ points, transform }) => ({ points, boundary: SYMMETRY[transform] }))
}

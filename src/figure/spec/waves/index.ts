import { timeOf } from '../../make/words.js'
import type { WaveFigure } from '../../payload.js'
import { evenFrames, frameWalk } from '../key-frames.js'
import type { ChartKind } from '../view.js'
import { captionOf, motion } from './decoded.js'
import { planeSpec, planeUpdate } from './plane.js'
import { spaceSpec, spaceUpdate } from './space.js'
import { isInSpace } from './volume.js'

/** ψ in two dimensions as one picture; in three as sections and projections. */
export const waveChart: ChartKind<WaveFigure> = {
  spec: (figure, view) => (isInSpace(figure) ? spaceSpec(figure, view) : planeSpec(figure, view)),
  frames: (figure) => figure.frames.values.length,
  keyFrames: (figure, shown) =>
    figure.angle === undefined
      ? evenFrames(figure.frames.values.length, shown)
      : frameWalk(motion(figure), shown),
  symbol: (figure) => (figure.angle === undefined ? figure.frames.symbol : timeOf(figure.angle).symbol),
  label: captionOf,
  wide: isInSpace,
  update: (figure, view) => (isInSpace(figure) ? spaceUpdate(figure, view) : planeUpdate(figure, view)),
}

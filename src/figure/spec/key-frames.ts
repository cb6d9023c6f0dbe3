/**
 * Which frames a still page shows.
 */

/** At most `shown` of `count` frames, evenly spread, first and last among them. */
export function evenFrames(count: number, shown: number): number[] {
  if (count <= shown) return [...Array(count).keys()]
  return Array.from({ length: shown }, (_, k) => Math.round((k * (count - 1)) / (shown - 1)))
}

/** Share of the walk that is time itself; the rest is motion. */
const TIME_SHARE = 0.25

/**
 * At most `shown` frames between which about the same happens: equal steps of the accumulated motion,
 * with a share of time, so that a long rest is shown too.
 *
 * @param steps how far the picture moves from frame k to frame k + 1, any unit
 */
export function frameWalk(steps: readonly number[], shown: number): number[] {
  const count = steps.length + 1
  const total = steps.reduce((sum, step) => sum + step, 0)
  if (count <= shown || total === 0) return evenFrames(count, shown)
  const walked = [0]
  for (const step of steps) {
    walked.push(walked[walked.length - 1]! + (1 - TIME_SHARE) * (step / total) + TIME_SHARE / steps.length)
  }
  const frames: number[] = []
  for (let k = 0; k < shown; k++) {
    const target = k / (shown - 1)
    const nearest = walked.findIndex((share) => share >= target - 1e-9)
    // Frames stay distinct, with room for those that follow.
    const earliest = k === 0 ? 0 : frames[k - 1]! + 1
    frames.push(Math.min(count - shown + k, Math.max(earliest, nearest)))
  }
  return frames
}

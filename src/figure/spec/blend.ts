/**
 * Between two frames of a run.
 */

/** Frames whose overlap is smaller are not blended: what lies between them is not known. */
const BLENDED = 0.75

/**
 * The blend of ψ and ψ' at a share of the way, from their components in one orthogonal basis, interleaved re, im: after their
 * common phase e^{iα}, α = arg ⟨ψ|ψ'⟩, has been taken out, turned by its share of α, and of the norm of ψ. Nothing where the two
 * are too far apart.
 */
export function blend<A extends Float32Array | Float64Array>(
  here: A,
  next: A,
  share: number,
): Float64Array | undefined {
  const n = here.length
  let [re, im, norm] = [0, 0, 0]
  for (let i = 0; i < n; i += 2) {
    re += here[i]! * next[i]! + here[i + 1]! * next[i + 1]!
    im += here[i]! * next[i + 1]! - here[i + 1]! * next[i]!
    norm += here[i]! ** 2 + here[i + 1]! ** 2
  }
  if (Math.hypot(re, im) < BLENDED * norm) return undefined
  const alpha = Math.atan2(im, re)
  const turn = (angle: number): [number, number] => [Math.cos(angle), Math.sin(angle)]
  const [c, s] = turn(share * alpha)
  const [d, t] = turn((share - 1) * alpha)
  const blended = new Float64Array(n)
  let size = 0
  for (let i = 0; i < n; i += 2) {
    const [a, b] = [here[i]!, here[i + 1]!]
    const [p, q] = [next[i]!, next[i + 1]!]
    blended[i] = (1 - share) * (a * c - b * s) + share * (p * d - q * t)
    blended[i + 1] = (1 - share) * (a * s + b * c) + share * (p * t + q * d)
    size += blended[i]! ** 2 + blended[i + 1]! ** 2
  }
  const scale = Math.sqrt(norm / size)
  for (let i = 0; i < n; i++) blended[i]! *= scale
  return blended
}

/**
 * Planes out of space: sections of a field at a coordinate, and what is left of it when it is summed over one.
 */

/** The two axes of each plane, the horizontal one first, and the axis across it. */
export const PLANES: readonly { readonly over: readonly [number, number]; readonly across: number }[] = [
  { over: [0, 1], across: 2 },
  { over: [0, 2], across: 1 },
  { over: [1, 2], across: 0 },
]

interface Steps {
  /** Lengths of the axes of the plane, their strides, and those of the axis across. */
  readonly lengths: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly length: number
  readonly stride: number
}

function stepsOf(shape: readonly number[], plane: (typeof PLANES)[number]): Steps {
  const strides = [shape[1]! * shape[2]!, shape[2]!, 1]
  const [p, q] = plane.over
  return {
    lengths: [shape[p]!, shape[q]!],
    strides: [strides[p]!, strides[q]!],
    length: shape[plane.across]!,
    stride: strides[plane.across]!,
  }
}

/** A field of `parts` interleaved numbers in the plane at a place across it, counted in points and linear between them. */
export function sectionOf<A extends Float32Array | Float64Array>(
  field: A,
  shape: readonly number[],
  plane: (typeof PLANES)[number],
  place: number,
  parts = 1,
): Float64Array {
  const { lengths, strides, length, stride } = stepsOf(shape, plane)
  const below = Math.min(length - 2, Math.max(0, Math.floor(place)))
  const share = Math.min(1, Math.max(0, place - below))
  const result = new Float64Array(lengths[0] * lengths[1] * parts)
  let to = 0
  for (let i = 0; i < lengths[0]; i++) {
    for (let j = 0; j < lengths[1]; j++) {
      const at = (i * strides[0] + j * strides[1] + below * stride) * parts
      for (let c = 0; c < parts; c++, to++)
        result[to] = (1 - share) * field[at + c]! + share * field[at + stride * parts + c]!
    }
  }
  return result
}

/** ∫|ψ|² across the plane, in units of the spacing across. */
export function projectionOf(
  psi: Float32Array,
  shape: readonly number[],
  plane: (typeof PLANES)[number],
): Float64Array {
  const { lengths, strides, length, stride } = stepsOf(shape, plane)
  const result = new Float64Array(lengths[0] * lengths[1])
  let to = 0
  for (let i = 0; i < lengths[0]; i++) {
    for (let j = 0; j < lengths[1]; j++, to++) {
      let at = 2 * (i * strides[0] + j * strides[1])
      for (let k = 0; k < length; k++, at += 2 * stride) result[to]! += psi[at]! ** 2 + psi[at + 1]! ** 2
    }
  }
  return result
}

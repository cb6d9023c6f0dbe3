/**
 * The product of two Gaussian kernels on a line, the second acting first:
 *
 *   T(l₁)μ(M₁)T(r₁) · T(l₂)μ(M₂)T(r₂) = e^{…} T(l) μ(M₂M₁) T(r).
 *
 * Roots. The integral over the point between the kernels is ∫exp(−½Γy² + …)dy, Γ = a₂/b₂ + d₁/b₁ = b/(b₁b₂).
 * Where it converges Re Γ ≥ 0, so its root is the principal one and the arguments of b add up.
 *
 * Displacements. T(y), y = r₁ + l₂, has to leave the middle: to the left through a motion that does not stretch it,
 * to the right through one, and otherwise as a boost on either side, y = N₁⁻¹(0, f) + N₂(0, g).
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import {
  carryLeft,
  carryRight,
  factorTurn,
  isRealTime,
  type LineKernel,
  type Metaplectic,
  moebius,
} from './lineKernel.js'
import { addPoints, cocycle, ORIGIN, type PhasePoint } from './phasePoint.js'

/** Rounding of Γ relative to its terms. */
const ROUNDING = 16 * Number.EPSILON
/** Largest e^{Re ωσ} of a motion that displacements are carried through: they lose its square in digits. */
const STRETCH = 8

/** first ∘ second. @throws PsilabError `unbounded` where the integral over the point between diverges */
export function composeLine(first: LineKernel, second: LineKernel): LineKernel {
  const product = multiply(first, second)
  const y = addPoints(first.right, second.left)
  const w = first.w.add(second.w).add(cocycle(first.right, second.left))
  if (keepsLengths(first)) {
    const moved = carryLeft(first, y)
    return {
      ...product,
      left: addPoints(first.left, moved),
      right: second.right,
      w: w.add(cocycle(first.left, moved)),
    }
  }
  if (keepsLengths(second)) {
    const moved = carryRight(second, y)
    return {
      ...product,
      left: first.left,
      right: addPoints(moved, second.right),
      w: w.add(cocycle(moved, second.right)),
    }
  }
  const f = second.a.mul(y.q).add(second.b.mul(y.p)).div(product.b)
  const g = first.b.mul(y.p).sub(first.d.mul(y.q)).div(product.b)
  const [onLeft, onRight]: [PhasePoint, PhasePoint] = [
    { ...ORIGIN, p: f },
    { ...ORIGIN, p: g },
  ]
  return {
    ...product,
    left: addPoints(first.left, onLeft),
    right: addPoints(onRight, second.right),
    w: w
      .add(f.mul(g).mul(product.b).div(2))
      .add(cocycle(first.left, onLeft))
      .add(cocycle(onRight, second.right)),
  }
}

/** M₂M₁ and the branch of its root. */
function multiply(first: Metaplectic, second: Metaplectic): Metaplectic {
  const { a: a1, b: b1, c: c1, d: d1 } = first
  const { a: a2, b: b2, c: c2, d: d2 } = second
  const product = {
    a: a2.mul(a1).add(b2.mul(c1)),
    b: a2.mul(b1).add(b2.mul(d1)),
    c: c2.mul(a1).add(d2.mul(c1)),
    d: c2.mul(b1).add(d2.mul(d1)),
  }
  const turn = first.turn + second.turn
  if (b1.isZero() || b2.isZero()) return { ...product, turn }
  const gamma = a2.div(b2).add(d1.div(b1))
  const rounding = ROUNDING * (size(a2, b2, c2) / b2.abs() + size(d1, b1, c1) / b1.abs())
  if (gamma.abs() > rounding) {
    if (gamma.re < -rounding) diverges()
    return { ...product, turn: turn + gamma.arg() }
  }
  // Γ = 0 is a focus in real time, where b is imaginary; elsewhere the integral diverges.
  if (Math.abs(b1.re) > Math.abs(b1.im)) diverges()
  return { ...product, b: new Complex(0), turn: focusTurn(first, second) }
}

/** Whether displacements pass M without loss of digits: in real time, and in imaginary time up to ωτ ≈ 2. */
function keepsLengths(M: Metaplectic): boolean {
  return isRealTime(M) || Math.max(size(M.a, M.b, M.c), size(M.d, M.b, M.c)) <= STRETCH
}

/** What the rounding of an entry of the diagonal is relative to: |cos ωt| + |sin ωt| for the oscillator. */
function size(diagonal: Complex, b: Complex, c: Complex): number {
  return diagonal.abs() + Math.sqrt(b.abs() * c.abs())
}

/** The argument of d at a focus of first ∘ second, followed through exp(−½x²): j₁₂(1) = j₁(M₂·1) j₂(1). */
function focusTurn(first: Metaplectic, second: Metaplectic): number {
  const one = new Complex(1)
  return factorTurn(first, moebius(second, one)) + factorTurn(second, one)
}

function diverges(): never {
  throw new PsilabError({
    code: 'unbounded',
    parameter: 'compose',
    problem: 'the integral over the point between the two kernels diverges: both grow as Gaussians there',
    allowed: 'kernels of an H that is bounded below, or short imaginary times of an inverted oscillator',
    advice: 'Shorten s, or turn the Wick angle towards real time.',
  })
}

/**
 * Phase points z = (q, p), here complex, and their displacements T(z) = exp(px − q∂):
 *   (T(q, p)ψ)(x) = e^{px − pq/2} ψ(x − q),    T(z)T(z′) = e^{⟨z, z′⟩/2} T(z + z′),    ⟨z, z′⟩ = pq′ − qp′ .
 * A state of mean wave number k is moved by T(0, ik).
 */
import { Complex } from 'complex.js'

export interface PhasePoint {
  readonly q: Complex
  readonly p: Complex
}

export const ORIGIN: PhasePoint = { q: new Complex(0), p: new Complex(0) }

export function addPoints(y: PhasePoint, z: PhasePoint): PhasePoint {
  return { q: y.q.add(z.q), p: y.p.add(z.p) }
}

/** ⟨y, z⟩/2. */
export function cocycle(y: PhasePoint, z: PhasePoint): Complex {
  return y.p.mul(z.q).sub(y.q.mul(z.p)).div(2)
}

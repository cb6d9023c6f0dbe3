/**
 * Three more ways to the same probabilities, each by its own computation; the fourth, the thermal state of a diagonal H,
 * is that of the matrix.
 */

/** Steps in which imaginary time passes. */
const SUBSTEPS = 128

/**
 * The reaction half of a split-operator step, D = 0: ψ_i ← ψ_i e^{−ζ_iΔτ} on sampled points, from ψ = 1, in equal steps,
 * with E_ref = min ζ taken out. It is the weight with which diffusion Monte Carlo branches.
 *
 * @returns p = ψ/Σψ after τ
 */
export function reaction(zeta: Float64Array, tau: number): Float64Array {
  const least = zeta.reduce((m, z) => Math.min(m, z), Number.POSITIVE_INFINITY)
  const step = zeta.map((z) => Math.exp((-(z - least) * tau) / SUBSTEPS))
  let psi = zeta.map(() => 1)
  for (let k = 0; k < SUBSTEPS; k++) psi = psi.map((v, i) => v * step[i])
  const sum = psi.reduce((s, v) => s + v, 0)
  return psi.map((v) => v / sum)
}

/** Change of ζτ in one step of Runge and Kutta, at which an extrapolated error is near 1e-13. */
const FINE = 1 / 64
/** Most steps, and the change up to which they are stable. */
const MOST_STEPS = 25_600
const STABLE = 2

/** Largest ζτ that the replicator equation is followed over. */
export const MOST_SPAN = MOST_STEPS * STABLE

export interface Trajectory {
  readonly times: Float64Array
  /** p at each time. */
  readonly states: readonly Float64Array[]
  readonly end: Float64Array
}

/**
 * The replicator equation dp_i/dτ = −p_i(ζ_i − ⟨ζ⟩) from equal shares: Runge and Kutta's fourth order, with n steps and
 * with 2n, from which Richardson's extrapolation takes the leading error.
 */
export function replicator(zeta: Float64Array, tau: number): Trajectory {
  const [least, most] = [Math.min(...zeta), Math.max(...zeta)]
  const moved = zeta.map((z) => z - least)
  const steps = Math.min(MOST_STEPS, 64 * Math.max(1, Math.ceil(((most - least) * tau) / (64 * FINE))))
  const coarse = rungeKutta(moved, tau, steps)
  const fine = rungeKutta(moved, tau, 2 * steps)
  return {
    ...fine,
    end: fine.end.map((p, i) => p + (p - coarse.end[i]) / 15),
  }
}

/** States that are kept for the eye. */
const KEPT = 64

function rungeKutta(zeta: Float64Array, tau: number, steps: number): Trajectory {
  const n = zeta.length
  const h = tau / steps
  const flow = (p: Float64Array, out: Float64Array): void => {
    let mean = 0
    for (let i = 0; i < n; i++) mean += p[i] * zeta[i]
    for (let i = 0; i < n; i++) out[i] = -p[i] * (zeta[i] - mean)
  }
  let p = zeta.map(() => 1 / n)
  const [k1, k2, k3, k4] = [1, 2, 3, 4].map(() => new Float64Array(n))
  const states = [p]
  for (let step = 1; step <= steps; step++) {
    flow(p, k1)
    flow(
      p.map((v, i) => v + (h / 2) * k1[i]),
      k2,
    )
    flow(
      p.map((v, i) => v + (h / 2) * k2[i]),
      k3,
    )
    flow(
      p.map((v, i) => v + h * k3[i]),
      k4,
    )
    p = p.map((v, i) => v + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]))
    if (step % (steps / KEPT) < 1) states.push(p)
  }
  const times = Float64Array.from(states, (_, k) => Math.min(tau, (k * tau) / (states.length - 1)))
  return { times, states, end: p }
}

export interface Optimum {
  readonly p: Float64Array
  /** The least ⟨p, ζ⟩ − T S(p) that was found. */
  readonly value: number
  readonly iterations: number
  readonly converged: boolean
}

/** Share of the way to the edge of the simplex that a step may go, most steps, and the step that counts as none. */
const INSIDE = 0.95
const MOST_ITERATIONS = 10_000
const SETTLED = 1e-15
/** Probabilities below it stay where they are. */
const TINY = 1e-300

/**
 * argmin over the simplex of ⟨p, ζ⟩ − T S(p), by Newton's method with the constraint Σp = 1: with g = ∇ the step is
 * Δp_i = −p_i(g_i − Σ p g)/T, since the Hessian is T/p_i.
 */
export function variational(zeta: Float64Array, temperature: number): Optimum {
  const least = zeta.reduce((m, z) => Math.min(m, z), Number.POSITIVE_INFINITY)
  const scaled = zeta.map((z) => (z - least) / temperature)
  let p = zeta.map(() => 1 / zeta.length)
  let iterations = 0
  let converged = false
  while (!converged && iterations < MOST_ITERATIONS) {
    const slope = p.map((v, i) => scaled[i] + Math.log(v))
    const mean = p.reduce((sum, v, i) => sum + v * slope[i], 0)
    const move = p.map((v, i) => -v * (slope[i] - mean))
    let share = 1
    for (let i = 0; i < p.length; i++)
      if (move[i] < 0 && p[i] > 10 * TINY) share = Math.min(share, (-INSIDE * p[i]) / move[i])
    const next = p.map((v, i) => Math.max(TINY, v + share * move[i]))
    const sum = next.reduce((total, v) => total + v, 0)
    const change = next.reduce((most, v, i) => Math.max(most, Math.abs(v / sum - p[i])), 0)
    p = next.map((v) => v / sum)
    converged = share === 1 && change <= SETTLED
    iterations++
    if (change === 0) converged = true
  }
  const value = p.reduce((sum, v, i) => sum + v * (scaled[i] + Math.log(v)), 0) * temperature + least
  return { p, value, iterations, converged }
}

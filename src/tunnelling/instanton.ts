/**
 * The splitting of the two lowest levels of a symmetric double well as D → 0, for any ζ that is smooth.
 *
 * With ε = √D, wells at x = c ± w where ζ = ζ_m, and E = ζ_m + εe₁ + ε²e₂ + …, the state of the right well alone is
 * φ = exp(−σ₀/ε − σ₁ − εσ₂ − …). Order by order −ε²φ″ + ζφ = Eφ says, with s = σ₀′,
 *
 *   s² = ζ − ζ_m,   σ₁′ = (s′ − e₁)/2s,   σ₂′ = (σ₁″ − σ₁′² − e₂)/2s,   e₁ = s′(a) = √(ζ″(a)/2),   e₂ = σ₁″(a) − σ₁′(a)²,
 *
 * each smooth at the minimum a = c + w, where σ₀ = σ₁ = σ₂ = 0. Laplace's method gives ∫φ² = √(πε/e₁)(1 + εn₂ + …), and
 * Herring's formula the splitting E₁ − E₀ = −4D φ(c)φ′(c)/∫φ²:
 *
 *   Δ = 4ε |s(c)| √(e₁/πε) e^{−2σ₁(c)} e^{−S₀} (1 + εκ + …),    S₀ = 2σ₀(c)/ε = ∫√((ζ − ζ_m)/D) dx  from well to well,
 *   κ = σ₁′(c)/s(c) − 2σ₂(c) − n₂.
 *
 * The leading term is the one-instanton result 2ω√(mωw²/π) e^A e^{−S₀} with ω = 2εe₁ and mω = e₁/ε. For
 * (x² − 1)² it is 2ω√(6S₀/π)e^{−S₀} with ω = 4√D, S₀ = 4/(3√D), and εκ = −71/(72 S₀).
 *
 * References: Landau and Lifshitz, Quantum Mechanics § 50, problem 3; Coleman, Aspects of Symmetry (1985), chapter 7;
 * Garg, Am. J. Phys. 68, 430 (2000); Zinn-Justin and Jentschura, Ann. Phys. 313, 197 (2004) for the 71/72 of the quartic.
 */
import { type ChebyshevSeries, chebyshevFit } from '../numeric/index.js'
import type { Extremum } from './wells.js'

export interface Instanton {
  /** S₀, without unit. */
  readonly action: number
  /** Frequency of the wells √(2Dζ″). */
  readonly frequency: number
  /** Δ to leading order. */
  readonly leading: number
  /** εκ: the next order is leading·(1 + correction). */
  readonly correction: number
  /** Mean of the two levels, ζ_m + εe₁ + ε²e₂. */
  readonly energy: number
}

/** Share of the half-distance of the wells by which series reach beyond a minimum and the centre. */
const MARGIN = 0.2
/** Largest difference of ζ(c + u) and ζ(c − u), as a share of the height of the barrier, of a symmetric ζ. */
const MIRRORED = 1e-10
const SAMPLES = 64

type Line = (x: Float64Array) => Float64Array

/** Whether ζ is its mirror image about the middle of two minima, to beyond them. */
export function isSymmetric(zeta: Line, left: Extremum, right: Extremum, top: Extremum): boolean {
  const [centre, w] = [(left.x + right.x) / 2, (right.x - left.x) / 2]
  const u = Float64Array.from({ length: SAMPLES }, (_, i) => (1.5 * w * (i + 1)) / SAMPLES)
  const [here, there] = [zeta(u.map((d) => centre + d)), zeta(u.map((d) => centre - d))]
  const height = top.zeta - Math.min(left.zeta, right.zeta)
  return here.every((v, i) => Math.abs(v - there[i]) <= MIRRORED * (height + Math.abs(v)))
}

/** The estimate for a symmetric double well; undefined where ζ is not smooth, or flat at its minima. */
export function instanton(zeta: Line, left: Extremum, right: Extremum, D: number): Instanton | undefined {
  const centre = (left.x + right.x) / 2
  const orders = ordersAt(zeta, centre, right)
  if (orders === undefined) return undefined
  const { e1, e2, slope, action, prefactor, kappa } = orders
  const epsilon = Math.sqrt(D)
  const S0 = action / epsilon
  return {
    action: S0,
    frequency: 2 * epsilon * e1,
    leading: 4 * epsilon * slope * Math.sqrt(e1 / (Math.PI * epsilon)) * prefactor * Math.exp(-S0),
    correction: epsilon * kappa,
    energy: right.zeta + epsilon * e1 + D * e2,
  }
}

interface Orders {
  readonly e1: number
  readonly e2: number
  /** |s(c)|, 2σ₀(c), e^{−2σ₁(c)} and κ. */
  readonly slope: number
  readonly action: number
  readonly prefactor: number
  readonly kappa: number
}

function ordersAt(zeta: Line, c: number, { x: a }: Extremum): Orders | undefined {
  const reach = MARGIN * (a - c)
  const fit = (f: (x: number) => number): ChebyshevSeries | undefined =>
    chebyshevFit((x) => x.map(f), c - reach, a + reach)
  const well = chebyshevFit(zeta, c - reach, a + reach)
  // ζ − ζ_m = (x − a)² q
  const q = well?.quotient(a).quotient(a)
  if (q === undefined || !(q.at(a) > 1e-9 * Math.abs(q.at(c)))) return undefined
  const s = fit((x) => (x - a) * Math.sqrt(q.at(x)))
  if (s === undefined) return undefined
  const ds = s.derivative()
  const e1 = Math.sqrt(q.at(a))
  const root = (x: number): number => Math.sqrt(q.at(x))
  const top = ds.quotient(a)
  const d1 = fit((x) => top.at(x) / (2 * root(x)))
  if (d1 === undefined) return undefined
  const dd1 = d1.derivative()
  const e2 = dd1.at(a) - d1.at(a) ** 2
  const above = fit((x) => dd1.at(x) - d1.at(x) ** 2)?.quotient(a)
  const d2 = above === undefined ? undefined : fit((x) => above.at(x) / (2 * root(x)))
  if (d2 === undefined) return undefined
  const [s2, s3] = [ds.derivative().at(a), ds.derivative().derivative().at(a)]
  const [b1, b2] = [d1.at(a), dd1.at(a)]
  // Moments of e^{−e₁z²}: ⟨z²⟩ = v, ⟨z⁴⟩ = 3v², ⟨z⁶⟩ = 15v³.
  const v = 1 / (2 * e1)
  const n2 = (5 / 6) * s2 * s2 * v ** 3 + 2 * s2 * b1 * v * v + 2 * b1 * b1 * v - (s3 / 4) * v * v - b2 * v
  return {
    e1,
    e2,
    slope: Math.abs(s.at(c)),
    action: -2 * s.integral(c, a),
    prefactor: Math.exp(2 * d1.integral(c, a)),
    kappa: d1.at(c) / s.at(c) + 2 * d2.integral(c, a) - n2,
  }
}

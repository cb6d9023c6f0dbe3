/**
 * Two neighbouring levels of a double well as a two-level system. In the plane of φ₀ and φ₁ the probability to be right of
 * the top of the barrier is a 2×2 matrix, whose eigenstates |l⟩ and |r⟩ are as localised as states of this plane can be. In them
 *
 *   H = [[E_l, −δ], [−δ, E_r]],   ε = E_r − E_l,   E₁ − E₀ = Ω = √(ε² + 4δ²),
 *   P_r(t) = (4δ²/Ω²) sin²(Ωt/2)   from |l⟩   (Rabi),
 *
 * and the probability to be on the right is p_l + (p_r − p_l) P_r(t) with p_l, p_r the eigenvalues: exact for states of
 * the plane, since the matrix is diagonal in |l⟩ and |r⟩.
 */
import { interpolate, WaveFunction } from '../grid/index.js'
import { gaussLegendre } from '../numeric/index.js'

export interface TwoLevel {
  /** |l⟩ and |r⟩, real, ∫|ψ|² = 1, both positive where they are largest. */
  readonly left: WaveFunction
  readonly right: WaveFunction
  /** Probability of being on the right in |l⟩ and in |r⟩. */
  readonly onRight: readonly [left: number, right: number]
  /** ε/Ω and 2δ/Ω: cosine and sine of the mixing angle. */
  readonly bias: number
  readonly mixing: number
}

/**
 * @param states φ₀ and φ₁, real, on one grid
 * @param at top of the barrier
 */
export function twoLevel([lower, upper]: readonly WaveFunction[], at: number, symmetric: boolean): TwoLevel {
  const [a, b, c] = overlapsBeyond(lower, upper, at)
  // The eigenvectors of [[a, b], [b, c]] are turned by the angle α: |r⟩ = cos α φ₀ + sin α φ₁.
  const turn = Math.atan2(2 * b, a - c) / 2
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const right = positive(combination(lower, upper, cos, sin))
  const left = positive(combination(lower, upper, -sin, cos))
  const spread = Math.hypot((a - c) / 2, b)
  return {
    left,
    right,
    onRight: [(a + c) / 2 - spread, (a + c) / 2 + spread],
    // Where doubles do not tell the two levels apart, their states are any pair of the plane, and symmetry says what remains.
    // ⟨r|H|r⟩ − ⟨l|H|l⟩ = Ω(sin² − cos²), ⟨l|H|r⟩ = Ω sin cos.
    bias: symmetric ? 0 : sin * sin - cos * cos,
    mixing: symmetric ? 1 : Math.abs(2 * sin * cos),
  }
}

/** ∫ φ₀², φ₀φ₁ and φ₁² from a place to the right end. */
function overlapsBeyond(lower: WaveFunction, upper: WaveFunction, at: number): [number, number, number] {
  const [{ upper: end, spacing }] = lower.grid.axes
  const { nodes, weights } = gaussLegendre(at, end, Math.max(1, Math.ceil((end - at) / (2 * spacing))))
  const [f, g] = [interpolate(lower, [nodes]), interpolate(upper, [nodes])]
  const sums: [number, number, number] = [0, 0, 0]
  weights.forEach((w, i) => {
    sums[0] += w * f[2 * i] * f[2 * i]
    sums[1] += w * f[2 * i] * g[2 * i]
    sums[2] += w * g[2 * i] * g[2 * i]
  })
  return sums
}

function combination(f: WaveFunction, g: WaveFunction, a: number, b: number): WaveFunction {
  return new WaveFunction(
    f.grid,
    f.values.map((v, i) => a * v + b * g.values[i]),
  )
}

/** The state or its negative: positive where it is largest. */
function positive(state: WaveFunction): WaveFunction {
  const { values } = state
  let most = 0
  for (let i = 0; i < values.length; i += 2) if (Math.abs(values[i]) > Math.abs(values[most])) most = i
  return values[most] >= 0
    ? state
    : new WaveFunction(
        state.grid,
        values.map((v) => -v),
      )
}

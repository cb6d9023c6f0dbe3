/**
 * Splitting methods for one step exp(−a(T + V)) with T = −D∇², V = ζ and a complex step a with Re a ≥ 0:
 * products of exp(−a c V̂) (pointwise in x) and exp(−a d T) (pointwise in k). All are symmetric. A
 * negative coefficient is a backward diffusion off the real axis, so `blanesMoan4` is for real time only. The
 * commutator term of `chin4a` grows with Re a³ < 0, that is for 0 < θ < π/3, where its factor is held at 1.
 *
 *   strang   order 2:  e^{−aV/2} e^{−aT} e^{−aV/2}
 *   chin4a   order 4:  e^{−aV/6} e^{−aT/2} e^{−(2a/3)Ṽ} e^{−aT/2} e^{−aV/6},  Ṽ = V + (a²/48)[V,[T,V]],
 *            where [V,[T,V]] = 2D|∇ζ|².
 *   blanesMoan4   order 4:  six T and seven V stages with small error constants.
 *
 * References: Strang, SIAM J. Numer. Anal. 5, 506 (1968); Chin, Phys. Lett. A 226, 344 (1997), algorithm A;
 * Blanes and Moan, J. Comput. Appl. Math. 142, 313 (2002), Table 2, S6 of order 4.
 */

export type SplittingName = 'strang' | 'chin4a' | 'blanesMoan4'

/** One factor: e^{−a·coefficient·V}, with the double commutator added where `commutator` is set, or e^{−a·coefficient·T}. */
export type Stage =
  | { readonly part: 'V'; readonly coefficient: number; readonly commutator?: number }
  | { readonly part: 'T'; readonly coefficient: number }

export interface Splitting {
  readonly order: number
  readonly needsGradient: boolean
  /** From first applied to last; first and last are V stages, which merge between steps. */
  readonly stages: readonly Stage[]
}

/** The symmetric method with these V coefficients a₁ … and T coefficients b₁ …, alternating from V, mirrored. */
function mirrored(a: readonly number[], b: readonly number[]): Stage[] {
  const half: Stage[] = a.flatMap((coefficient, k): Stage[] => {
    const next = b[k]
    return next === undefined
      ? [{ part: 'V', coefficient }]
      : [
          { part: 'V', coefficient },
          { part: 'T', coefficient: next },
        ]
  })
  return [...half, ...half.slice(0, -1).reverse()]
}

/** First coefficients of Blanes and Moan's method; the middle ones make each sum 1. */
const BM_A = [0.0792036964311957, 0.353172906049774, -0.0420650803577195] as const
const BM_B = [0.209515106613362, -0.143851773179818] as const

export const SPLITTINGS: Readonly<Record<SplittingName, Splitting>> = {
  strang: {
    order: 2,
    needsGradient: false,
    stages: [
      { part: 'V', coefficient: 1 / 2 },
      { part: 'T', coefficient: 1 },
      { part: 'V', coefficient: 1 / 2 },
    ],
  },
  chin4a: {
    order: 4,
    needsGradient: true,
    stages: [
      { part: 'V', coefficient: 1 / 6 },
      { part: 'T', coefficient: 1 / 2 },
      { part: 'V', coefficient: 2 / 3, commutator: 1 / 48 },
      { part: 'T', coefficient: 1 / 2 },
      { part: 'V', coefficient: 1 / 6 },
    ],
  },
  blanesMoan4: {
    order: 4,
    needsGradient: false,
    stages: mirrored([...BM_A, 1 - 2 * (BM_A[0] + BM_A[1] + BM_A[2])], [...BM_B, 0.5 - (BM_B[0] + BM_B[1])]),
  },
}

/** Whether every substep goes forward, so that the method holds off the real axis. */
export function isForward({ stages }: Splitting): boolean {
  return stages.every((stage) => stage.coefficient > 0)
}

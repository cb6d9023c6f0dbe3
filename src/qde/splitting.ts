/**
 * Splitting methods for one step exp(−a(T + V)) with T = −D∇², V = ζ and a complex step a with Re a ≥ 0:
 * products of exp(−a c V̂) (pointwise in x) and exp(−a d T) (pointwise in k). Both methods are symmetric and
 * have positive coefficients only, so they hold for every Wick angle; a negative coefficient would be a
 * backward diffusion.
 *
 *   strang   order 2:  e^{−aV/2} e^{−aT} e^{−aV/2}
 *   chin4a   order 4:  e^{−aV/6} e^{−aT/2} e^{−(2a/3)Ṽ} e^{−aT/2} e^{−aV/6},  Ṽ = V + (a²/48)[V,[T,V]],
 *            where [V,[T,V]] = 2D|∇ζ|².
 *
 * References: Strang, SIAM J. Numer. Anal. 5, 506 (1968); Chin, Phys. Lett. A 226, 344 (1997), algorithm A.
 */

export type SplittingName = 'strang' | 'chin4a'

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
}

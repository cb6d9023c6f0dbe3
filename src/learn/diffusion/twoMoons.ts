/** Two interleaving half circles: the plane's usual test of a generative model (Pedregosa et al., JMLR 12, 2825 (2011)). */
import { requireInteger, requireKeys, requireNumber } from '../../error.js'
import { randomStream } from '../../numeric/index.js'

export interface TwoMoonsOptions {
  /** Default 1000, by turns on one and on the other. */
  readonly samples?: number
  /** Standard deviation of each coordinate about its half circle of radius 1; default 0.07. */
  readonly noise?: number
  /** Default 1. */
  readonly seed?: number
}

/** Samples in a plane, x and y: about (cos a, sin a) and (1 − cos a, ½ − sin a), 0 ≤ a ≤ π. */
export function twoMoons(options: TwoMoonsOptions = {}): [Float64Array, Float64Array] {
  requireKeys('twoMoons', options, ['samples', 'noise', 'seed'])
  const samples = requireInteger('samples', options.samples ?? 1000, 1, 10_000_000)
  const noise = requireNumber('noise', options.noise ?? 0.07, 'a finite number ≥ 0', (n) => n >= 0)
  const stream = randomStream(options.seed ?? 1)
  const [x, y] = [new Float64Array(samples), new Float64Array(samples)]
  for (let i = 0; i < samples; i++) {
    const angle = Math.PI * stream.uniform()
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
    x[i] = (i % 2 === 0 ? cosine : 1 - cosine) + noise * stream.normal()
    y[i] = (i % 2 === 0 ? sine : 0.5 - sine) + noise * stream.normal()
  }
  return [x, y]
}

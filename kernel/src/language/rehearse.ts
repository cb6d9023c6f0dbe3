/**
 * What the first cell and the first Tab would wait for, done before they come: the checker reads and compiles itself
 * much on first use.
 */
import type { LanguageService } from './protocol.js'

/** A cell as the first ones are. */
const CELL = `const problem = qde({ objective: 'x^2', D: 0.5 })
const evolution = problem.evolve(wavePacket({ x0: 0, sigma: 1 }), { until: 1 })
console.log(problem.groundState().energy)
evolution`

/** Steps of less than a second, between which calls can be answered. */
export function rehearsal(language: LanguageService): readonly (() => unknown)[] {
  return [
    () => language.prepare({ run: 0, count: 0, code: '0' }),
    () => language.prepare({ run: 0, count: 0, code: CELL }),
    () => language.complete('qde({ ', 6),
    () => language.inspect('qde', 1),
  ]
}

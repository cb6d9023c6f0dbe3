import { hex } from '../colour/oklab.js'
import { PHASE_MAP, PHASES } from '../colour/phase.js'
import type { Unit } from './grammar.js'

/** Colours of the key; its ends are the same colour. */
const STOPS = 33

const phases = Array.from({ length: STOPS }, (_, i) => -Math.PI + (2 * Math.PI * i) / (STOPS - 1))

/** Colours of the phases from −π to π. */
export const PHASE_KEY_COLOURS: readonly string[] = phases.map((phase) =>
  hex(PHASE_MAP[Math.round((phase / (2 * Math.PI) + 1) * PHASES) % PHASES]!),
)

/** A layer without marks that brings the key of phases, above the chart at the right. */
export function phaseKey(width: number): Unit {
  const length = Math.min(128, width / 4)
  return {
    data: { values: [{ phase: 0 }] },
    mark: { type: 'point', opacity: 0, filled: true },
    encoding: {
      color: {
        field: 'phase',
        type: 'quantitative',
        scale: { domain: phases, range: PHASE_KEY_COLOURS },
        legend: {
          title: 'arg ψ',
          orient: 'none',
          direction: 'horizontal',
          titleOrient: 'left',
          legendX: width - 52 - 16 - length - 52,
          legendY: -30,
          gradientLength: length,
          gradientThickness: 9,
          values: [-Math.PI, 0, Math.PI],
          labelExpr: "datum.value < -1 ? '−π' : datum.value > 1 ? 'π' : '0'",
          labelOverlap: false,
        },
      },
    },
  }
}

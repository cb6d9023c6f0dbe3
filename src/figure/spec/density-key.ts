import { hex } from '../colour/oklab.js'
import type { Setting, Unit } from './grammar.js'

const STOPS = 9

const shares = Array.from({ length: STOPS }, (_, i) => i / (STOPS - 1))

/** A layer without marks that brings the key of densities, above the chart at the right. */
export function densityKey({ theme, width }: Setting): Unit {
  const length = Math.min(128, width / 4)
  return {
    data: { values: [{ share: 0 }] },
    mark: { type: 'point', opacity: 0, filled: true },
    encoding: {
      color: {
        field: 'share',
        type: 'quantitative',
        scale: { domain: shares, range: shares.map((share) => hex(theme.ramp[Math.round(share * 255)]!)) },
        legend: {
          title: '|ψ|²',
          orient: 'none',
          direction: 'horizontal',
          titleOrient: 'left',
          legendX: width - 52 - 16 - length - 44,
          legendY: -30,
          gradientLength: length,
          gradientThickness: 9,
          gradientStrokeColor: theme.grid,
          gradientStrokeWidth: 1,
          values: [0, 1],
          labelExpr: "datum.value < 0.5 ? '0' : 'max'",
          labelOverlap: false,
        },
      },
    },
  }
}

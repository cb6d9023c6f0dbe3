/**
 * Values that draw themselves by a figure payload.
 */
import { types } from 'node:util'
import type { Figure } from 'psilab/figure'
import { JUPYTER_DISPLAY } from '../bundle.js'

/** A value that shows itself by a figure payload. */
export interface Drawable {
  figure(): Figure
}

export function isDrawable(value: unknown): value is Drawable {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false
  const { figure, [JUPYTER_DISPLAY]: display } = value as Record<string | symbol, unknown>
  return typeof figure === 'function' && typeof display === 'function'
}

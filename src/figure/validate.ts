/**
 * The gate between a payload of unknown origin and the renderer.
 */
import { FigureError } from './errors.js'
import { FIGURE_VERSION, type Figure } from './payload.js'
import { check, plain, type Tally } from './schema/check.js'
import { figure } from './schema/index.js'
import { finite } from './schema/schema.js'

const KINDS = figure.is.node === 'union' ? figure.is.choices : new Map()

/**
 * The payload as a figure, or a {@link FigureError} whose message is a sentence for the reader.
 * Allocates nothing that the payload asks for.
 */
export function validateFigure(value: unknown): Figure {
  checkFigure(value, { numbers: 0, characters: 0 })
  return value as Figure
}

/** The same for a figure whose bytes came beside it. */
export function checkFigure(value: unknown, tally: Tally): void {
  const { version, kind } = plain(value, 'figure')
  check(finite, version, 'figure.version', tally)
  if ((version as number) > FIGURE_VERSION)
    throw new FigureError({ code: 'newer', what: 'version', got: String(version) })
  if (typeof kind === 'string' && !KINDS.has(kind))
    throw new FigureError({ code: 'newer', what: 'kind', got: kind.slice(0, 40) })
  check(figure, value, 'figure', tally)
}

import { FIGURE_MIME } from 'psilab/figure'

/** What a file of a figure holds: the payload, and the PNG that stands in for it. */
export interface FigureFile {
  readonly payload: unknown
  readonly png?: unknown
}

/** A file that holds no figure; the message is a sentence for the reader. */
export class NoFigure extends Error {}

/**
 * Reads the text of a file: a figure payload, or the MIME bundle of an output, which has a payload among its forms.
 * The payload is not validated.
 */
export function readFigureFile(text: string): FigureFile {
  if (text.trim() === '') throw new NoFigure('This file is empty: it holds no figure.')
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new NoFigure('This file is JSON, and no ψlab figure: a figure is an object.')
  if (Object.hasOwn(value, FIGURE_MIME)) {
    const bundle = value as Readonly<Record<string, unknown>>
    return { payload: bundle[FIGURE_MIME], png: bundle['image/png'] }
  }
  if (!Object.hasOwn(value, 'version') || !Object.hasOwn(value, 'kind'))
    throw new NoFigure('This file is JSON, and no ψlab figure: a figure says its version and its kind.')
  return { payload: value }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new NoFigure('This file cannot be read as JSON, so it holds no figure.')
  }
}

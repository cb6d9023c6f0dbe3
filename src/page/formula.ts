/** Formulas between dollar signs, which the page's typesetter sets; without one, in plain characters. */
import { breakable, plainTex } from '../figure/index.js'
import { element } from './dom.js'

/** How formulas are written into the page: for the typesetter, or as they read without it. */
export interface Writer {
  readonly formula: (tex: string) => string
  readonly text: (text: string) => string
}

export const FOR_TYPESETTER: Writer = {
  formula: (tex) => `$\\displaystyle ${tex}$`,
  text: (text) => text,
}

export const PLAIN: Writer = {
  formula: plainTex,
  text: (text) => text.replace(/\$([^$]+)\$/g, (_, tex: string) => plainTex(tex)),
}

/** A formula as pieces in a row, between which its line may be broken. */
export function pieces(tex: string, writer: Writer): HTMLElement[] {
  return breakable(tex).map((piece) => element('span', 'psilab-piece', writer.formula(piece)))
}

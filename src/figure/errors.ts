import { FIGURE_VERSION } from './version.js'

/**
 * What can be wrong with a figure, as data; the sentence is rendered from it.
 */
export type FigureProblem =
  | { readonly code: 'not-finite'; readonly name: string; readonly index: number; readonly value: number }
  | { readonly code: 'length'; readonly name: string; readonly expected: number; readonly got: number }
  | { readonly code: 'too-large'; readonly name: string; readonly limit: number; readonly got: number }
  | { readonly code: 'invalid'; readonly name: string; readonly expected: string; readonly got: string }
  /** Made by a newer ψlab: a version, a kind or a field that this one does not know. */
  | { readonly code: 'newer'; readonly what: 'version' | 'kind' | 'field'; readonly got: string }

const NEWER: Readonly<Record<'version' | 'kind' | 'field', (got: string) => string>> = {
  version: (got) => `version ${got}; this ψlab draws version ${FIGURE_VERSION}`,
  kind: (got) => `the kind “${got}”, which this ψlab does not know`,
  field: (got) => `a field, ${got}, that this ψlab does not know`,
}

/** The sentence for a problem: what, allowed range, what was given. */
function describeProblem(problem: FigureProblem): string {
  switch (problem.code) {
    case 'not-finite':
      return `${problem.name}[${problem.index}] is ${problem.value}; a figure needs ${Number.isFinite(problem.value) ? 'numbers below 4e307' : 'finite numbers'}.`
    case 'length':
      return `${problem.name} has ${problem.got} numbers; ${problem.expected} were expected.`
    case 'too-large':
      return `${problem.name} asks for ${problem.got}; at most ${problem.limit} are drawn.`
    case 'invalid':
      return `${problem.name} must be ${problem.expected}; got ${problem.got}.`
    case 'newer':
      return `This figure has ${NEWER[problem.what](problem.got)}. Update ψlab to see it alive.`
  }
}

/** A figure that cannot be made or drawn. */
export class FigureError extends Error {
  readonly problem: FigureProblem

  constructor(problem: FigureProblem) {
    super(describeProblem(problem))
    this.name = 'FigureError'
    this.problem = problem
  }
}

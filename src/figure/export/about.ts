/**
 * Where a figure comes from, as its files carry it: no dates, so that the same figure gives the same bytes.
 */
import type { Figure, ProblemRecord } from '../payload.js'

export interface About {
  /** Name and version of what made the figure. */
  readonly software: string
  readonly title: string
  /** What is shown, in a sentence. */
  readonly description: string
  /** The problem, its hash and the seed, as JSON; `{}` where the figure is about none. */
  readonly origin: string
}

export function aboutOf(figure: Figure): About {
  const { psilab, ...origin } = figure.provenance
  return {
    software: `psilab ${psilab}`,
    title: figure.title,
    description: figure.alt,
    origin: JSON.stringify({ ...origin, ...(figure.problem && { computed: computedOf(figure.problem) }) }),
  }
}

/** What the numbers were computed from; how the equation is typeset is no part of it. */
function computedOf({ tex: _tex, text, ...problem }: ProblemRecord) {
  return { equation: text, ...problem }
}

/** The same as lines of text, each `name: value`. */
export function aboutLines({ software, title, description, origin }: About): string[] {
  return [software, `title: ${title}`, `shown: ${description}`, `origin: ${origin}`].map((line) =>
    line.replaceAll(/\s+/g, ' '),
  )
}

/** What the drawings of a derivation share. */
import type { DerivationStepRecord, VerdictRecord } from '../payload.js'

export interface Mark {
  readonly sign: string
  readonly words: string
}

const SIGNS: Readonly<Record<VerdictRecord['status'], string>> = {
  proved: '✓',
  checked: '≈',
  postulate: '◇',
  definition: '≔',
}

/** The mark of a step: a sign, and what it says. */
export function markOf(verdict: VerdictRecord): Mark {
  const { status } = verdict
  return {
    sign: SIGNS[status],
    words: verdict.status === 'checked' ? `checked to ${verdict.digits} digits` : status,
  }
}

/** The whole line as one formula. */
export function lineTex({ left, sign, right, at }: DerivationStepRecord): string {
  return `${left} ${sign} ${right}${at === undefined ? '' : ` \\qquad \\left(${at}\\right)`}`
}

/** How often each mark is given: “12 proved, 2 postulates”. */
export function countMarks(steps: readonly Pick<DerivationStepRecord, 'verdict'>[]): string {
  const counts = new Map<string, number>()
  for (const { verdict } of steps) {
    const { words } = markOf(verdict)
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  const plural = (words: string, count: number): string =>
    count > 1 && /^(postulate|definition)$/.test(words) ? `${words}s` : words
  return [...counts].map(([words, count]) => `${count} ${plural(words, count)}`).join(', ')
}

/** A delimiter that grows with what it holds, a command, a bracket, or a sign between two terms. */
const TOKEN =
  /\\(?:left|right)(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\?[^a-zA-Z\s])|\\[a-zA-Z]+|\\.|[{}()[\]]| [+-] /gs

/**
 * A formula in the pieces between which a line may be broken: before the signs of its outermost sum. Set one after the
 * other they look as the formula does: each piece after the first begins with its sign behind an empty atom.
 */
export function breakable(tex: string): string[] {
  const pieces: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: token, index } of tex.matchAll(TOKEN)) {
    if (/^(?:[{([]|\\(?:left(?![a-z])|begin|\{|langle))/.test(token)) depth++
    else if (/^(?:[})\]]|\\(?:right(?![a-z])|end|\}|rangle))/.test(token)) depth--
    else if (depth === 0 && /^ [+-] $/.test(token)) {
      pieces.push(tex.slice(from, index))
      from = index
    }
  }
  pieces.push(tex.slice(from))
  return pieces.map((piece, k) => (k === 0 ? piece : `{}${piece}`))
}

/** Share of a line that a left side may take, and where its right side would be broken beside it. */
const [SHARE, SHARE_OF_BROKEN] = [0.34, 0.2]

/**
 * Whether a left side stands above its sign, instead of in the column of left sides: by the natural widths of the left
 * side and of the rest, and the width of the line.
 */
export function isStacked(left: number, rest: number, room: number): boolean {
  return left > (left + rest > room ? SHARE_OF_BROKEN : SHARE) * room
}

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

/** How often each mark is given: “12 proved, 1 postulate”. */
export function countMarks(steps: readonly Pick<DerivationStepRecord, 'verdict'>[]): string {
  const counts = new Map<string, number>()
  for (const { verdict } of steps) {
    const { words } = markOf(verdict)
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ')
}

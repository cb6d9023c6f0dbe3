/** The tables of an item. */
import { markdown } from './markdown.mjs'
import { duration, rowNamed, verdict } from './targets.mjs'

/** @typedef {import('./items.mjs').Item} Item */
/** @typedef {import('./measure.mjs').Row} Row */

/** @param {number} value */
const small = (value) => (Number.isNaN(value) ? 'not checked' : value.toExponential(0))

/** @param {Row} row @param {Row | undefined} baseline */
function ratio(row, baseline) {
  if (!baseline) return 'no baseline'
  return row.equal ? (row.seconds / baseline.seconds).toPrecision(3) : 'no ratio: the answer differs'
}

/**
 * Candidates of an item from fast to slow. A ratio stands only where the answers agree.
 * @param {Item} item
 * @param {readonly Row[]} rows
 */
export function table(item, rows) {
  const baseline = rowNamed(rows, item.baseline)
  const body = [...rows]
    .sort((a, b) => Number(b.equal) - Number(a.equal) || a.seconds - b.seconds)
    .map((row) => [
      row.label,
      duration(row.seconds),
      ratio(row, baseline),
      `${(100 * row.spread).toFixed(0)} %`,
      small(row.error),
      row.note ?? '',
    ])
  return markdown(['candidate', 'time', `of ${item.baseline}`, 'spread', `error: ${item.check}`, ''], body)
}

/** @param {Item} item @param {readonly Row[]} rows */
export function targetTable(item, rows) {
  return markdown(
    ['target', '', 'measured', ''],
    item.targets.map((target) => {
      const { measured, outcome } = verdict(rows, target)
      return [target.text, target.rank, measured, outcome]
    }),
  )
}

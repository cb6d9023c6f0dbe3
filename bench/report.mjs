/** Tables and the page docs/benchmarks.md. */

import { markdown } from './markdown.mjs'
import { scalingTables } from './scaling.mjs'
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

/**
 * @param {object} run
 * @param {readonly { item: Item, rows: readonly Row[] }[]} run.results
 * @param {import('./scaling.mjs').Costs} run.costs
 * @param {readonly import('./discover.mjs').Rival[]} run.rivals
 * @param {ReturnType<typeof import('./machine.mjs').machine>} run.machine
 * @param {string} run.took
 */
export function page({ results, costs, rivals, machine, took }) {
  const versions = rivals.map(({ description }) => `${description.name} ${description.version}`).join(', ')
  const load = machine.idle
    ? ''
    : ` **The machine was not idle** (load ${machine.load.toFixed(1)} on ${machine.cores} cores), so that times are too long and ratios uncertain.`
  return `${[
    '# Benchmarks',
    `Written by \`npm run bench\` on ${machine.date} in ${took}; what is measured and how stands in
[bench/README.md](../bench/README.md).`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.system}; ${machine.node}; ${versions}.${load}`,
    `Times are medians over rounds in which the candidates take turns, of the least time in each turn; the spread
is between rounds. A ratio is given only where the answers agree. ψlab is the default, with the same bits on every
machine; ψlab, FMA has fused multiply-add. Targets are held against the faster of the two, and the façade's default
settings in W4 to W6.`,
    '## Targets',
    markdown(
      ['item', 'target', '', 'measured', ''],
      results.flatMap(({ item, rows }) =>
        item.targets.map((target) => {
          const { measured, outcome } = verdict(rows, target)
          return [item.id, target.text, target.rank, measured, outcome]
        }),
      ),
    ),
    ...results.flatMap(({ item, rows }) => [`## ${item.id}: ${item.title}`, table(item, rows)]),
    '## Other sizes, planning, memory',
    scalingTables(costs),
    '![Time of a step against N and N log N](benchmark-cost.svg)',
  ].join('\n\n')}\n`
}

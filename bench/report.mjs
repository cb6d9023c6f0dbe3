/** The page docs/benchmarks.md. */

import { markdown } from './markdown.mjs'
import { scalingTables } from './scaling.mjs'
import { table } from './tables.mjs'
import { verdict } from './targets.mjs'

/** @typedef {import('./items.mjs').Item} Item */
/** @typedef {import('./measure.mjs').Row} Row */

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

/** The findings of measure.py as tables, and the page docs/kernel-benchmarks.md. */
import { markdown } from '../markdown.mjs'
import { columns, groups, yardsticks } from './items.mjs'

/** @typedef {import('./items.mjs').Item} Item */
/** @typedef {import('./items.mjs').Target} Target */

/**
 * A line of measure.py.
 * @typedef {object} Finding
 * @property {string} item
 * @property {string} kernel
 * @property {readonly number[]} [values]
 * @property {string} [failure]
 * @property {number} [whole] what the value is a part of
 * @property {string} [version] of the kernel, in its own words
 */

/**
 * What one kernel has to show for an item.
 * @typedef {object} Entry
 * @property {number | undefined} [median] of the samples of all rounds; absent where any round failed
 * @property {number | undefined} [least]
 * @property {number | undefined} [high] the ninth decile
 * @property {string} [failure]
 * @property {number | undefined} [whole]
 */

/** @param {readonly number[]} sorted @param {number} part */
function quantile(sorted, part) {
  const place = part * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN]
  return low + (place % 1) * (high - low)
}

/** What stands in the tables. @param {readonly Finding[]} findings @returns {(item: string, kernel: string) => Entry} */
function gather(findings) {
  return (item, kernel) => {
    const own = findings.filter((one) => one.item === item && one.kernel === kernel)
    const failure = own.find((one) => one.failure)?.failure
    if (failure) return { failure }
    const samples = own.flatMap(({ values = [] }) => values).sort((a, b) => a - b)
    if (samples.length === 0) return {}
    return {
      median: quantile(samples, 0.5),
      least: samples[0],
      high: quantile(samples, 0.9),
      whole: own[0]?.whole,
    }
  }
}

/** @typedef {ReturnType<typeof gather>} Found */

/** @param {number} value */
const figures = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(value < 1 ? 2 : 3))

/** @param {Entry} entry */
function shown({ median, least, high, failure, whole }) {
  if (failure) return failure
  if (median === undefined) return '–'
  if (whole) return `${Math.round(median * whole)} of ${whole}`
  return least === high
    ? figures(median)
    : `${figures(median)} (${figures(least ?? median)}–${figures(high ?? median)})`
}

/** @param {Item} item @param {Found} found */
function bestRival({ id, good }, found) {
  const rivals = Object.keys(columns).slice(1)
  const medians = rivals.flatMap((kernel) => found(id, kernel).median ?? [])
  return good === 'most' ? Math.max(...medians) : Math.min(...medians)
}

/** @param {number | undefined} of @param {number | undefined} to */
const ratio = (of, to) => (of === undefined || !Number.isFinite(to) ? '–' : `${figures(of / Number(to))} ×`)

/** @param {import('./items.mjs').Group} group @param {Found} found */
function table({ items }, found) {
  const aside = Object.keys(yardsticks).filter((one) => items.some(({ id }) => found(id, one).median))
  const head = ['', '', ...Object.values(columns), ...aside.map((one) => yardsticks[one] ?? one)]
  return markdown(
    [...head, ': ipykernel', ': best rival', ...aside.map((one) => `: ${yardsticks[one]}`)],
    items.map((item) => {
      const own = found(item.id, 'psilab').median
      return [
        item.title,
        item.unit,
        ...[...Object.keys(columns), ...aside].map((kernel) => shown(found(item.id, kernel))),
        ratio(own, found(item.id, 'python3').median),
        ratio(own, bestRival(item, found)),
        ...aside.map((one) => ratio(own, found(item.id, one).median)),
      ]
    }),
  )
}

/** The words for a target and its outcome. @param {Item} item @param {Target} target @param {Found} found */
function verdict({ id, unit, good }, { limit, than, after }, found) {
  const own = found(id, 'psilab').median
  const base = than ? found(id, than).median : after ? found(after, 'psilab').median : 1
  const relative = than ? `${columns[than] ?? yardsticks[than]}’s` : after ? 'its first time' : undefined
  const bound = good === 'most' ? '≥' : '≤'
  const text = relative
    ? `${bound} ${limit === 1 ? '' : `${limit} × `}${relative}`
    : `${bound} ${limit} ${unit}`
  if (own === undefined || base === undefined) return { text, measured: '–', outcome: 'not measured' }
  const value = own / base
  const short = good === 'most' ? limit / value : value / limit
  return {
    text,
    measured: relative ? `${figures(value)} ×` : `${figures(value)} ${unit}`,
    outcome: short <= 1 ? 'met' : `missed: ${figures(short)} × the limit`,
  }
}

/** @param {Found} found */
function targets(found) {
  const rows = groups.flatMap(({ items }) =>
    items.flatMap((item) =>
      (item.targets ?? []).map((target) => {
        const { text, measured, outcome } = verdict(item, target, found)
        return [item.title, text, target.rank, measured, outcome]
      }),
    ),
  )
  return markdown(['', 'target', '', 'measured', ''], rows)
}

/** @param {Found} found */
function tables(found) {
  return [
    '## Targets',
    targets(found),
    ...groups.flatMap((group) => [
      `## ${group.title}`,
      ...(group.text ? [group.text] : []),
      table(group, found),
    ]),
  ].join('\n\n')
}

/** The tables alone. @param {readonly Finding[]} findings */
export const results = (findings) => tables(gather(findings))

/** What was measured where, and whether in quiet. @param {readonly Finding[]} findings @param {ReturnType<typeof import('../machine.mjs').machine>} machine */
export function conditions(findings, { cpu, cores, memory, system, node, load, idle }) {
  const versions = findings.flatMap(({ version }) => version ?? [])
  const busy = idle
    ? ''
    : ` **The machine was not idle** (load ${load.toFixed(1)} on ${cores} cores), so that times are too long and ratios uncertain.`
  return `${cpu}, ${cores} cores, ${memory}, ${system}; ${node}; ${versions.join(', ')}.${busy}`
}

/**
 * @param {object} run
 * @param {readonly Finding[]} run.findings
 * @param {ReturnType<typeof import('../machine.mjs').machine>} run.machine
 * @param {string} run.took
 */
export function page({ findings, machine, took }) {
  return `${[
    '# The kernel beside others',
    `Written by \`npm run bench:kernel\` on ${machine.date} in ${took}; how it is measured stands in
[bench/README.md](../bench/README.md).`,
    conditions(findings, machine),
    `Medians of all samples, with the least and the ninth decile in brackets. Ratios are ψlab’s to ipykernel and to the
best of the three others; below 1 is better, but for MB/s and counts.`,
    results(findings),
  ].join('\n\n')}\n`
}

/** Targets beside what was measured. */

/** @typedef {import('./measure.mjs').Row} Row */
/** @typedef {import('./items.mjs').Target} Target */

/**
 * The row that a target names: a candidate by its label, or the fastest of ψlab on one or two threads, or of
 * the Python candidates. Rows whose answers differ do not count.
 * @param {readonly Row[]} rows
 * @param {string} name
 */
export function rowNamed(rows, name) {
  const able = rows.filter((row) => row.equal && Number.isFinite(row.seconds))
  const exact = able.find((row) => row.label === name)
  if (exact && name !== 'ψlab') return exact
  const members = able.filter(({ name: candidate, threads, language }) => {
    if (name === 'ψlab') return candidate === 'ψlab' && threads === 1
    if (name === 'ψlab, 2 threads') return candidate === 'ψlab' && threads === 2
    return name === 'Python' && language === 'Python'
  })
  return members.sort((a, b) => a.seconds - b.seconds)[0]
}

/**
 * @typedef {object} Verdict
 * @property {Target} target
 * @property {string} measured in words
 * @property {string} outcome met, or by how much it is missed
 */

/** @param {number} value */
const factor = (value) => `${value.toPrecision(value < 10 ? 3 : 4)} ×`

/**
 * @param {readonly Row[]} rows
 * @param {Target} target
 * @returns {Verdict}
 */
export function verdict(rows, target) {
  const of = rowNamed(rows, target.of)
  const to = target.to === undefined ? undefined : rowNamed(rows, target.to)
  if (!of || (target.to !== undefined && !to))
    return {
      target,
      measured: '–',
      outcome: `not measured: no ${of ? target.to : target.of} of equal accuracy`,
    }
  if (!to) {
    const measured = `${duration(of.seconds)} (${of.label})`
    const over = of.seconds / target.limit
    return { target, measured, outcome: over <= 1 ? 'met' : `missed: ${factor(over)} the limit` }
  }
  const ratio = target.bound === 'most' ? of.seconds / to.seconds : to.seconds / of.seconds
  const met = target.bound === 'most' ? ratio <= target.limit : ratio >= target.limit
  const short = target.bound === 'most' ? ratio / target.limit : target.limit / ratio
  return {
    target,
    measured: `${factor(ratio)} (${of.label} : ${to.label})`,
    outcome: met ? 'met' : `missed by ${((short - 1) * 100).toFixed(0)} %`,
  }
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`
  if (seconds >= 1e-3) return `${(seconds * 1e3).toPrecision(3)} ms`
  return `${(seconds * 1e6).toPrecision(3)} µs`
}

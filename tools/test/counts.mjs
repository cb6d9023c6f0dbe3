import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const nothing = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

/** @param {Counts} counts */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/** @param {string} file */
const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/**
 * @param {string} file written by vitest's json reporter; a missing one counts nothing
 * @returns {Counts}
 */
export function vitestCounts(file) {
  const text = textOf(file)
  if (!text) return nothing
  /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { testResults } = JSON.parse(text)
  return testResults
    .map(({ status, assertionResults }) => {
      const of = (/** @type {string[]} */ ...statuses) =>
        assertionResults.filter((r) => statuses.includes(r.status)).length
      const failed = of('failed')
      return {
        passed: of('passed'),
        // A file that fails as a whole has no failed test of its own.
        failed: failed === 0 && status === 'failed' ? 1 : failed,
        skipped: of('skipped', 'pending', 'todo', 'disabled'),
      }
    })
    .reduce(add, nothing)
}

/**
 * @param {string} file written by pytest's --junitxml; a missing one counts nothing
 * @returns {Counts}
 */
export function junitCounts(file) {
  const suites = textOf(file).match(/<testsuite\s[^>]*>/g) ?? []
  return suites
    .map((suite) => {
      const of = (/** @type {string} */ name) =>
        Number(suite.match(new RegExp(`\\s${name}="(\\d+)"`))?.[1] ?? 0)
      const failed = of('failures') + of('errors')
      const skipped = of('skipped')
      return { passed: Math.max(0, of('tests') - failed - skipped), failed, skipped }
    })
    .reduce(add, nothing)
}

import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../setup/failure.mjs'
import { setUp } from '../setup/index.mjs'
import { jupyterEnvironment } from '../setup/jupyter.mjs'
import { at, root, setupDir, venvPython } from '../setup/paths.mjs'
import { show } from '../setup/processes.mjs'
import { since } from '../setup/report.mjs'
import { add, closingLine, junitCounts, nothing, vitestCounts } from '../test/counts.mjs'

/** No runner takes longer on a machine two times slower than the two cores where unit tests take nine minutes. */
const LIMIT = 20 * 60_000

/**
 * @typedef {object} Runner
 * @property {string} title
 * @property {string} result name of the file with its results
 * @property {(result: string) => { program: string, args: string[], env?: NodeJS.ProcessEnv }} command
 * @property {(file: string) => import('../test/counts.mjs').Counts} counts
 */

/** @param {string} project */
const vitest = (project) => ({
  result: `${project}.json`,
  /** @param {string} result */
  command: (result) => ({
    program: process.execPath,
    args: [
      at('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${result}`,
    ],
    env: jupyterEnvironment(),
  }),
  counts: vitestCounts,
})

/** @type {Readonly<Record<string, Runner>>} */
const runners = {
  unit: { title: 'Unit tests', ...vitest('unit') },
  kernel: {
    title: 'Kernel tests through jupyter_client',
    result: 'kernel.xml',
    command: (result) => ({
      program: venvPython,
      args: [
        '-m',
        'pytest',
        '-q',
        '-rs',
        '-p',
        'no:cacheprovider',
        `--junitxml=${result}`,
        at('test', 'kernel'),
      ],
      env: jupyterEnvironment(),
    }),
    counts: junitCounts,
  },
  e2e: { title: 'JupyterLab in a browser', ...vitest('e2e') },
}

/**
 * `npm test`: sets up, then every test, or those of the runners that are named.
 * @param {readonly string[]} names
 */
export async function run(names) {
  const unknown = names.find((name) => !Object.hasOwn(runners, name))
  if (unknown)
    throw new Failure(`There are no "${unknown}" tests: choose from ${Object.keys(runners).join(', ')}.`)
  await setUp({ jupyter: true, tests: true })

  const results = mkdtempSync(path.join(setupDir, 'results-'))
  let total = nothing
  try {
    for (const [name, runner] of Object.entries(runners)) {
      if (names.length > 0 && !names.includes(name)) continue
      const started = performance.now()
      console.log(`\n── ${runner.title} ${'─'.repeat(Math.max(0, 60 - runner.title.length))}`)
      const file = path.join(results, runner.result)
      const { program, args, env } = runner.command(file)
      const code = await show(program, args, { cwd: root, ...(env && { env }), timeout: LIMIT })
      let counts = runner.counts(file)
      if (code === 'timeout') console.error(`${runner.title}: ended after ${LIMIT / 60_000} minutes`)
      // A runner that fails, or ran nothing, without a failed test to show for it is one failure.
      if (counts.failed === 0 && (code !== 0 || counts.passed + counts.skipped === 0))
        counts = add(counts, { ...nothing, failed: 1 })
      console.log(`── ${runner.title}: ${closingLine(counts)} (${since(started)})`)
      total = add(total, counts)
    }
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
  console.log(`\n${closingLine(total)}`)
  return total.failed === 0 ? 0 : 1
}

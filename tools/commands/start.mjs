import { parseArgs } from 'node:util'
import { Failure } from '../setup/failure.mjs'
import { setUp } from '../setup/index.mjs'
import { freePort, startLab } from '../setup/lab.mjs'
import { at, shown } from '../setup/paths.mjs'
import { say } from '../setup/report.mjs'

const FIRST = 'guide/first-steps.ipynb'

/**
 * @param {readonly string[]} args
 * @returns {{ browser: boolean, port: number }}
 */
export function startOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'no-browser': { type: 'boolean', default: false },
        port: { type: 'string', default: '8888' },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new Failure(`--port ${values.port} is no port: give a whole number from 1 to 65535.`)
    }
    return { browser: !values['no-browser'], port }
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(
      `${/** @type {Error} */ (error).message.split('. ')[0]}: use \`npm start -- [--no-browser] [--port N]\`.`,
    )
  }
}

/**
 * `npm start`: sets up, then JupyterLab until it is ended.
 * @param {readonly string[]} args
 */
export async function run(args) {
  const { browser, port } = startOptions(args)
  await freePort(port)
  await setUp({ jupyter: true, tests: false })
  await freePort(port)
  const log = at('.setup', 'jupyterlab.log')
  const lab = await startLab({ port, rootDir: at('notebooks'), notebook: FIRST, browser, log })
  say(
    `\nJupyterLab ${browser ? 'opens in the browser, or by hand' : 'is'} at\n\n    ${lab.url}\n\nCtrl-C ends it.`,
  )
  const code = await lab.ended
  if (code !== 0) throw new Failure(`JupyterLab ended by itself: ${shown(log)} says why.`)
  return 0
}

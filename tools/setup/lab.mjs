import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from './failure.mjs'
import { jupyterEnvironment, labArguments } from './jupyter.mjs'
import { root, shown, venvPython } from './paths.mjs'
import { start, stop } from './processes.mjs'

const STARTUP = 120_000

/**
 * @typedef {object} Lab
 * @property {string} url of the notebook, with its token
 * @property {string} origin
 * @property {string} token
 * @property {Promise<number | null>} ended exit code of the server
 * @property {() => Promise<void>} stop
 */

/**
 * @param {number} port 0 for any
 * @returns {Promise<number>} the port if it is free
 */
export async function freePort(port) {
  const server = createServer()
  try {
    const listening = once(server, 'listening')
    server.listen(port, '127.0.0.1')
    await listening
    return /** @type {import('node:net').AddressInfo} */ (server.address()).port
  } catch (error) {
    throw portFailure(port, /** @type {NodeJS.ErrnoException} */ (error).code)
  } finally {
    server.close()
  }
}

/**
 * @param {number} port
 * @param {string | undefined} code
 */
export function portFailure(port, code) {
  const other = `run \`npm start -- --port ${port < 1024 ? 8888 : port + 1}\``
  return code === 'EADDRINUSE'
    ? new Failure(`Port ${port} is taken: stop the program that uses it, or ${other}.`)
    : new Failure(`Port ${port} cannot be used here (${code}): ${other}.`)
}

/**
 * Starts JupyterLab and resolves when it answers.
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.rootDir
 * @param {string} options.notebook relative to rootDir
 * @param {boolean} options.browser whether JupyterLab opens the browser
 * @param {string} options.log
 * @param {readonly string[]} [options.extra] more arguments
 * @param {NodeJS.ProcessEnv} [options.env] more environment
 * @returns {Promise<Lab>}
 */
export async function startLab({ port, rootDir, notebook, browser, log, extra = [], env = {} }) {
  const token = randomBytes(24).toString('hex')
  mkdirSync(path.dirname(log), { recursive: true })
  const sink = createWriteStream(log)
  const child = start(venvPython, [...labArguments({ port, rootDir, notebook, browser }), ...extra], {
    cwd: root,
    // By the environment: arguments are seen by every user of the machine.
    env: { ...jupyterEnvironment(), JUPYTER_TOKEN: token, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C must not reach the server itself: on SIGINT it leaves its kernels behind, on SIGTERM it ends them.
    detached: process.platform !== 'win32',
  })
  child.stdout?.pipe(sink, { end: false })
  child.stderr?.pipe(sink, { end: false })
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(-1))
    child.once('exit', (code) => resolve(code))
  })
  const origin = `http://localhost:${port}`
  const failed = new Failure(`JupyterLab did not start: ${shown(log)} says why.`)
  const deadline = Date.now() + STARTUP
  while (!(await answers(port, token))) {
    const gone = await Promise.race([ended.then(() => true), sleep(100, false)])
    if (gone || Date.now() > deadline) {
      await stop(child)
      throw failed
    }
  }
  return {
    url: `${origin}/lab/tree/${notebook}?token=${token}`,
    origin,
    token,
    ended,
    stop: () => stop(child),
  }
}

/**
 * @param {number} port
 * @param {string} token
 */
async function answers(port, token) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/kernelspecs?token=${token}`)
    return response.ok
  } catch {
    return false
  }
}

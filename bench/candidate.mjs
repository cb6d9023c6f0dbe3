/** A candidate's process, as the harness sees it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { at, root } from '../tools/setup/paths.mjs'
import { start, stop } from '../tools/setup/processes.mjs'

/** No answer takes longer, not even that of a patient planner. */
const LIMIT = 240_000

/**
 * @typedef {object} Program how a candidate is started
 * @property {string} file
 * @property {string} program
 * @property {readonly string[]} args
 */

export class Candidate {
  /**
   * @param {Program} program
   * @param {Record<string, string>} [env]
   */
  constructor({ file, program, args }, env = {}) {
    this.file = path.basename(file)
    this.child = start(program, args, {
      cwd: root,
      env: { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.errors = ''
    this.child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.errors = (this.errors + text).slice(-2000)
    })
    // A process that is gone says so by its end; a write to it must not end this one.
    this.child.stdin?.on('error', () => {})
    this.lines = createInterface({
      input: /** @type {import('node:stream').Readable} */ (this.child.stdout),
    })[Symbol.asyncIterator]()
  }

  /**
   * @param {Record<string, unknown>} request
   * @returns {Promise<any>} the answer; `cannot` says why there is none
   */
  async ask(request) {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`)
    let limit
    const late = new Promise((resolve) => {
      limit = setTimeout(() => resolve('late'), LIMIT)
    })
    const next = await Promise.race([this.lines.next(), late])
    clearTimeout(limit)
    if (next === 'late') return { cannot: `no answer in ${LIMIT / 1000} s` }
    if (next.done) return { cannot: `ended: ${this.errors.trim().split('\n').at(-1) ?? ''}` }
    return JSON.parse(next.value)
  }

  /** Most memory that the process has had, in bytes; undefined where the system does not tell. */
  peak() {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024
    } catch {
      return undefined
    }
  }

  async end() {
    this.child.stdin?.end()
    await stop(this.child, 2000)
  }
}

/** Where candidates lie: one file each; names that begin with _ are theirs to share. */
export const folder = at('bench', 'candidates')

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set()

// The last resort, where this process ends without the care of main.mjs.
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

/**
 * Starts a program without a shell; it is ended with this process.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
export function start(program, args, options) {
  const child = spawn(program, args, { windowsHide: true, ...options })
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

/**
 * Ends a process: asks, and after the grace time insists. It has ended when the promise resolves.
 * @param {ChildProcess} child
 * @param {number} [grace] milliseconds
 */
export async function stop(child, grace = 10_000) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), grace)
  await ended
  clearTimeout(insist)
}

/** Ends every process that was started here. */
export async function stopAll() {
  await Promise.all([...running].map((child) => stop(child)))
}

/**
 * Runs a program to its end with its output in a log file.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, log?: string, env?: NodeJS.ProcessEnv, timeout?: number }} options
 * @returns {Promise<{ code: number, output: string }>} code −1 where the program could not be started or took too long
 */
export function capture(program, args, { cwd, log, env = process.env, timeout }) {
  if (log) mkdirSync(path.dirname(log), { recursive: true })
  const sink = log ? createWriteStream(log) : undefined
  const child = start(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
      sink?.write(text)
    })
  }
  return new Promise((resolve) => {
    const limit = timeout === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeout)
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(limit)
      sink?.end()
      resolve({ code, output })
    }
    child.once('error', (error) => {
      output += String(error)
      finish(-1)
    })
    child.once('close', (code) => finish(code ?? -1))
  })
}

/**
 * Runs a program to its end on this terminal.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, timeout: number }} options
 * @returns {Promise<number | 'timeout'>} its exit code
 */
export async function show(program, args, { cwd, env = process.env, timeout }) {
  const child = start(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
  let late = false
  const limit = setTimeout(() => {
    late = true
    void stop(child)
  }, timeout)
  const [code] = await once(child, 'exit')
  clearTimeout(limit)
  return late ? 'timeout' : (code ?? 1)
}

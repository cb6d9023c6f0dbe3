import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @param {number} pid
 * @returns {boolean} whether such a process runs
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} file */
function holder(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * One attempt: a link to a file that already holds this process's id appears whole or not at all.
 * @param {string} file
 */
function take(file) {
  const own = `${file}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

/**
 * Removes the lock of a process that has ended, and no other: what was moved away by mistake is put back.
 * @param {string} file
 * @param {number} dead
 */
function discard(file, dead) {
  const aside = `${file}.${process.pid}.old`
  try {
    renameSync(file, aside)
    if (holder(aside) !== dead) linkSync(aside, file)
  } catch {
    // Another process was quicker; the next attempt sees its lock.
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * Does the work while no other process does such work; the lock of a process that died is taken over.
 * @template T
 * @param {string} file the lock
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [waiting] told once which process is waited for
 * @returns {Promise<T>}
 */
export async function withLock(file, work, waiting) {
  mkdirSync(path.dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    const pid = holder(file)
    if (pid === undefined) continue
    // Its own id: left by a process that had the same one before.
    if (pid === process.pid || !isAlive(pid)) {
      discard(file, pid)
      continue
    }
    if (!told) waiting?.(pid)
    told = true
    await sleep(200)
  }
  const release = () => {
    if (holder(file) === process.pid) rmSync(file, { force: true })
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

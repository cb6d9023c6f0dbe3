import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')

/** @param {...string} parts a path below the checkout */
export const at = (...parts) => path.join(root, ...parts)

/** A path as a message shows it: relative to the checkout. @param {string} file */
export const shown = (file) => path.relative(root, file).split(path.sep).join('/')

const windows = process.platform === 'win32'

/** The Python of the checkout's own environment. */
export const venvPython = windows ? at('.venv', 'Scripts', 'python.exe') : at('.venv', 'bin', 'python')

/** Logs, the lock and temporary files of the set-up. */
export const setupDir = at('.setup')

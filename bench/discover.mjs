/** The candidates that can run here: every file in candidates/, by its language. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../tools/setup/paths.mjs'
import { capture } from '../tools/setup/processes.mjs'
import { say } from '../tools/setup/report.mjs'
import { Candidate, folder } from './candidate.mjs'
import { benchPython, cache } from './paths.mjs'

/** @typedef {import('./candidate.mjs').Program} Program */
/** @typedef {import('./serve.mjs').Description} Description */
/** @typedef {import('./serve.mjs').Variant} Variant */

/**
 * @typedef {object} Rival a candidate that answers
 * @property {Program} program
 * @property {Description} description
 */

/**
 * How a file is started, or the sentence that says what is missing.
 * @param {string} file
 * @returns {Promise<Program | string>}
 */
async function programOf(file) {
  const name = path.basename(file)
  switch (path.extname(file)) {
    case '.mjs':
      return { file, program: process.execPath, args: [file] }
    case '.py':
      if (!existsSync(benchPython)) return `${name} needs bench/.venv: npm run bench:setup`
      return { file, program: benchPython, args: [file] }
    case '.c':
      return compiled(file)
    default:
      return `${name}: no candidate`
  }
}

/**
 * Compiles a C source with the flags of its line "build:".
 * @param {string} file
 * @returns {Promise<Program | string>}
 */
async function compiled(file) {
  const flags = /build: (.*)/.exec(readFileSync(file, 'utf8'))?.[1]?.trim().split(/\s+/) ?? []
  const libraries = flags.filter((flag) => flag.startsWith('-l'))
  const program = path.join(cache, path.basename(file, '.c'))
  mkdirSync(cache, { recursive: true })
  const { code, output } = await capture(
    'gcc',
    ['-o', program, file, ...flags.filter((flag) => !libraries.includes(flag)), ...libraries],
    { cwd: root, timeout: 60_000 },
  )
  if (code === 0) return { file, program, args: [] }
  const reason = output.trim().split('\n')[0] ?? ''
  return `${path.basename(file)} needs gcc and libfftw3-dev: npm run bench:setup (${reason})`
}

/** @returns {Promise<Rival[]>} */
export async function discover() {
  const files = readdirSync(folder).filter((name) => !name.startsWith('_') && /\.(mjs|py|c)$/.test(name))
  /** @type {Rival[]} */
  const rivals = []
  // ψlab first, then by name.
  for (const name of files.sort(
    (a, b) => Number(b === 'psilab.mjs') - Number(a === 'psilab.mjs') || (a < b ? -1 : 1),
  )) {
    const program = await programOf(path.join(folder, name))
    if (typeof program === 'string') {
      say(`  – ${program}`)
      continue
    }
    const candidate = new Candidate(program)
    const description = await candidate.ask({ do: 'describe' })
    await candidate.end()
    if (description.cannot) say(`  – ${name} does not run: ${description.cannot}`)
    else rivals.push({ program, description })
  }
  return rivals
}

/**
 * The name under which a variant is shown.
 * @param {Description} description
 * @param {Variant} variant
 */
export const labelOf = ({ name }, variant) => (variant.name === '' ? name : `${name}, ${variant.name}`)

/** `npm run bench:setup`: bench/.venv with the Python rivals, test/hosts with the kernels, and what the C rival needs. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { causeOf } from '../tools/setup/causes.mjs'
import { Failure } from '../tools/setup/failure.mjs'
import { at, root } from '../tools/setup/paths.mjs'
import { capture, stopAll } from '../tools/setup/processes.mjs'
import { findPython, pythonEnvironment } from '../tools/setup/python.mjs'
import { say, step } from '../tools/setup/report.mjs'
import { benchPython } from './paths.mjs'
import { ensureRivals } from './rivals.mjs'

const DEBIAN = ['gcc', 'libc6-dev', 'libfftw3-dev']

async function pythonRivals() {
  const log = at('.setup', 'bench-pip.log')
  if (!existsSync(benchPython)) {
    const python = await findPython()
    await step('environment in bench/.venv', async () => {
      const { code, output } = await capture(
        python.program,
        [...python.args, '-m', 'venv', '--clear', at('bench', '.venv')],
        { cwd: root, log, env: pythonEnvironment() },
      )
      if (code !== 0) throw causeOf('venv', output, log)
    })
  }
  await step('rivals from PyPI', async () => {
    const { code, output } = await capture(
      benchPython,
      ['-m', 'pip', 'install', '--no-input', '--progress-bar', 'off', '-r', at('bench', 'requirements.txt')],
      { cwd: root, log, env: pythonEnvironment() },
    )
    if (code !== 0) throw causeOf('pip', output, log)
  })
}

/** Whether a program with FFTW can be compiled here. */
async function hasFFTW() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'psilab-bench-'))
  try {
    const { code } = await capture(
      'gcc',
      [
        '-o',
        path.join(folder, 'fftw'),
        at('bench', 'candidates', 'fftw.c'),
        '-fopenmp',
        '-lfftw3_omp',
        '-lfftw3',
        '-lm',
      ],
      { cwd: root, timeout: 60_000 },
    )
    return code === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compiledRival() {
  if (await hasFFTW()) return say('  ✓ gcc and FFTW are here')
  const advice = `FFTW C takes part once gcc and FFTW's headers are there: apt install ${DEBIAN.join(' ')}`
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return say(`  – ${advice}`)
  const { code } = await step('gcc and FFTW by apt', () =>
    capture('apt-get', ['install', '-y', '--no-install-recommends', ...DEBIAN], {
      cwd: root,
      log: at('.setup', 'bench-apt.log'),
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }),
  )
  if (code !== 0 || !(await hasFFTW()))
    say(`  – apt could not install them (.setup/bench-apt.log). ${advice}`)
}

try {
  await pythonRivals()
  await ensureRivals()
  await compiledRival()
} catch (error) {
  await stopAll()
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
}

/** `npm run bench:kernel`: our kernel beside ipykernel, Deno and tslab; `-- --quick` for a look, which keeps no page. */
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { ensureBuilds } from '../tools/setup/builds.mjs'
import { Failure } from '../tools/setup/failure.mjs'
import { at, shown } from '../tools/setup/paths.mjs'
import { start, stopAll } from '../tools/setup/processes.mjs'
import { say, since } from '../tools/setup/report.mjs'
import { conditions, page, results } from './kernel/report.mjs'
import { machine } from './machine.mjs'
import { benchPython, kernelReport } from './paths.mjs'
import { rivalKernelspecs } from './rivals.mjs'

const QUICK = '--quick'

/** Puts the kernelspecs of ψlab and of the rivals that are installed where Jupyter looks. @param {string} folder */
function writeKernelspecs(folder) {
  mkdirSync(folder, { recursive: true })
  symlinkSync(at('kernel', 'kernelspec'), path.join(folder, 'psilab'), 'junction')
  const rivals = rivalKernelspecs()
  for (const [name, spec] of Object.entries(rivals)) {
    mkdirSync(path.join(folder, name), { recursive: true })
    writeFileSync(path.join(folder, name, 'kernel.json'), JSON.stringify(spec))
  }
  return ['psilab', 'python3', ...Object.keys(rivals)]
}

/**
 * All that measure.py finds, told as it comes.
 * @param {string} home everything that Jupyter and the kernels would write into the user's folders
 * @param {boolean} quick
 */
async function measure(home, quick) {
  const kernels = writeKernelspecs(path.join(home, 'share', 'kernels'))
  const work = path.join(home, 'work')
  mkdirSync(work)
  const child = start(
    benchPython,
    [at('bench', 'kernel', 'measure.py'), JSON.stringify({ kernels, node: process.execPath, quick })],
    {
      cwd: work,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: '1',
        JUPYTER_PATH: path.join(home, 'share'),
        JUPYTER_DATA_DIR: path.join(home, 'data'),
        JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
        JUPYTER_CONFIG_DIR: path.join(home, 'config'),
        IPYTHONDIR: path.join(home, 'ipython'),
        DENO_DIR: path.join(home, 'deno'),
      },
    },
  )
  const ended = once(child, 'close')
  /** @type {import('./kernel/report.mjs').Finding[]} */
  const findings = []
  let turn = ''
  for await (const line of createInterface({
    input: /** @type {import('stream').Readable} */ (child.stdout),
  })) {
    const finding = JSON.parse(line)
    findings.push(finding)
    const now = `  ${finding.kernel}, round ${finding.round + 1}`
    if (now !== turn) say(now)
    turn = now
  }
  const [code] = await ended
  if (code !== 0) throw new Failure('The measurement ended with an error, which stands above.')
  return findings
}

/** @param {boolean} quick */
async function main(quick) {
  if (!existsSync(benchPython)) throw new Failure('ipykernel and the client are missing: npm run bench:setup')
  await ensureBuilds(['library', 'kernel'])
  const before = machine()
  const started = performance.now()
  const home = mkdtempSync(path.join(os.tmpdir(), 'psilab-kernels-'))
  try {
    const findings = await measure(home, quick)
    say(`\n${conditions(findings, before)}\n\n${results(findings)}\n`)
    if (quick)
      return say(`Done in ${since(started)}. Amounts were small, so that the page is kept as it was.`)
    writeFileSync(kernelReport, page({ findings, machine: before, took: since(started) }))
    say(`${shown(kernelReport)} is written. Done in ${since(started)}.`)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

process.once('SIGINT', () => {
  void stopAll().then(() => process.exit(130))
})
try {
  await main(process.argv.includes(QUICK))
} catch (error) {
  await stopAll()
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
}

import { ensureBuilds } from './builds.mjs'
import { ensureJupyterPath } from './jupyter.mjs'
import { withLock } from './lock.mjs'
import { ensureHosts, ensurePackages } from './packages.mjs'
import { at } from './paths.mjs'
import { ensurePython } from './python.mjs'
import { say, since } from './report.mjs'

/**
 * Sets everything up that is not: packages, builds, JupyterLab and the folder in which it finds ψlab.
 * Safe to repeat, to interrupt, and to run twice at once.
 * @param {{ jupyter: boolean, tests: boolean }} needs
 */
export async function setUp({ jupyter, tests }) {
  const started = performance.now()
  await withLock(
    at('.setup', 'lock'),
    async () => {
      await Promise.all([
        ensurePackages().then(() => ensureBuilds()),
        jupyter ? ensurePython({ tests }) : undefined,
        tests ? ensureHosts() : undefined,
      ])
      if (jupyter) ensureJupyterPath()
    },
    (pid) => say(`  … waiting for another set-up (process ${pid})`),
  )
  say(`ψlab is set up (${since(started)})`)
}

/** The other TypeScript kernels of bench/rivals: how they are installed, and the kernelspecs that start them. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { causeOf } from '../tools/setup/causes.mjs'
import { npmCommand } from '../tools/setup/packages.mjs'
import { at, root } from '../tools/setup/paths.mjs'
import { capture } from '../tools/setup/processes.mjs'
import { step } from '../tools/setup/report.mjs'
import { contentHash, isStamped, stamp } from '../tools/setup/stamp.mjs'

/**
 * @typedef {object} Kernelspec what `kernel.json` holds
 * @property {readonly string[]} argv
 * @property {string} display_name
 * @property {string} language
 * @property {'message' | 'signal'} [interrupt_mode]
 */

const modules = at('bench', 'rivals', 'node_modules')
const installed = at('bench', 'rivals', 'node_modules', '.psilab-rivals')

/** Installs Deno and tslab in bench/rivals, no script of theirs run, where they are not there already. */
export async function ensureRivals() {
  const hash = contentHash(root, ['bench/rivals/package.json', 'bench/rivals/.npmrc'], [process.platform])
  if (isStamped(installed, hash)) return
  await step('Deno and tslab from npm', async () => {
    const npm = npmCommand()
    const log = at('.setup', 'bench-npm.log')
    const { code, output } = await capture(
      npm.program,
      [...npm.args, 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
      { cwd: at('bench', 'rivals'), log },
    )
    if (code !== 0) throw causeOf('npm', output, log)
    stamp(installed, hash)
  })
}

/**
 * The kernelspecs of the rivals that are installed, by the names that their own installers give them. Those would
 * write them into the user's folders.
 * @returns {Record<string, Kernelspec>}
 */
export function rivalKernelspecs() {
  if (!existsSync(installed)) return {}
  const require = createRequire(at('bench', 'rivals', 'package.json'))
  // Deno's npm package is a script that starts the program; this is what it finds it with.
  const deno = require('deno/install_api.cjs').runInstall()
  return {
    deno: {
      argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
      display_name: 'Deno',
      language: 'typescript',
    },
    tslab: {
      argv: [process.execPath, `${modules}/tslab/bin/tslab`, 'kernel', '--config-path', '{connection_file}'],
      display_name: 'TypeScript (tslab)',
      language: 'typescript',
    },
  }
}

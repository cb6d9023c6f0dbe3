import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at, setupDir } from './paths.mjs'

/** The kernels of test/hosts: other programs' kernels in which the library runs, and beside which ours is measured. */
const modules = at('test', 'hosts', 'node_modules')

const tslab = path.join(modules, 'tslab', 'bin', 'tslab')

/** Deno's program, as the package for this platform has it. */
export function denoProgram() {
  const platforms = path.join(modules, 'deno', 'node_modules', '@deno')
  const [platform = ''] = readdirSync(platforms)
  return path.join(platforms, platform, process.platform === 'win32' ? 'deno.exe' : 'deno')
}

/**
 * @typedef {object} Kernelspec what `kernel.json` holds
 * @property {readonly string[]} argv
 * @property {string} display_name
 * @property {string} language
 * @property {Readonly<Record<string, string>>} [env]
 */

/**
 * The kernelspecs of the kernels that are installed, by the names that their own installers give them. Those would
 * write into the user's folders.
 * @returns {Record<string, Kernelspec>}
 */
export function hostKernelspecs() {
  if (!existsSync(modules)) return {}
  return {
    tslab: {
      argv: [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'],
      display_name: 'TypeScript (tslab)',
      language: 'typescript',
    },
    jslab: {
      argv: [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}', '--js'],
      display_name: 'JavaScript (tslab)',
      language: 'javascript',
    },
    deno: {
      argv: [denoProgram(), 'jupyter', '--kernel', '--conn', '{connection_file}'],
      display_name: 'Deno',
      language: 'typescript',
      env: { DENO_DIR: path.join(setupDir, 'deno'), DENO_NO_UPDATE_CHECK: '1' },
    },
  }
}

/**
 * Writes these kernelspecs where Jupyter looks for them.
 * @param {string} folder a folder on JUPYTER_PATH
 */
export function writeHostKernelspecs(folder) {
  for (const [name, spec] of Object.entries(hostKernelspecs())) {
    const kernel = path.join(folder, 'kernels', name)
    mkdirSync(kernel, { recursive: true })
    writeFileSync(path.join(kernel, 'kernel.json'), JSON.stringify(spec, null, 2))
  }
}

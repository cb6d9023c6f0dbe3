import { existsSync } from 'node:fs'
import { Failure } from './failure.mjs'
import { npmCommand } from './packages.mjs'
import { at, root, shown } from './paths.mjs'
import { capture } from './processes.mjs'
import { step } from './report.mjs'
import { contentHash, isStamped, stamp } from './stamp.mjs'

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {readonly string[]} sources files and folders that the result depends on
 * @property {string} output folder of the result; the stamp lies in it
 * @property {string} proof a file that a finished build has
 * @property {() => { program: string, args: string[] }} command
 */

/** @param {string} project @returns {Build['command']} */
const tsc = (project) => () => ({
  program: process.execPath,
  args: [at('node_modules', 'typescript', 'bin', 'tsc'), '-b', project],
})

const shared = ['tsconfig.base.json', 'package-lock.json']

/** @param {string} workspace @returns {Build['command']} */
const script = (workspace) => () => {
  const npm = npmCommand()
  return { program: npm.program, args: [...npm.args, 'run', 'build', '--workspace', workspace] }
}

/** @type {readonly Build[]} in this order */
const builds = [
  {
    name: 'library',
    sources: ['src', ...shared],
    output: 'src/dist',
    proof: 'src/dist/index.js',
    command: script('src'),
  },
  {
    name: 'kernel',
    sources: ['src', 'kernel', ...shared],
    output: 'kernel/dist',
    proof: 'kernel/dist/kernelspec.js',
    command: tsc('kernel'),
  },
  {
    name: 'extension',
    sources: ['src', 'extension', ...shared],
    output: 'extension/labextension',
    proof: 'extension/labextension/package.json',
    command: script('extension'),
  },
]

/**
 * Builds what has changed since it was built.
 * @param {readonly string[]} [only] names of the builds; default all
 */
export async function ensureBuilds(only = builds.map(({ name }) => name)) {
  for (const { name, sources, output, proof, command } of builds) {
    if (!only.includes(name)) continue
    const hash = contentHash(root, sources)
    const stampFile = at(output, '.psilab-build')
    if (existsSync(at(proof)) && isStamped(stampFile, hash)) continue
    const log = at('.setup', `build-${name}.log`)
    await step(`${name} built`, async () => {
      const { program, args } = command()
      const { code, output: said } = await capture(program, args, { cwd: root, log })
      if (code !== 0) {
        console.error(said.trimEnd())
        throw new Failure(
          `The ${name} does not build: correct what its compiler reports (${shown(log)}) and run the command again.`,
        )
      }
      stamp(stampFile, hash)
    })
  }
}

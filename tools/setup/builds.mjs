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
 * @property {readonly (() => { program: string, args: string[] })[]} commands one after another
 */

/** @param {string} project @returns {() => { program: string, args: string[] }} */
const tsc = (project) => () => ({
  program: process.execPath,
  args: [at('node_modules', 'typescript', 'bin', 'tsc'), '-b', project],
})

const shared = ['tsconfig.base.json', 'package-lock.json']

/** @param {string} workspace @returns {() => { program: string, args: string[] }} */
const script = (workspace) => () => {
  const npm = npmCommand()
  return { program: npm.program, args: [...npm.args, 'run', 'build', '--workspace', workspace] }
}

/** @param {string} file @returns {() => { program: string, args: string[] }} */
const node = (file) => () => ({ program: process.execPath, args: [at(file)] })

/** @type {readonly Build[]} in this order */
const builds = [
  {
    name: 'library',
    sources: ['src', 'tools/standalone.mjs', 'tools/slim', ...shared],
    output: 'src/dist',
    proof: 'src/dist/index.js',
    commands: [script('src')],
  },
  {
    name: 'kernel',
    sources: ['src', 'kernel', 'tools/kernelspec', 'tools/node-version.cjs', ...shared],
    output: 'kernel/kernelspec',
    proof: 'kernel/kernelspec/kernel.json',
    commands: [tsc('kernel'), node('tools/kernelspec/main.mjs')],
  },
  {
    name: 'extension',
    sources: ['src', 'extension', 'tools/slim', ...shared],
    output: 'extension/labextension',
    proof: 'extension/labextension/package.json',
    commands: [script('extension')],
  },
]

/**
 * Builds what has changed since it was built.
 * @param {readonly string[]} [only] names of the builds; default all
 */
export async function ensureBuilds(only = builds.map(({ name }) => name)) {
  for (const { name, sources, output, proof, commands } of builds) {
    if (!only.includes(name)) continue
    const hash = contentHash(root, sources)
    const stampFile = at(output, '.psilab-build')
    if (existsSync(at(proof)) && isStamped(stampFile, hash)) continue
    const log = at('.setup', `build-${name}.log`)
    await step(`${name} built`, async () => {
      for (const command of commands) {
        const { program, args } = command()
        const { code, output: said } = await capture(program, args, { cwd: root, log })
        if (code === 0) continue
        console.error(said.trimEnd())
        throw new Failure(
          `The ${name} does not build: correct what its compiler reports (${shown(log)}) and run the command again.`,
        )
      }
      stamp(stampFile, hash)
    })
  }
}

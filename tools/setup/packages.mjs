import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { causeOf } from './causes.mjs'
import { at, root } from './paths.mjs'
import { capture } from './processes.mjs'
import { step } from './report.mjs'
import { contentHash, isStamped, stamp } from './stamp.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/**
 * @typedef {object} Tree packages that one lock file describes
 * @property {string} title
 * @property {string} folder where package.json and package-lock.json lie
 * @property {readonly string[]} manifests files in it that say what is wanted
 * @property {string} log
 */

/** @type {Tree} the checkout and its workspaces */
const project = {
  title: 'packages from npm',
  folder: root,
  manifests: [
    'package.json',
    'package-lock.json',
    ...['src', 'kernel', 'extension'].map((w) => `${w}/package.json`),
  ],
  log: at('.setup', 'npm.log'),
}

/** @type {Tree} */
const hosts = {
  title: 'tslab and Deno from npm',
  folder: at('test', 'hosts'),
  manifests: ['.npmrc', 'package.json', 'package-lock.json'],
  log: at('.setup', 'npm-hosts.log'),
}

/** What npm is started as: its own script run by this Node, or where it hides, the program on the PATH. */
export function npmCommand() {
  const beside = path.dirname(process.execPath)
  const scripts = [
    process.env.npm_execpath ?? '',
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const script = scripts.find((file) => path.basename(file) === 'npm-cli.js' && existsSync(file))
  return script ? { program: process.execPath, args: [script] } : { program: 'npm', args: [] }
}

/**
 * Whether what npm says it installed is what the lock file asks for.
 * @param {Lock} lock package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes last
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages).every(([name, wanted]) => {
    if (name === '' || !name.includes('node_modules/') || wanted.link) return true
    const present = installed.packages[name]
    if (!present) return wanted.optional === true
    return present.version === wanted.version && present.integrity === wanted.integrity
  })
}

/** @param {string} file @returns {Lock} */
const readLock = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { packages: {} })

/** Installs the packages of package-lock.json where they are not there already. */
export const ensurePackages = () => ensureTree(project)

/** Installs the kernels of test/hosts, for tests and benchmarks. */
export const ensureHosts = () => ensureTree(hosts)

/** @param {Tree} tree */
async function ensureTree({ title, folder, manifests, log }) {
  /** @param {...string} parts */
  const inside = (...parts) => path.join(folder, ...parts)
  const stampFile = inside('node_modules', '.psilab-packages')
  const hash = contentHash(folder, manifests, [process.platform, process.arch])
  const installed = readLock(inside('node_modules', '.package-lock.json'))
  if (Object.keys(installed.packages).every((name) => existsSync(inside(name)))) {
    if (isStamped(stampFile, hash)) return
    // Installed by hand with npm: as good.
    if (isInstalled(readLock(inside('package-lock.json')), installed)) return stamp(stampFile, hash)
  }
  await step(title, async () => {
    const npm = npmCommand()
    const { code, output } = await capture(
      npm.program,
      [
        ...npm.args,
        'ci',
        '--include=dev',
        '--include=optional',
        // No package here needs its install script.
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--fetch-retry-mintimeout=1000',
        '--fetch-retry-maxtimeout=5000',
      ],
      { cwd: folder, log },
    )
    if (code !== 0) throw causeOf('npm', output, log)
    stamp(stampFile, hash)
  })
}

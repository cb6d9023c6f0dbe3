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

const stampFile = at('node_modules', '.psilab-packages')
const log = at('.setup', 'npm.log')

const workspaces = ['src', 'kernel', 'extension']

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

/** @param {Lock} installed */
const foldersExist = (installed) => Object.keys(installed.packages).every((name) => existsSync(at(name)))

/** @param {string} file @returns {Lock} */
const readLock = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { packages: {} })

const wantedHash = () =>
  contentHash(
    root,
    ['package.json', 'package-lock.json', ...workspaces.map((workspace) => `${workspace}/package.json`)],
    [process.platform, process.arch],
  )

/** Installs the packages of package-lock.json where they are not there already. */
export async function ensurePackages() {
  const hash = wantedHash()
  const installed = readLock(at('node_modules', '.package-lock.json'))
  if (foldersExist(installed)) {
    if (isStamped(stampFile, hash)) return
    // Installed by hand with npm: as good.
    if (isInstalled(readLock(at('package-lock.json')), installed)) return stamp(stampFile, hash)
  }
  await step('packages from npm', async () => {
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
      { cwd: root, log },
    )
    if (code !== 0) throw causeOf('npm', output, log)
    stamp(stampFile, hash)
  })
}

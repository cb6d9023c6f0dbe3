import { existsSync, readFileSync } from 'node:fs'
import { causeOf } from './causes.mjs'
import { Failure } from './failure.mjs'
import { at, root, venvPython } from './paths.mjs'
import { capture } from './processes.mjs'
import { step } from './report.mjs'
import { contentHash, isStamped, stamp } from './stamp.mjs'

/** @typedef {{ program: string, args: string[], version: number[], venv: boolean }} Python */

export const OLDEST_PYTHON = [3, 10]

const probe = `
import json, sys
try:
    from importlib.util import find_spec
    venv = find_spec("venv") is not None and find_spec("ensurepip") is not None
except ImportError:
    venv = False
print(json.dumps({"version": list(sys.version_info[:3]), "venv": venv}))
`

/** Where Pythons are looked for, in order; the variable PYTHON comes first. */
function candidates() {
  const given = process.env.PYTHON ? [[process.env.PYTHON]] : []
  const usual =
    process.platform === 'win32'
      ? [['py', '-3'], ['python']]
      : ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'].map(
          (name) => [name],
        )
  return [...given, ...usual]
}

/** @param {readonly number[]} version */
export const isRecent = ([major = 0, minor = 0]) =>
  major > 3 || (major === 3 && minor >= /** @type {number} */ (OLDEST_PYTHON[1]))

/**
 * The Python to use, or the sentence that says what is missing.
 * @param {readonly Python[]} found in order of preference
 */
export function choosePython(found) {
  const recent = found.filter(({ version }) => isRecent(version))
  const complete = recent.find(({ venv }) => venv)
  if (complete) return complete
  const wanted = OLDEST_PYTHON.join('.')
  if (recent[0]) {
    const version = recent[0].version.slice(0, 2).join('.')
    throw new Failure(
      `Python ${version} is here without its venv module: install that (Debian, Ubuntu: apt install python3-venv) and run the command again.`,
    )
  }
  if (found[0]) {
    throw new Failure(
      `ψlab needs Python ${wanted} or newer for JupyterLab and finds only Python ${found[0].version.join('.')}: install a newer one, name it in the variable PYTHON if it is not on the PATH, and run the command again.`,
    )
  }
  throw new Failure(
    `ψlab needs Python ${wanted} or newer for JupyterLab and finds none: install it (Debian, Ubuntu: apt install python3 python3-venv; elsewhere: https://www.python.org/downloads) and run the command again.`,
  )
}

export async function findPython() {
  /** @type {Python[]} */
  const found = []
  for (const [program = '', ...args] of candidates()) {
    const { code, output } = await capture(program, [...args, '-c', probe], { cwd: root, timeout: 20_000 })
    if (code !== 0) continue
    try {
      const python = { program, args, ...JSON.parse(output.trim().split('\n').at(-1) ?? '') }
      found.push(python)
      if (isRecent(python.version) && python.venv) break
    } catch {
      // Not a Python that answers.
    }
  }
  return choosePython(found)
}

const foreign = new Set(['PYTHONHOME', 'PYTHONPATH', 'VIRTUAL_ENV', 'PIP_TARGET', 'PIP_USER', 'PIP_PREFIX'])

/**
 * A Python program must see this checkout's environment and nothing of the caller's.
 * @returns {NodeJS.ProcessEnv}
 */
export const pythonEnvironment = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.has(name))),
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PYTHONUTF8: '1',
})

async function ensureEnvironment() {
  const config = at('.venv', 'pyvenv.cfg')
  const stampFile = at('.venv', '.psilab-created')
  // existsSync follows the link: a Python that was removed from the machine makes the environment void.
  if (existsSync(venvPython) && existsSync(config) && isStamped(stampFile, readFileSync(config, 'utf8')))
    return
  const python = await findPython()
  await step(`Python ${python.version.join('.')} environment in .venv`, async () => {
    const log = at('.setup', 'venv.log')
    const { code } = await capture(python.program, [...python.args, '-m', 'venv', '--clear', at('.venv')], {
      cwd: root,
      log,
      env: pythonEnvironment(),
    })
    if (code !== 0) {
      throw new Failure(
        'Python could not make an environment in .venv: install its venv module (Debian, Ubuntu: apt install python3-venv), see .setup/venv.log, and run the command again.',
      )
    }
    stamp(stampFile, readFileSync(config, 'utf8'))
  })
}

/**
 * @param {string} title
 * @param {string} name of the requirements file in tools/
 */
async function ensureRequirements(title, name) {
  const hash = contentHash(at('tools'), [name])
  const stampFile = at('.venv', `.psilab-${name}`)
  if (isStamped(stampFile, hash)) return
  const log = at('.setup', 'pip.log')
  await step(title, async () => {
    const { code, output } = await capture(
      venvPython,
      [
        '-m',
        'pip',
        'install',
        '--no-input',
        '--retries',
        '2',
        '--progress-bar',
        'off',
        '-r',
        at('tools', name),
      ],
      { cwd: root, log, env: pythonEnvironment() },
    )
    if (code !== 0) throw causeOf('pip', output, log)
    stamp(stampFile, hash)
  })
}

/**
 * Makes .venv and fills it with the pinned packages, where that is not done already.
 * @param {{ tests: boolean }} needs
 */
export async function ensurePython({ tests }) {
  await ensureEnvironment()
  await ensureRequirements('JupyterLab from PyPI', 'requirements.txt')
  if (tests) await ensureRequirements('test tools from PyPI', 'requirements-test.txt')
}

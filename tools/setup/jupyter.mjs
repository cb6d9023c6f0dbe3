import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { at } from './paths.mjs'
import { pythonEnvironment } from './python.mjs'

/** Everything that Jupyter reads or writes besides notebooks lies in this folder of the checkout. */
const home = '.jupyter'

/** @param {string} link @param {string} target */
function ensureLink(link, target) {
  try {
    if (lstatSync(link).isSymbolicLink() && path.resolve(path.dirname(link), readlinkSync(link)) === target)
      return
  } catch {
    // Not there yet.
  }
  rmSync(link, { recursive: true, force: true })
  mkdirSync(path.dirname(link), { recursive: true })
  symlinkSync(target, link, process.platform === 'win32' ? 'junction' : 'dir')
}

/** @param {string} file @param {string} text */
function ensureFile(file, text) {
  mkdirSync(path.dirname(file), { recursive: true })
  try {
    if (readFileSync(file, 'utf8') === text) return
  } catch {
    // Not there yet.
  }
  writeFileSync(file, text)
}

/**
 * Registers the built kernel, to be started with the Node that runs now, whichever is on the PATH.
 * @param {string} folder
 */
function ensureKernelspec(folder) {
  const built = at('kernel', 'kernelspec')
  const spec = JSON.parse(readFileSync(path.join(built, 'kernel.json'), 'utf8'))
  const [, ...args] = /** @type {string[]} */ (spec.argv)
  const argv = [process.execPath, ...args.map((arg) => arg.replace('{resource_dir}', built))]
  ensureFile(path.join(folder, 'kernel.json'), `${JSON.stringify({ ...spec, argv }, null, 2)}\n`)
  for (const name of readdirSync(built).filter((entry) => entry.startsWith('logo-'))) {
    copyFileSync(path.join(built, name), path.join(folder, name))
  }
}

const settings = {
  // No news from the network, and no question about them.
  'settings/overrides.json': {
    '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
    // What completes comes with its documentation.
    '@jupyterlab/completer-extension:manager': { showDocumentationPanel: true },
  },
  // The kernel has no debugger, and JupyterLab's own asks it for variables after every cell nevertheless.
  'settings/page_config.json': { disabledExtensions: { '@jupyterlab/debugger-extension': true } },
  // The kernel brings its own language service; looking for others starts npm, which writes into the home folder.
  'config/jupyter_server_config.json': { LanguageServerManager: { autodetect: false } },
}

/** Lets JupyterLab find the kernel and the extension without installing either. */
export function ensureJupyterPath() {
  ensureLink(at(home, 'share', 'labextensions', '@psilab', 'jupyterlab'), at('extension', 'labextension'))
  ensureKernelspec(at(home, 'share', 'kernels', 'psilab'))
  for (const [file, content] of Object.entries(settings)) {
    ensureFile(at(home, ...file.split('/')), `${JSON.stringify(content, null, 2)}\n`)
  }
}

/**
 * The environment in which Jupyter programs find ψlab, and write nothing outside the checkout.
 * @returns {NodeJS.ProcessEnv}
 */
export const jupyterEnvironment = () => ({
  ...Object.fromEntries(
    Object.entries(pythonEnvironment()).filter(([name]) => !/^(JUPYTER|IPYTHON)/.test(name)),
  ),
  JUPYTER_PATH: at(home, 'share'),
  JUPYTER_PREFER_ENV_PATH: '1',
  JUPYTER_CONFIG_DIR: at(home, 'config'),
  JUPYTER_DATA_DIR: at(home, 'data'),
  JUPYTER_RUNTIME_DIR: at(home, 'runtime'),
  JUPYTERLAB_SETTINGS_DIR: at(home, 'lab', 'user-settings'),
  JUPYTERLAB_WORKSPACES_DIR: at(home, 'lab', 'workspaces'),
  IPYTHONDIR: at(home, 'ipython'),
})

/**
 * Arguments of a JupyterLab that offers the ψlab kernel and no other.
 * @param {{ port: number, rootDir: string, notebook: string, browser: boolean }} options `notebook` relative to `rootDir`
 */
export function labArguments({ port, rootDir, notebook, browser }) {
  return [
    '-m',
    'jupyterlab',
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${port}`,
    // Jupyter would take another port without a word.
    '--ServerApp.port_retries=0',
    `--ServerApp.open_browser=${browser ? 'True' : 'False'}`,
    `--ServerApp.root_dir=${rootDir}`,
    `--LabApp.default_url=/lab/tree/${notebook}`,
    `--LabApp.app_settings_dir=${at(home, 'settings')}`,
    '--MultiKernelManager.default_kernel_name=psilab',
    '--KernelSpecManager.ensure_native_kernel=False',
    '--KernelSpecManager.allowed_kernelspecs=psilab',
    // Containers often have no other user; the server listens to this machine alone and asks for a token.
    ...(process.getuid?.() === 0 ? ['--ServerApp.allow_root=True'] : []),
  ]
}

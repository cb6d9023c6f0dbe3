import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort, startLab } from '../../tools/setup/lab.mjs'
import { at } from '../../tools/setup/paths.mjs'
import { FIRST, type Notebook } from './_notebook.ts'

/** A folder below the checkout, so that notebooks in it find the same packages. */
export function temporaryFolder(): string {
  mkdirSync(at('.setup'), { recursive: true })
  return mkdtempSync(at('.setup', 'e2e-'))
}

export interface TestLab {
  readonly url: string
  /** Home folder of the server: nothing should appear in it. */
  readonly home: string
  /** Home folder for the browser. */
  readonly browserHome: string
  /** The notebook as JupyterLab saved it. */
  readonly file: string
  /** Programs that still run for this server's kernels (Linux; elsewhere none are seen). */
  kernels(): string[]
  stop(): Promise<void>
  /** Deletes everything that the server used. */
  discard(): void
}

/** JupyterLab as `npm start` starts it, on a copy of a notebook, with a port and a home of its own. */
export async function startTestLab(notebook: Notebook): Promise<TestLab> {
  const folder = temporaryFolder()
  const file = path.join(folder, 'notebooks', FIRST)
  const home = path.join(folder, 'home')
  const runtime = path.join(folder, 'runtime')
  mkdirSync(path.dirname(file), { recursive: true })
  const browserHome = path.join(folder, 'browser')
  mkdirSync(home)
  mkdirSync(browserHome)
  writeFileSync(file, JSON.stringify(notebook))
  const lab = await startLab({
    port: await freePort(0),
    rootDir: path.join(folder, 'notebooks'),
    notebook: FIRST,
    browser: false,
    log: at('.setup', 'e2e-jupyterlab.log'),
    extra: ['--LabApp.expose_app_in_browser=True'],
    env: {
      HOME: home,
      JUPYTER_RUNTIME_DIR: runtime,
      JUPYTERLAB_WORKSPACES_DIR: path.join(folder, 'workspaces'),
      JUPYTERLAB_SETTINGS_DIR: path.join(folder, 'user-settings'),
    },
  })
  return {
    url: lab.url,
    home,
    browserHome,
    file,
    kernels: () => programsNaming(runtime),
    stop: lab.stop,
    discard: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function programsNaming(text: string): string[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
      } catch {
        return []
      }
    })
    .filter((command) => command.includes(text))
}

/** `npm run bench:soak`: a session of 2000 mixed cells with 20 interrupts; some minutes. */
import { once } from 'node:events'
import { ensureBuilds } from '../tools/setup/builds.mjs'
import { ensureJupyterPath, jupyterEnvironment } from '../tools/setup/jupyter.mjs'
import { at, venvPython } from '../tools/setup/paths.mjs'
import { start } from '../tools/setup/processes.mjs'

await ensureBuilds()
ensureJupyterPath()
const soak = start(venvPython, [at('test', 'kernel', 'soak.py'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...jupyterEnvironment(), PYTHONDONTWRITEBYTECODE: '1' },
})
const [code] = await once(soak, 'close')
process.exitCode = code ?? 1

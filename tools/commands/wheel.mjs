import { rmSync } from 'node:fs'
import { Failure } from '../setup/failure.mjs'
import { setUp } from '../setup/index.mjs'
import { at, venvPython } from '../setup/paths.mjs'
import { show } from '../setup/processes.mjs'
import { pythonEnvironment } from '../setup/python.mjs'

/** `npm run build:wheel`: the Python package, which brings kernel and extension to `pip install`. */
export async function run() {
  await setUp({ jupyter: true, tests: true })
  const target = at('kernel', 'python', 'dist')
  rmSync(target, { recursive: true, force: true })
  const code = await show(venvPython, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', target], {
    cwd: at('kernel', 'python'),
    env: pythonEnvironment(),
    timeout: 5 * 60_000,
  })
  if (code !== 0) throw new Failure('The wheel is not built: hatchling’s error stands above.')
  return 0
}

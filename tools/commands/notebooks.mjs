import { Failure } from '../setup/failure.mjs'
import { setUp } from '../setup/index.mjs'
import { jupyterEnvironment } from '../setup/jupyter.mjs'
import { at, root, shown, venvPython } from '../setup/paths.mjs'
import { show } from '../setup/processes.mjs'
import { filesIn } from '../setup/stamp.mjs'

/** No notebook takes longer on a slow machine. */
const LIMIT = 10 * 60_000

/** `npm run notebooks`: runs every notebook and saves its outputs in it. */
export async function run() {
  await setUp({ jupyter: true, tests: false })
  for (const notebook of filesIn(at('notebooks')).filter(
    (file) => file.endsWith('.ipynb') && !/checkpoint/.test(file),
  )) {
    const code = await show(
      venvPython,
      [
        '-m',
        'jupyter',
        'nbconvert',
        '--to=notebook',
        '--execute',
        '--inplace',
        // The times of a run would be its only difference from the one before.
        '--ExecutePreprocessor.record_timing=False',
        notebook,
      ],
      { cwd: root, env: jupyterEnvironment(), timeout: LIMIT },
    )
    if (code !== 0)
      throw new Failure(`${shown(notebook)} does not run: its error stands above, and the file is as it was.`)
  }
  return 0
}

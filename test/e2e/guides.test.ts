import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { jupyterEnvironment } from '../../tools/setup/jupyter.mjs'
import { root, venvPython } from '../../tools/setup/paths.mjs'
import { capture } from '../../tools/setup/processes.mjs'
import { temporaryFolder } from './_lab.ts'
import {
  errors,
  figurePngs,
  readNotebook,
  sameNumbers,
  savedNotebook,
  texts,
  withoutOutputs,
} from './_notebook.ts'

/** The guide's notebooks besides the first, and whether they are exact: no number in them that rounding could touch. */
const GUIDES = [
  ['derivations', true],
  ['heat', false],
  ['learning', false],
] as const

describe('the guides without a browser', () => {
  const folder = temporaryFolder()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(GUIDES)('nbconvert --execute makes of %s.ipynb what the file shows', async (name, exact) => {
    const saved = savedNotebook(`guide/${name}.ipynb`)
    const [source, executed] = [path.join(folder, `${name}.ipynb`), path.join(folder, `${name}-run.ipynb`)]
    writeFileSync(source, JSON.stringify(withoutOutputs(saved)))
    const { code, output } = await capture(
      venvPython,
      ['-m', 'jupyter', 'nbconvert', '--to', 'notebook', '--execute', source, '--output', executed],
      { cwd: root, env: jupyterEnvironment(), timeout: 180_000 },
    )
    expect(code, output).toBe(0)
    const notebook = readNotebook(executed)
    expect(errors(notebook)).toEqual([])
    if (exact) expect(texts(notebook)).toEqual(texts(saved))
    else sameNumbers(texts(notebook), texts(saved))
    expect(figurePngs(notebook)).not.toContain(undefined)
  })
})

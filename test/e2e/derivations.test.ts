import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { jupyterEnvironment } from '../../tools/setup/jupyter.mjs'
import { root, venvPython } from '../../tools/setup/paths.mjs'
import { capture } from '../../tools/setup/processes.mjs'
import { temporaryFolder } from './_lab.ts'
import {
  DERIVATIONS,
  errors,
  figurePngs,
  readNotebook,
  savedNotebook,
  texts,
  withoutOutputs,
} from './_notebook.ts'

describe('derivations.ipynb without a browser', () => {
  const folder = temporaryFolder()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('nbconvert --execute derives what the file shows, word for word', async () => {
    const [source, executed] = [path.join(folder, 'source.ipynb'), path.join(folder, 'executed.ipynb')]
    writeFileSync(source, JSON.stringify(withoutOutputs(savedNotebook(DERIVATIONS))))
    const { code, output } = await capture(
      venvPython,
      ['-m', 'jupyter', 'nbconvert', '--to', 'notebook', '--execute', source, '--output', executed],
      { cwd: root, env: jupyterEnvironment(), timeout: 180_000 },
    )
    expect(code, output).toBe(0)
    const notebook = readNotebook(executed)
    expect(errors(notebook)).toEqual([])
    expect(texts(notebook)).toEqual(texts(savedNotebook(DERIVATIONS)))
    expect(figurePngs(notebook)).not.toContain(undefined)
  })
})

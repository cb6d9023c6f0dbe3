import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { LanguageClient } from '../../../kernel/src/language/client.js'

/** A worker that knows committed runs and dies of the cell `die`. */
const WORKER = `
import { parentPort } from 'node:worker_threads'
const runs = []
parentPort.on('message', ({ id, method, args }) => {
  if (args[0]?.code === 'die') throw new Error('out of memory')
  if (method === 'commit') runs.push(args[0])
  if (method === 'reset') runs.length = 0
  if (method === 'inspect') parentPort.postMessage({ id, failure: 'no such place' })
  else parentPort.postMessage({ id, value: method === 'complete' ? [...runs] : { status: 'ok' } })
})
`

function client(): LanguageClient {
  const path = join(mkdtempSync(join(tmpdir(), 'worker-')), 'worker.mjs')
  writeFileSync(path, WORKER)
  return new LanguageClient(pathToFileURL(path))
}

it('LanguageClient replaces a worker that dies by one that knows the same cells', async () => {
  const language = client()
  for (const run of [1, 2]) {
    await language.prepare({ run, count: run, code: '' })
    await language.commit(run)
  }
  await expect(language.prepare({ run: 3, count: 3, code: 'die' })).rejects.toThrow('out of memory')
  expect(await language.complete('', 0)).toEqual([1, 2])
  await language.reset()
  await expect(language.prepare({ run: 4, count: 4, code: 'die' })).rejects.toThrow('out of memory')
  expect(await language.complete('', 0)).toEqual([])
})

it('LanguageClient passes on a failure of one call', async () => {
  await expect(client().inspect('', 0)).rejects.toThrow('no such place')
})

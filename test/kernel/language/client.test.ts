import { expect, it } from 'vitest'
import { type Connect, LanguageClient } from '../../../kernel/src/language/client.js'
import type { CellSource } from '../../../kernel/src/language/protocol.js'

/** A service that knows committed runs and dies of the cell `die`. */
function mortal(): { readonly connect: Connect; readonly started: () => number } {
  let started = 0
  const connect: Connect = ({ answered, ended }) => {
    started++
    const runs: unknown[] = []
    return ({ id, method, args }) => {
      const later = (work: () => void) => void setTimeout(work)
      if ((args[0] as CellSource)?.code === 'die') return later(() => ended(new Error('out of memory')))
      if (method === 'commit') runs.push(args[0])
      if (method === 'reset') runs.length = 0
      if (method === 'inspect') return later(() => answered({ id, failure: 'no such place' }))
      later(() => answered({ id, value: method === 'complete' ? [...runs] : { status: 'ok' } }))
    }
  }
  return { connect, started: () => started }
}

function client(): LanguageClient {
  return new LanguageClient(mortal().connect)
}

it('LanguageClient replaces a service that dies by one that knows the same cells', async () => {
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

it('LanguageClient tries a service that does not start again with the next call, and not in a circle', async () => {
  const { connect, started } = mortal()
  const language = new LanguageClient(connect)
  await expect(language.prepare({ run: 1, count: 1, code: 'die' })).rejects.toThrow('out of memory')
  expect(started()).toBe(1)
  expect(await language.complete('', 0)).toEqual([])
  expect(started()).toBe(2)
})

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { languageProcess } from '../../../kernel/src/language/languageProcess.js'
import type { Answer } from '../../../kernel/src/language/protocol.js'
import { Snapshots } from '../../../kernel/src/language/snapshot.js'

/** A service that answers every call by what it was started from. */
const SCRIPT = `
const { startupSnapshot } = require('node:v8')
const value = startupSnapshot.isBuildingSnapshot() ? 'snapshot' : 'script'
function send(pipe, answer) {
  const head = Buffer.from(JSON.stringify(answer))
  const prefix = Buffer.alloc(12)
  prefix.writeUInt32LE(8 + head.length, 0)
  prefix.writeUInt32LE(1, 4)
  prefix.writeUInt32LE(head.length, 8)
  pipe.write(Buffer.concat([prefix, head]))
}
function serve() {
  const pipe = new (process.getBuiltinModule('node:net').Socket)({ fd: 3 })
  send(pipe, { id: 0 })
  pipe.on('data', () => send(pipe, { id: 1, value })).on('close', () => process.exit())
}
if (startupSnapshot.isBuildingSnapshot()) startupSnapshot.setDeserializeMainFunction(serve)
else serve()
`

const root = mkdtempSync(join(tmpdir(), 'snapshots-'))
let count = 0
// Each service is ended with this process.
process.setMaxListeners(0)

/** The folder of a language service. */
function service(script = SCRIPT): string {
  const folder = join(root, `service-${++count}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'main.cjs'), script)
  return folder
}

/** What a service that is started now says it was started from. */
function origin(snapshots: Snapshots): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const post = languageProcess(snapshots)({
      answered: (answer: Answer) => resolve('value' in answer ? answer.value : answer.failure),
      ended: reject,
    })
    post({ id: 1, method: 'isComplete', args: [''] })
  })
}

const snapshotsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.snapshot'))
    .map((name) => join(folder, name))

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', join(root, `cache-${++count}`))
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

it('a service starts from its script where there is no snapshot, and from the one that was made', async () => {
  const snapshots = new Snapshots(service())
  expect(snapshots.find()).toBeUndefined()
  expect(await origin(snapshots)).toBe('script')
  await snapshots.make()
  expect(await origin(snapshots)).toBe('snapshot')
})

it('flags of the user for Node do not part a service from its snapshot', async () => {
  const snapshots = new Snapshots(service())
  await snapshots.make()
  vi.stubEnv('NODE_OPTIONS', '--stack-size=500')
  expect(await origin(snapshots)).toBe('snapshot')
})

it.each([
  ['damaged', (file: string) => writeFileSync(file, readFileSync(file).fill(7, 1000, 100_000))],
  ['cut off', (file: string) => truncateSync(file, 5000)],
  ['empty', (file: string) => truncateSync(file, 0)],
])('a service whose snapshot is %s starts from its script, and says so in one line', async (_, damage) => {
  const folder = service()
  const snapshots = new Snapshots(folder)
  await snapshots.make()
  const [file] = snapshotsIn(folder)
  damage(file!)
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect(await origin(snapshots)).toBe('script')
  expect(said.mock.calls).toEqual([[expect.stringContaining(file!)]])
})

it('a snapshot is kept in the cache, for this folder and until it is built anew', async () => {
  const folder = service()
  const snapshots = new Snapshots(folder)
  snapshots.keep(0)
  await vi.waitFor(() => expect(snapshots.find()).toBeDefined(), 20_000)
  expect(snapshotsIn(folder)).toEqual([])
  expect(await origin(snapshots)).toBe('snapshot')
  expect(new Snapshots(service()).find()).toBeUndefined()
  writeFileSync(join(folder, 'main.cjs'), `${SCRIPT}\n`)
  expect(snapshots.find()).toBeUndefined()
})

it('two kernels that keep a snapshot at once leave one that is whole', async () => {
  const folder = service()
  const both = [new Snapshots(folder), new Snapshots(folder)]
  for (const snapshots of both) snapshots.keep(0)
  await vi.waitFor(() => expect(both[0]!.find()).toBeDefined(), 20_000)
  for (const snapshots of both) expect(await origin(snapshots)).toBe('snapshot')
})

it('a cache that cannot be written changes nothing', async () => {
  const folder = service()
  const cache = join(root, `file-${++count}`)
  writeFileSync(cache, '')
  chmodSync(cache, 0o400)
  vi.stubEnv('XDG_CACHE_HOME', cache)
  const snapshots = new Snapshots(folder)
  snapshots.keep(0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await origin(snapshots)).toBe('script')
})

it('a snapshot that cannot be made leaves nothing behind and says why', async () => {
  const folder = service('throw new Error("no memory")')
  await expect(new Snapshots(folder).make()).rejects.toThrow('no memory')
  expect(readdirSync(folder)).toEqual(['main.cjs'])
})

it('the cache keeps few snapshots of other versions', async () => {
  const cache = join(root, `cache-${++count}`)
  vi.stubEnv('XDG_CACHE_HOME', cache)
  const folder = join(cache, 'psilab')
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < 5; i++) writeFileSync(join(folder, `old${i}.snapshot`), '')
  const snapshots = new Snapshots(service())
  snapshots.keep(0)
  await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(3), 20_000)
  expect(existsSync(snapshots.find()!)).toBe(true)
})

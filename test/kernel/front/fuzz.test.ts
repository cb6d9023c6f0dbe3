import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FramesReader, toFrames } from '../../../kernel/src/wire/frames.js'
import { makeHeader, type RequestChannel } from '../../../kernel/src/wire/message.js'
import { Signer } from '../../../kernel/src/wire/signature.js'
import { Session, turns } from './_session.js'

const RUNS = 10_000
const SEED = 20_260_701

const signer = new Signer('key', 'hmac-sha256')

const channel = fc.constantFrom<RequestChannel>('shell', 'control', 'stdin')
const types = fc.constantFrom(
  'execute_request',
  'complete_request',
  'inspect_request',
  'is_complete_request',
  'comm_open',
  'comm_msg',
  'comm_close',
  'shutdown_request',
  'input_reply',
  'history_request',
  'kernel_info_request',
  'debug_request',
  'create_subshell_request',
  'delete_subshell_request',
  '__proto__',
  'constructor',
  'toString',
  '',
)
const json = fc.json({ maxDepth: 3 })
const notText = fc.oneof(fc.double(), fc.boolean(), fc.constant(null), fc.array(fc.string()), fc.object())

/** The four signed parts, whose signature is right: but no field that a cell needs has its type. */
const misfits = fc
  .record({ type: types, wrong: notText, more: fc.object(), subshell: fc.oneof(fc.string(), notText) })
  .map(({ type, wrong, more, subshell }) => {
    const header = { ...makeHeader(type, 'client'), subshell_id: subshell }
    const fields = {
      code: wrong,
      comm_id: wrong,
      target_name: 1,
      restart: 'no',
      value: {},
      n: 'x',
      subshell_id: wrong,
    }
    return [header, {}, {}, { ...more, ...fields }].map((part) => JSON.stringify(part))
  })
const oddities = fc.tuple(fc.oneof(json, fc.string()), json, json, fc.oneof(json, fc.string()))
const signed = fc.oneof(misfits, oddities).map((parts) => {
  const frames = parts.map((part) => Buffer.from(part))
  return [Buffer.from('client'), Buffer.from('<IDS|MSG>'), Buffer.from(signer.sign(frames)), ...frames]
})

/** A whole request to run a cell that was changed on its way. */
const tampered = fc
  .record({ frame: fc.integer({ min: 1, max: 6 }), byte: fc.nat(), change: fc.integer({ min: 1, max: 255 }) })
  .chain(({ frame, byte, change }) => {
    const message = { identities: ['client'], parent: {}, content: { code: 'executed' } }
    const frames = toFrames({ ...message, header: makeHeader('execute_request', 'client') }, signer).map(
      (part) => Buffer.from(part),
    )
    frames[frame]![byte % frames[frame]!.length]! ^= change
    const without = [...frames.slice(0, frame), ...frames.slice(frame + 1)]
    return fc.constantFrom(frames, without, frames.slice(0, frame), [...frames].reverse())
  })

const bytes = fc.array(
  fc.uint8Array({ maxLength: 20 }).map((part) => Buffer.from(part)),
  { maxLength: 9 },
)

describe('a stream of messages that are none', () => {
  it('executes nothing, changes nothing, and leaves a kernel that works', async () => {
    const session = new Session()
    const reader = new FramesReader(signer)
    let understood = 0
    const take = (on: RequestChannel, frames: Buffer[]): void => {
      try {
        session.kernel.receive(on, reader.read(frames))
        understood++
      } catch (error) {
        session.kernel.refuse((error as Error).message)
      }
    }
    fc.assert(
      fc.property(channel, fc.oneof(signed, tampered, bytes), (on, frames) => {
        take(on, frames)
        // Whoever has heard a message cannot say it again.
        take(on, frames)
      }),
      { numRuns: RUNS, seed: SEED },
    )
    await turns(3)
    expect(understood).toBeGreaterThan(RUNS / 10)
    expect(session.executor.commands).toEqual([])
    expect(session.executor.answers).toEqual([])
    expect(session.stopped).toBe(0)
    expect(session.lines).toHaveLength(20)
    const request = await session.run('a cell')
    expect(session.kinds(request)).toEqual(['busy', 'execute_input', 'execute_reply', 'idle'])
    expect(session.of(request)[1]!.json).toEqual({ code: 'a cell', execution_count: 1 })
  })
})

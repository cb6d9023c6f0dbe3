import { describe, expect, it } from 'vitest'
import { fromFrames, makeHeader, toFrames } from '../../../kernel/src/wire/message.js'
import { Signer } from '../../../kernel/src/wire/signature.js'

const signer = new Signer('key', 'hmac-sha256')
const header = makeHeader('comm_msg', 'session')

function sent(content: Record<string, unknown> | Uint8Array): Buffer[] {
  const buffers = [Buffer.from([1, 2, 3])]
  const message = { identities: [Buffer.from('a'), 'b'], header, parent: { msg_id: '1' }, content, buffers }
  return toFrames(message, signer).map((frame) => Buffer.from(frame))
}

describe('messages', () => {
  it('read what they write', () => {
    const message = fromFrames(sent({ text: 'ψ' }), signer)
    expect(message.identities.map(String)).toEqual(['a', 'b'])
    expect(message.header).toEqual(header)
    expect(message.parent).toEqual({ msg_id: '1' })
    expect(message.metadata).toEqual({})
    expect(message.content).toEqual({ text: 'ψ' })
    expect(message.buffers).toEqual([Buffer.from([1, 2, 3])])
  })

  it('take content that is JSON text already', () => {
    expect(fromFrames(sent(Buffer.from('{"n":1}')), signer).content).toEqual({ n: 1 })
  })

  it('refuse a wrong signature', () => {
    const frames = sent({ text: 'a' })
    frames[6] = Buffer.from('{"text":"b"}')
    expect(() => fromFrames(frames, signer)).toThrow(/wrong signature/)
  })

  it('refuse frames without a delimiter or too few of them', () => {
    expect(() => fromFrames([Buffer.from('x')], signer)).toThrow(/got 1 frames/)
    expect(() => fromFrames(sent({}).slice(0, 5), signer)).toThrow(/five frames/)
  })
})

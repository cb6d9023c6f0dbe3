import { describe, expect, it } from 'vitest'
import { Duplicates } from '../../../kernel/src/wire/duplicates.js'
import { FramesReader, toFrames } from '../../../kernel/src/wire/frames.js'
import { makeHeader } from '../../../kernel/src/wire/message.js'
import { Signer } from '../../../kernel/src/wire/signature.js'

const signer = new Signer('key', 'hmac-sha256')
const header = makeHeader('comm_msg', 'session')

function sent(content: Record<string, unknown> | Uint8Array, changed: object = {}): Buffer[] {
  const buffers = [Buffer.from([1, 2, 3])]
  const identities = [Buffer.from('a'), 'b']
  const message = { identities, header, parent: { msg_id: '1' }, content, buffers, ...changed }
  return toFrames(message, signer).map((frame) => Buffer.from(frame))
}

/** Frames with this text in place of one of the four JSON parts, and a signature that fits. */
function signed(part: 0 | 1 | 2 | 3, text: string): Buffer[] {
  const json = sent({}).slice(4, 8)
  json[part] = Buffer.from(text)
  return [Buffer.from('<IDS|MSG>'), Buffer.from(signer.sign(json)), ...json]
}

const read = (frames: readonly Buffer[]) => new FramesReader(signer).read(frames)

describe('messages', () => {
  it('read what they write', () => {
    const message = read(sent({ text: 'ψ' }))
    expect(message.identities.map(String)).toEqual(['a', 'b'])
    expect(message.header).toEqual(header)
    expect(message.parent).toEqual({ msg_id: '1' })
    expect(message.metadata).toEqual({})
    expect(message.content).toEqual({ text: 'ψ' })
    expect(message.buffers).toEqual([Buffer.from([1, 2, 3])])
  })

  it('take content that is JSON text already', () => {
    expect(read(sent(Buffer.from('{"n":1}'))).content).toEqual({ n: 1 })
  })

  it.each([3, 4, 5, 6, 7])('refuse a change of frame %d, signature and signed parts alike', (n) => {
    const frames = sent({ text: 'a' })
    frames[n] = Buffer.from(frames[n]!.toString().replace(/[a-z0-9}]/, (was) => (was === 'b' ? 'c' : 'b')))
    expect(() => read(frames)).toThrow(/wrong signature/)
  })

  it('refuse another key', () => {
    expect(() => new FramesReader(new Signer('other', 'hmac-sha256')).read(sent({}))).toThrow(
      /wrong signature/,
    )
  })

  it('refuse frames without a delimiter or too few of them', () => {
    expect(() => read([])).toThrow(/got 0 frames/)
    expect(() => read([Buffer.from('x')])).toThrow(/got 1 frames/)
    expect(() => read(sent({}).slice(0, 7))).toThrow(/five frames/)
  })

  it('refuse parts that are no objects, and headers without what a reply needs', () => {
    expect(() => read(signed(3, '{'))).toThrow(/content of a message is no JSON/)
    expect(() => read(signed(3, '[1]'))).toThrow(/content of a message is JSON, but no object/)
    expect(() => read(signed(2, 'null'))).toThrow(/metadata .* no object/)
    expect(() => read(signed(1, '"text"'))).toThrow(/parent header .* no object/)
    expect(() => read(signed(0, '{"msg_id":"a","session":"b"}'))).toThrow(/no text as its msg_type/)
    expect(() => read(signed(0, '{"msg_id":1,"session":"b","msg_type":"c"}'))).toThrow(
      /no text as its msg_id/,
    )
  })

  it('keep of a header what an answer can repeat', () => {
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const { header } = read(
      signed(0, `{"msg_id":"a","session":"b","msg_type":"c","subshell_id":null,"more":${nested}}`),
    )
    expect(header).toEqual({ msg_id: 'a', session: 'b', msg_type: 'c', subshell_id: null })
  })

  it('are taken once: who records one cannot send it again', () => {
    const reader = new FramesReader(signer)
    const frames = sent({ text: 'once' })
    reader.read(frames)
    expect(() => reader.read(frames)).toThrow(/came in twice/)
    expect(() => reader.read([Buffer.from('other sender'), ...frames.slice(2)])).toThrow(/came in twice/)
    reader.read(sent({ text: 'another' }))
  })

  it('may come again where no key is agreed on', () => {
    const open = new Signer('', 'hmac-sha256')
    const frames = toFrames({ identities: [], header, parent: {}, content: {} }, open).map((f) =>
      Buffer.from(f),
    )
    const reader = new FramesReader(open)
    reader.read(frames)
    expect(reader.read(frames).content).toEqual({})
  })

  it('leave names that JavaScript treats apart as they are', () => {
    const { content } = read(signed(3, '{"__proto__":{"code":"x"},"constructor":1}'))
    expect(content.code).toBeUndefined()
    expect(Object.keys(content)).toEqual(['__proto__', 'constructor'])
  })
})

describe('Duplicates', () => {
  it('forgets the oldest beyond its limit', () => {
    const seen = new Duplicates(2)
    expect(['a', 'b', 'a', 'c', 'b', 'a'].map((text) => seen.add(text))).toEqual([
      false,
      false,
      true,
      false,
      true,
      false,
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { Signer } from '../../../kernel/src/wire/signature.js'

const frames = ['{"a":1}', '{}', '{}', '{}'].map((text) => Buffer.from(text))

describe('Signer', () => {
  it('signs the concatenation of the frames with HMAC', () => {
    // RFC 4231, test case 2, cut into frames.
    const signer = new Signer('Jefe', 'hmac-sha256')
    const parts = ['what do ya ', 'want for', ' nothing?'].map((text) => Buffer.from(text))
    expect(signer.sign(parts)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })

  it('accepts its own signature and no other', () => {
    const signer = new Signer('key', 'hmac-sha256')
    const signature = Buffer.from(signer.sign(frames))
    expect(signer.verify(signature, frames)).toBe(true)
    expect(new Signer('other', 'hmac-sha256').verify(signature, frames)).toBe(false)
    expect(signer.verify(signature.subarray(1), frames)).toBe(false)
    expect(signer.verify(signature, [...frames.slice(1), frames[0]!])).toBe(false)
  })

  it('signs nothing without a key', () => {
    const signer = new Signer('', 'hmac-sha256')
    expect(signer.sign(frames)).toBe('')
    expect(signer.verify(Buffer.from(''), frames)).toBe(true)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StreamBuffer } from '../../../kernel/src/front/streams.js'

describe('StreamBuffer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function make(): { sent: [string, string][]; buffer: StreamBuffer } {
    const sent: [string, string][] = []
    return { sent, buffer: new StreamBuffer((name, text) => sent.push([name, text])) }
  }

  it('gathers what comes at once into one message', () => {
    const { sent, buffer } = make()
    for (const text of ['a\n', 'b\n', 'c\n']) buffer.write('stdout', Buffer.from(text))
    expect(sent).toEqual([])
    vi.advanceTimersByTime(50)
    expect(sent).toEqual([['stdout', 'a\nb\nc\n']])
  })

  it('keeps the order between the streams', () => {
    const { sent, buffer } = make()
    buffer.write('stdout', Buffer.from('a'))
    buffer.write('stderr', Buffer.from('b'))
    buffer.write('stdout', Buffer.from('c'))
    buffer.flush()
    expect(sent.map(([, text]) => text)).toEqual(['a', 'b', 'c'])
  })

  it('does not wait once much has come', () => {
    const { sent, buffer } = make()
    buffer.write('stdout', Buffer.alloc(2 ** 20, 'x'))
    expect(sent).toHaveLength(1)
  })

  it('waits for the rest of a character that is cut', () => {
    const { sent, buffer } = make()
    const bytes = Buffer.from('ψ')
    buffer.write('stdout', bytes.subarray(0, 1))
    buffer.flush()
    buffer.write('stdout', bytes.subarray(1))
    buffer.flush()
    expect(sent).toEqual([['stdout', 'ψ']])
  })
})

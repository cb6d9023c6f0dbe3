import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StreamBuffer } from '../../../kernel/src/front/streams.js'

describe('StreamBuffer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function make(): { sent: [number, string, string][]; buffer: StreamBuffer<number> } {
    const sent: [number, string, string][] = []
    return { sent, buffer: new StreamBuffer<number>((...message) => sent.push(message)) }
  }

  it('gathers what comes at once into one message', () => {
    const { sent, buffer } = make()
    for (const text of ['a\n', 'b\n', 'c\n']) buffer.write(1, 'stdout', Buffer.from(text))
    expect(sent).toEqual([])
    vi.advanceTimersByTime(50)
    expect(sent).toEqual([[1, 'stdout', 'a\nb\nc\n']])
  })

  it('keeps the order between the streams', () => {
    const { sent, buffer } = make()
    buffer.write(1, 'stdout', Buffer.from('a'))
    buffer.write(1, 'stderr', Buffer.from('b'))
    buffer.write(1, 'stdout', Buffer.from('c'))
    buffer.flush()
    expect(sent.map(([, , text]) => text)).toEqual(['a', 'b', 'c'])
  })

  it('keeps apart what belongs to different cells, in order', () => {
    const { sent, buffer } = make()
    for (const owner of [1, 2, 2, 1]) buffer.write(owner, 'stdout', Buffer.from(`${owner}`))
    buffer.flush()
    expect(sent.map(([owner, , text]) => [owner, text])).toEqual([
      [1, '1'],
      [2, '22'],
      [1, '1'],
    ])
  })

  it('does not wait once much has come', () => {
    const { sent, buffer } = make()
    buffer.write(1, 'stdout', Buffer.alloc(2 ** 20, 'x'))
    expect(sent).toHaveLength(1)
  })

  it('waits for the rest of a character that is cut', () => {
    const { sent, buffer } = make()
    const bytes = Buffer.from('ψ')
    buffer.write(1, 'stdout', bytes.subarray(0, 1))
    buffer.flush()
    buffer.write(1, 'stdout', bytes.subarray(1))
    buffer.flush()
    expect(sent).toEqual([[1, 'stdout', 'ψ']])
  })
})

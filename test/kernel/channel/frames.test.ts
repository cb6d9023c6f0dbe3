import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameReader } from '../../../kernel/src/channel/frames.js'

/** A frame as plain data: its head as JSON keeps it, its parts as numbers. */
function plain({ head, parts }: { head: unknown; parts: readonly Uint8Array[] }): unknown[] {
  return [JSON.stringify(head), ...parts.map((part) => [...part])]
}

describe('FrameReader', () => {
  it('gives back the frames, however the stream is cut', () => {
    const frame = fc.record({
      head: fc.jsonValue(),
      parts: fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(400)), (frames, cuts) => {
        const stream = Buffer.concat(frames.map(({ head, parts }) => encodeFrame(head, parts)))
        const ends = [...new Set([...cuts.filter((cut) => cut < stream.length), stream.length])].sort(
          (a, b) => a - b,
        )
        const reader = new FrameReader<unknown>()
        const read = ends.flatMap((end, i) => reader.push(stream.subarray(ends[i - 1] ?? 0, end)))
        expect(read.map(plain)).toEqual(frames.map(plain))
      }),
    )
  })

  it('keeps a part of several megabytes whole', () => {
    const part = Buffer.alloc(5e6, 7)
    const bytes = encodeFrame({ big: true }, [part])
    const reader = new FrameReader<{ big: boolean }>()
    const frames = []
    for (let at = 0; at < bytes.length; at += 65536) {
      frames.push(...reader.push(bytes.subarray(at, at + 65536)))
    }
    expect(frames).toHaveLength(1)
    expect(frames[0]!.parts[0]!.equals(part)).toBe(true)
  })
})

/**
 * Frames on the pipes between the front process and the executor: a JSON head and binary parts.
 *
 * Layout, integers little-endian u32: bytes after this integer; number of parts; length of each part; the parts.
 * The head is part 0.
 */
const INT = 4

export interface Frame<Head> {
  readonly head: Head
  readonly parts: readonly Buffer[]
}

/** One contiguous buffer, so that one system call writes the whole frame. */
export function encodeFrame(head: unknown, parts: readonly Uint8Array[] = []): Buffer {
  const all = [Buffer.from(JSON.stringify(head)), ...parts]
  const prefix = INT * (2 + all.length)
  const total = all.reduce((sum, part) => sum + part.byteLength, prefix)
  const frame = Buffer.allocUnsafe(total)
  frame.writeUInt32LE(total - INT, 0)
  frame.writeUInt32LE(all.length, INT)
  let at = prefix
  for (const [i, part] of all.entries()) {
    frame.writeUInt32LE(part.byteLength, INT * (2 + i))
    frame.set(part, at)
    at += part.byteLength
  }
  return frame
}

/** Cuts a stream of chunks into frames. */
export class FrameReader<Head> {
  #chunks: Buffer[] = []
  #size = 0
  /** Bytes of the frame being read, its length field included; 0 while that is unknown. */
  #needed = 0

  /** Takes a chunk and returns the frames that it completes. */
  push(chunk: Buffer): Frame<Head>[] {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    const frames: Frame<Head>[] = []
    while (this.#size >= INT) {
      if (this.#needed === 0) this.#needed = INT + this.#joined().readUInt32LE(0)
      if (this.#size < this.#needed) break
      const whole = this.#joined()
      frames.push(decodeFrame<Head>(whole.subarray(INT, this.#needed)))
      this.#chunks = [whole.subarray(this.#needed)]
      this.#size -= this.#needed
      this.#needed = 0
    }
    return frames
  }

  #joined(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0]!
  }
}

/** Decodes the bytes after the length field. */
export function decodeFrame<Head>(body: Buffer): Frame<Head> {
  const count = body.readUInt32LE(0)
  const parts: Buffer[] = []
  let at = INT * (1 + count)
  for (let i = 0; i < count; i++) {
    const end = at + body.readUInt32LE(INT * (1 + i))
    parts.push(body.subarray(at, end))
    at = end
  }
  const [head, ...rest] = parts
  return { head: JSON.parse(head!.toString()) as Head, parts: rest }
}

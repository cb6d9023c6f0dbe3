/**
 * The frames of a message on a ZeroMQ socket.
 */
import { toJson } from '../text/json.js'
import { Duplicates } from './duplicates.js'
import { type Header, isJson, type Json, type Message, type Outgoing } from './message.js'
import type { Signer } from './signature.js'

const DELIMITER = '<IDS|MSG>'

/** Fields of a header that the kernel reads; the others may be missing. */
const HEADER_TEXTS = ['msg_id', 'session', 'msg_type'] as const

/** The frames of a message, signed. */
export function toFrames(message: Outgoing, signer: Signer): (Uint8Array | string)[] {
  const { content } = message
  const signed = [
    encode(message.header),
    encode(message.parent),
    encode(message.metadata ?? {}),
    content instanceof Uint8Array ? content : encode(content),
  ]
  return [...message.identities, DELIMITER, signer.sign(signed), ...signed, ...(message.buffers ?? [])]
}

/** Reads the messages of all channels; each signature is taken once, so that nobody sends an old message again. */
export class FramesReader {
  readonly #signer: Signer
  readonly #seen = new Duplicates()

  constructor(signer: Signer) {
    this.#signer = signer
  }

  /**
   * The message in the frames.
   * @throws Error when the frames are no message, the signature does not fit, or it came before.
   */
  read(frames: readonly Buffer[]): Message {
    const at = frames.findIndex(
      (frame) => frame.length === DELIMITER.length && frame.toString() === DELIMITER,
    )
    const [signature, header, parent, metadata, content, ...buffers] = frames.slice(at + 1)
    if (at < 0 || !signature || !header || !parent || !metadata || !content) {
      throw new Error(`A message needs ${DELIMITER} and five frames after it; got ${frames.length} frames.`)
    }
    if (!this.#signer.verify(signature, [header, parent, metadata, content])) {
      throw new Error('A message with a wrong signature came in and is ignored.')
    }
    if (signature.length > 0 && this.#seen.add(signature.toString('latin1'))) {
      throw new Error('A message came in twice, by its signature; the second is ignored.')
    }
    return {
      identities: frames.slice(0, at),
      header: decodeHeader(header),
      parent: decode('parent header', parent),
      metadata: decode('metadata', metadata),
      content: decode('content', content),
      buffers,
    }
  }
}

function encode(value: Json): Buffer {
  return Buffer.from(toJson(value))
}

function decode(name: string, frame: Buffer): Json {
  let value: unknown
  try {
    value = JSON.parse(frame.toString())
  } catch (error) {
    throw new Error(`The ${name} of a message is no JSON: ${(error as Error).message}`)
  }
  if (!isJson(value)) throw new Error(`The ${name} of a message is JSON, but no object.`)
  return value
}

/** The texts of a header; what a client nests in it beside is not repeated in the answers. */
function decodeHeader(frame: Buffer): Header {
  const entries = Object.entries(decode('header', frame))
  const header: Json = Object.fromEntries(
    entries.filter(([, value]) => typeof value !== 'object' || value === null),
  )
  const missing = HEADER_TEXTS.find((name) => typeof header[name] !== 'string')
  if (missing) throw new Error(`The header of a message has no text as its ${missing}.`)
  return header as Header
}

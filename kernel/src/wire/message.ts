/**
 * Jupyter messages and their frames on the wire (protocol 5.3).
 */
import { randomUUID } from 'node:crypto'
import type { Signer } from './signature.js'

export const PROTOCOL_VERSION = '5.3'

const DELIMITER = '<IDS|MSG>'

export type Json = Record<string, unknown>

export interface Header extends Json {
  readonly msg_id: string
  readonly session: string
  readonly username: string
  readonly date: string
  readonly msg_type: string
  readonly version: string
}

/** A message as it came in. */
export interface Message {
  /** Routing frames, which a reply must repeat. */
  readonly identities: readonly Buffer[]
  readonly header: Header
  readonly parent: Json
  readonly metadata: Json
  readonly content: Json
  readonly buffers: readonly Buffer[]
}

/** A message to send; content may be JSON text already. */
export interface Outgoing {
  readonly identities: readonly (Buffer | string)[]
  readonly header: Header
  readonly parent: Json
  readonly metadata?: Json | undefined
  readonly content: Json | Uint8Array
  readonly buffers?: readonly Uint8Array[] | undefined
}

/** A new header of this session. */
export function makeHeader(type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    session,
    username: 'kernel',
    date: new Date().toISOString(),
    msg_type: type,
    version: PROTOCOL_VERSION,
  }
}

/** The frames of a message, signed. */
export function toFrames(message: Outgoing, signer: Signer): (Buffer | Uint8Array | string)[] {
  const { content } = message
  const signed = [
    encode(message.header),
    encode(message.parent),
    encode(message.metadata ?? {}),
    content instanceof Uint8Array ? content : encode(content),
  ]
  return [...message.identities, DELIMITER, signer.sign(signed), ...signed, ...(message.buffers ?? [])]
}

/**
 * The message in the frames.
 * @throws Error when the frames are no message or the signature does not fit.
 */
export function fromFrames(frames: readonly Buffer[], signer: Signer): Message {
  const at = frames.findIndex((frame) => frame.length === DELIMITER.length && frame.toString() === DELIMITER)
  const [signature, header, parent, metadata, content, ...buffers] = frames.slice(at + 1)
  if (at < 0 || !signature || !header || !parent || !metadata || !content) {
    throw new Error(`A message needs ${DELIMITER} and five frames after it; got ${frames.length} frames.`)
  }
  if (!signer.verify(signature, [header, parent, metadata, content])) {
    throw new Error('A message with a wrong signature came in and is ignored.')
  }
  return {
    identities: frames.slice(0, at),
    header: decode(header) as Header,
    parent: decode(parent),
    metadata: decode(metadata),
    content: decode(content),
    buffers,
  }
}

function encode(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function decode(frame: Buffer): Json {
  return JSON.parse(frame.toString()) as Json
}

/**
 * Jupyter messages (protocol 5.5), apart from the way they travel.
 */

export const PROTOCOL_VERSION = '5.5'

export type Json = Record<string, unknown>

/** The channels by which requests come. */
export type RequestChannel = 'shell' | 'control' | 'stdin'

export interface Header extends Json {
  readonly msg_id: string
  readonly session: string
  readonly username: string
  readonly date: string
  readonly msg_type: string
  readonly version: string
  /** The subshell that is asked; the main shell when missing. */
  readonly subshell_id?: string | null
}

/** A message as it came in. */
export interface Message {
  /** Routing frames, which a reply must repeat. */
  readonly identities: readonly Uint8Array[]
  readonly header: Header
  readonly parent: Json
  readonly metadata: Json
  readonly content: Json
  readonly buffers: readonly Uint8Array[]
}

/** A message to send; content may be JSON text already. */
export interface Outgoing {
  readonly identities: readonly (Uint8Array | string)[]
  readonly header: Header
  readonly parent: Json
  readonly metadata?: Json | undefined
  readonly content: Json | Uint8Array
  readonly buffers?: readonly Uint8Array[] | undefined
}

/** A new header of this session. */
export function makeHeader(type: string, session: string): Header {
  return {
    msg_id: crypto.randomUUID(),
    session,
    username: 'kernel',
    date: new Date().toISOString(),
    msg_type: type,
    version: PROTOCOL_VERSION,
  }
}

/** Whether a value is an object of JSON, and no array. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

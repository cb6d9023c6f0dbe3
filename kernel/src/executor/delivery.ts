/**
 * What the executor's two threads say to each other about messages.
 */
/** A message on its way from the control thread. */
export interface Delivery<Head> {
  readonly head: Head
  readonly parts: readonly Uint8Array[]
}

/** What the control thread is told: from now on, or no longer, the messages on a comm come by the port. */
export interface Watch {
  readonly comm: string
  readonly watched: boolean
}

/** Memory shared with the control thread. */
export interface InboxCells {
  /** How many messages it has put into the port: asking that is much cheaper than asking the port. */
  readonly arrived: Int32Array
  /** How many times it was told which comms are watched. */
  readonly told: Int32Array
}

export function inboxCells(memory: SharedArrayBuffer): InboxCells {
  return { arrived: new Int32Array(memory, 0, 1), told: new Int32Array(memory, 4, 1) }
}

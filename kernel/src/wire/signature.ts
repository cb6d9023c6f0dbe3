/**
 * HMAC signatures of messages: the first check on whatever arrives at a socket.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs and verifies the four JSON frames of a message; without a key every message is accepted. */
export class Signer {
  readonly #key: string
  readonly #algorithm: string

  /** @param scheme As in the connection file, such as `hmac-sha256`. */
  constructor(key: string, scheme: string) {
    this.#key = key
    this.#algorithm = scheme.replace(/^hmac-/, '')
  }

  /** The hexadecimal signature, empty when there is no key. */
  sign(frames: readonly Uint8Array[]): string {
    if (this.#key === '') return ''
    const hmac = createHmac(this.#algorithm, this.#key)
    for (const frame of frames) hmac.update(frame)
    return hmac.digest('hex')
  }

  verify(signature: Uint8Array, frames: readonly Uint8Array[]): boolean {
    const expected = Buffer.from(this.sign(frames))
    return signature.length === expected.length && timingSafeEqual(signature, expected)
  }
}

/**
 * Frames of a figure over a comm: the payload as the message's data, the bytes of its arrays as buffers. Arrays that
 * have not changed are not sent again.
 *
 * To a page: `{ frame, at, figure, kept }`, the number of the frame, when it was sent (milliseconds since 1970), the
 * payload without its bytes, and which of its arrays are those of the frame before; `{ paused }`.
 * From a page, which has a name of its own: `{ ready }` or `{ resume }` when it begins to watch, or does so again after
 * it was loaded anew; `{ back, page }`, the credits of all frames up to this one; `{ paused }`; `{ leave }`.
 */
import { detach, type Figure } from 'psilab/figure'
import type { Comm } from '../comm.js'
import { readInbox, unwatchComm } from '../inbox.js'
import { Credits } from './credits.js'

export class Sender {
  readonly #comm: Comm
  readonly #credits = new Credits()
  /** The arrays of the last frame; undefined when a page has none of it. */
  #before: readonly Uint8Array[] | undefined
  #paused = false
  /** Whether a page watches that was loaded anew, so that it has lost the output's name. */
  #resumed = false
  readonly #changed: () => void

  /**
   * @param comm Watched, so that a busy program gets what pages say.
   * @param changed Called after a word of a page, when a frame may go that had to wait.
   */
  constructor(comm: Comm, changed: () => void) {
    this.#comm = comm
    this.#changed = changed
  }

  get isWatched(): boolean {
    return this.#credits.isWatched
  }

  get isResumed(): boolean {
    return this.#resumed
  }

  /** Whether a frame may be sent now. What pages have said meanwhile to a busy program is heard first. */
  isFree(): boolean {
    readInbox()
    return !this.#paused && this.#credits.isFree(Date.now())
  }

  send(figure: Figure, more: Readonly<Record<string, unknown>> = {}): void {
    const { figure: head, buffers } = detach(figure)
    const kept: number[] = []
    const before = this.#before ?? []
    const fresh = buffers.filter((bytes, index) => {
      const same = before[index] !== undefined && isSame(bytes, before[index])
      if (same) kept.push(index)
      return !same
    })
    this.#before = buffers
    const at = Date.now()
    const frame = this.#credits.spend(at)
    this.#comm.send({ ...more, frame, at, figure: head, kept }, { buffers: fresh })
  }

  /** Takes the word of a page; returns whether it was one of these. */
  receive(data: unknown): void {
    const { ready, resume, back, page, paused, leave } = (data ?? {}) as Record<string, unknown>
    const now = Date.now()
    const joins = ready ?? resume
    if (typeof joins === 'string') {
      this.#credits.join(joins, now)
      this.#before = undefined
      if (resume !== undefined) this.#resumed = true
      if (this.#paused) this.#comm.send({ paused: true })
    } else if (typeof back === 'number' && typeof page === 'string') {
      this.#credits.giveBack(page, back, now)
    } else if (typeof paused === 'boolean') {
      this.#paused = paused
      this.#comm.send({ paused })
    } else if (typeof leave === 'string') {
      this.#credits.leave(leave)
    } else {
      return
    }
    this.#changed()
  }

  /** Nobody watches any more. */
  forget(): void {
    this.#credits.clear()
  }

  end(): void {
    unwatchComm(this.#comm.id)
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0)
}

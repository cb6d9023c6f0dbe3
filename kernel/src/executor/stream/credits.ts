/**
 * Whether another frame may be sent: flow control by credits (H. T. Kung, T. Blackwell and A. Chapman, Credit-based flow
 * control for ATM networks, SIGCOMM 1994), for all pages that watch.
 *
 * A frame goes to every page. A page gives the credit of a frame back once it has painted it, or has left it out for a
 * newer one or since it is off the screen. One that has too many frames holds the others up, but for no longer than it
 * takes to know that nobody is there any more.
 */

/** Frames that a page may have and not have given back. */
export const CREDITS = 2

/** Milliseconds without a word after which a page that has frames counts as gone. */
export const GONE = 2000

interface Page {
  /** The last frame that it has given back. */
  given: number
  /** When it was last heard of, or was sent its first frame since. */
  heard: number
}

export class Credits {
  /** Number of the last frame that was sent; the first is 1. */
  #sent = 0
  readonly #pages = new Map<string, Page>()

  get sent(): number {
    return this.#sent
  }

  /** Whether any page watches. */
  get isWatched(): boolean {
    return this.#pages.size > 0
  }

  /** A page begins to watch, or begins anew. */
  join(page: string, now: number): void {
    this.#pages.set(page, { given: this.#sent, heard: now })
  }

  leave(page: string): void {
    this.#pages.delete(page)
  }

  clear(): void {
    this.#pages.clear()
  }

  /** A page gives back the credits of all frames up to one; a page that counted as gone is there again. */
  giveBack(page: string, frame: number, now: number): void {
    const given = Math.min(frame, this.#sent)
    const known = this.#pages.get(page)
    if (known) {
      known.given = Math.max(known.given, given)
      known.heard = now
    } else {
      this.#pages.set(page, { given, heard: now })
    }
  }

  /** Whether a frame may be sent now. Pages that are gone are forgotten first. */
  isFree(now: number): boolean {
    for (const [name, page] of this.#pages) {
      if (this.#sent - page.given >= CREDITS && now - page.heard > GONE) this.#pages.delete(name)
    }
    return this.isWatched && [...this.#pages.values()].every((page) => this.#sent - page.given < CREDITS)
  }

  /** A frame is sent; returns its number. */
  spend(now: number): number {
    for (const page of this.#pages.values()) if (page.given === this.#sent) page.heard = now
    return ++this.#sent
  }
}

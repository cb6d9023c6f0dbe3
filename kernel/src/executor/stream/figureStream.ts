/**
 * A figure that is shown again and again while a cell runs: over a comm where a page answers, else by changes of the
 * display, and in the end as a whole into the output, so that the notebook keeps what was last seen.
 *
 * Nothing queues: a frame that may not go yet waits alone, and the next one takes its place.
 */
import { clearTimeout, setTimeout } from 'node:timers'
import { FIGURE_MIME } from 'psilab/figure'
import { type MimeBundle, toBundle } from '../bundle.js'
import { type Comm, openWatched } from '../comm.js'
import { isRunning } from '../interrupt.js'
import { publish } from '../output.js'
import { cellOf, currentRun } from '../runs.js'
import { textOf } from '../show/text.js'
import type { Drawable } from './payload.js'
import { Sender } from './sender.js'

export const STREAM_TARGET = 'psilab.stream'

/** Milliseconds in which a page has to answer. */
const PATIENCE = 1000
/** Least milliseconds between two changes of the display where none does, and how much longer they are than drawing takes. */
const SELDOM = 250
const SHARE = 5
/** Milliseconds without a frame after which a stream ends whose cell has ended before. */
const REST = 1000
/** Milliseconds that the last picture of a figure may take; the figure goes without it then. */
const LAST_PICTURE = 2500

/** The streams that go on. */
const streams = new Set<FigureStream>()

/** Ends the streams of a cell that has ended; resolves when the last frame of each is in its output. */
export async function endStreams(run: number): Promise<void> {
  await Promise.all([...streams].filter((stream) => stream.run === run).map((stream) => stream.end()))
}

/** Whether a cell has streams to end. */
export function hasStreams(run: number): boolean {
  return [...streams].some((stream) => stream.run === run)
}

export class FigureStream {
  /** The `display_id` of the output, which is the stream's name too. */
  readonly #id: string
  /** The run that has shown the last frame: the stream ends with it. */
  run = 0
  /** What a page that was loaded anew finds the output by. */
  readonly #names: { readonly stream: string; readonly cell: string | undefined }
  readonly #comm: Comm
  readonly #sender: Sender
  #began = performance.now()
  #latest: Drawable
  /** Whether the latest frame has not been shown yet. */
  #waits = false
  /** Whether a page has answered. */
  #answered = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the display may be changed next, where no page answers. */
  #next = 0
  #drawing = false
  #ended = false

  /**
   * @param id The `display_id`.
   * @param message `display_data` where the display is not there yet.
   */
  constructor(id: string, message: 'display_data' | 'update_display_data', first: Drawable) {
    this.#id = id
    this.#latest = first
    this.#publish(message, whole(first), { [FIGURE_MIME]: { stream: id } })
    this.#names = { stream: id, cell: cellOf(currentRun()) }
    this.#comm = openWatched(STREAM_TARGET, this.#names)
    this.#sender = new Sender(this.#comm, () => {
      this.#answered = true
      if (!this.#ended) this.#pump()
    })
    this.#comm.onMessage = ({ data }) => this.#sender.receive(data)
    this.#comm.onClose = () => this.#refused()
    streams.add(this)
    this.#belongs()
    this.#wake(PATIENCE)
  }

  get hasEnded(): boolean {
    return this.#ended
  }

  /** Shows a frame as soon as that may be, unless another one comes before. */
  show(value: Drawable): void {
    this.#latest = value
    this.#waits = true
    this.#belongs()
    this.#pump()
  }

  /** Ends it with its last frame in the output, and its picture. */
  async end(): Promise<void> {
    if (!this.#close()) return
    const value = this.#latest
    const late = new Promise<undefined>((resolve) => {
      setTimeout(() => resolve(undefined), LAST_PICTURE).unref()
    })
    const data = (await Promise.race([toBundle(value), late])) ?? whole(value)
    this.#publish('update_display_data', data, {})
    // A page that was loaded anew does not know the display by its id any more.
    this.#comm.close(this.#sender.isResumed ? { ended: true, data } : { ended: true })
  }

  /** Ends it; something else is shown in its place. */
  drop(): void {
    if (this.#close()) this.#comm.close({ ended: true })
  }

  #close(): boolean {
    if (this.#ended) return false
    this.#ended = true
    streams.delete(this)
    clearTimeout(this.#timer)
    this.#sender.end()
    return true
  }

  /** A front end knows nothing of streams: none is waited for any more. */
  #refused(): void {
    this.#answered = false
    this.#began = Number.NEGATIVE_INFINITY
    this.#sender.forget()
    this.#pump()
  }

  #belongs(): void {
    this.run = currentRun()
    // What comes after the end of its cell has no end of its own.
    if (!isRunning(this.run)) this.#wake(REST)
  }

  #pump(): void {
    const free = this.#sender.isFree()
    if (!this.#waits || this.#ended) return
    if (free) this.#stream()
    else if (!this.#answered && performance.now() - this.#began > PATIENCE) this.#change()
  }

  #stream(): void {
    this.#waits = false
    try {
      this.#sender.send(this.#latest.figure(), this.#names)
    } catch {
      // It cannot be drawn: its bundle says why.
      this.#change()
    }
  }

  /** Changes the display, with a picture; one at a time, and at leisure. */
  #change(): void {
    const now = performance.now()
    if (this.#drawing || now < this.#next) {
      this.#wake(Math.max(this.#next - now, SELDOM / 5))
      return
    }
    this.#waits = false
    this.#drawing = true
    const bundle = toBundle(this.#latest)
    void Promise.resolve(bundle).then((data) => {
      this.#drawing = false
      const end = performance.now()
      this.#next = end + Math.max(SELDOM, SHARE * (end - now))
      if (!this.#ended) this.#publish('update_display_data', data, { [FIGURE_MIME]: { stream: this.#id } })
    })
  }

  /** Looks again after a while: for the frame that waits, or whether the stream is to end. */
  #wake(after: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (isRunning(this.run)) this.#pump()
      else void this.end()
    }, after)
    this.#timer.unref()
  }

  #publish(
    message: 'display_data' | 'update_display_data',
    data: MimeBundle,
    metadata: Readonly<Record<string, unknown>>,
  ): void {
    publish(message, { data, metadata, transient: { display_id: this.#id } })
  }
}

/** The bundle without a picture. */
function whole(value: Drawable): MimeBundle {
  const text = { 'text/plain': textOf(value) }
  try {
    const figure = value.figure()
    // What is cyclic, too deep or no JSON cannot be sent: the last frame's bundle says so.
    JSON.stringify(figure)
    return { [FIGURE_MIME]: figure, ...text }
  } catch {
    return text
  }
}

/**
 * Where the bars of one loop and of the loops inside of it are shown: a single display, whose last state is a line of
 * text for each bar that was not inside of another.
 */
import { randomUUID } from 'node:crypto'
import { publish } from '../output.js'
import { escapeHtml } from '../show/table.js'
import { endText, liveHtml, liveText, type Meter } from './meter.js'

/** Milliseconds between two changes of a display. */
const EVERY = 100

export interface Line {
  readonly meter: Meter
  /** The loop that this one runs in; when that goes on at the end, nothing is left of this one. */
  readonly inside: Line | undefined
  /** Whether the body of its loop runs: what begins now is inside of it. */
  busy: boolean
}

export class Board {
  /** Number of the run of the cell that it belongs to. */
  readonly run: number
  readonly #id = randomUUID()
  #lines: Line[] = []
  #shown = Number.NEGATIVE_INFINITY

  constructor(run: number) {
    this.run = run
  }

  get isOpen(): boolean {
    return this.#lines.some(({ meter }) => !meter.ended)
  }

  /** Adds a bar, under the innermost loop that is busy. */
  add(meter: Meter): Line {
    const inside = this.#lines.findLast((line) => line.busy && !line.meter.ended)
    const line: Line = { meter, inside, busy: false }
    const first = this.#lines.length === 0
    this.#lines.push(line)
    if (first) this.#send('display_data')
    else this.changed()
    return line
  }

  end(line: Line, whole: boolean): void {
    if (line.meter.ended) return
    line.meter.ended = { at: performance.now(), whole }
    line.busy = false
    if (line.inside && !line.inside.meter.ended) this.#lines = this.#lines.filter((other) => other !== line)
    if (this.isOpen) this.changed()
    else this.#send('update_display_data')
  }

  /** Ends what is still open, for a cell that has ended without it. */
  stop(): void {
    for (const line of this.#lines.toReversed()) this.end(line, false)
  }

  /** Shows the present state, if the last has been there for a while. */
  changed(): void {
    if (performance.now() - this.#shown >= EVERY) this.#send('update_display_data')
  }

  #send(message: 'display_data' | 'update_display_data'): void {
    const now = performance.now()
    this.#shown = now
    const texts = this.#lines.map(({ meter }) => (meter.ended ? endText(meter) : liveText(meter, now)))
    const plain = { 'text/plain': texts.join('\n') }
    const html = this.#lines.map(({ meter }) =>
      meter.ended ? `<div>${escapeHtml(endText(meter))}</div>` : liveHtml(meter, now),
    )
    const data = this.isOpen ? { 'text/html': html.join(''), ...plain } : plain
    publish(message, { data, metadata: {}, transient: { display_id: this.#id } })
  }
}

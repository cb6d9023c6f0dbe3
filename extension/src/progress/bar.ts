import { element } from 'psilab/page'

/** What the kernel says of a run; without a fraction, that none goes on any more. */
export interface RunState {
  readonly fraction?: number
  readonly secondsLeft?: number
}

/** A message's data, when it is what the kernel sends. */
export function runState(data: unknown): RunState {
  const { fraction, secondsLeft } = (data ?? {}) as Record<string, unknown>
  if (typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1)) return {}
  return typeof secondsLeft === 'number' && secondsLeft >= 0 ? { fraction, secondsLeft } : { fraction }
}

/** The share that is done and the time left, in words. */
export function runText({ fraction = 0, secondsLeft }: RunState): string {
  const percent = `${Math.floor(100 * fraction)} %`
  return secondsLeft === undefined || fraction >= 1 ? percent : `${percent}, ${timeLeft(secondsLeft)} left`
}

/** A time as one needs it who waits. */
function timeLeft(seconds: number): string {
  if (seconds < 1) return 'less than 1 s'
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A thin bar with the share that is done and the time left. */
export class RunBar {
  readonly node: HTMLElement
  readonly #fill = element('div', 'psilab-running-fill')
  readonly #text = element('span', 'psilab-running-text')

  constructor() {
    const track = element('div', 'psilab-running-track', this.#fill)
    this.node = element('div', 'psilab-running', track, this.#text)
    this.node.setAttribute('role', 'progressbar')
    this.node.setAttribute('aria-label', 'Run of this cell')
    this.node.setAttribute('aria-valuemin', '0')
    this.node.setAttribute('aria-valuemax', '100')
  }

  show(state: RunState): void {
    const percent = 100 * (state.fraction ?? 0)
    const text = runText(state)
    this.#fill.style.width = `${percent}%`
    this.#text.textContent = text
    this.node.setAttribute('aria-valuenow', String(Math.floor(percent)))
    this.node.setAttribute('aria-valuetext', text)
  }
}

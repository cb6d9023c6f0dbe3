/**
 * Play, pause, step and scrub through frames. It paints one frame at a time, skips what it cannot paint in time,
 * and rests while off-screen.
 */
import { plainButton } from './disclosure.js'
import { element, glyph } from './dom.js'
import { type PageHost, wantsStillness } from './host.js'
import type { Run } from './run.js'

export interface PlayerEvents {
  /** Paint a frame; a fraction lies between two. */
  readonly show: (frame: number) => Promise<void>
  /** The reader, or time, has brought it to another frame. */
  readonly moved: (frame: number) => void
  /** It rests at a frame that the reader has chosen. */
  readonly rested: (frame: number) => void
}

const PLAY = 'M2,1L11,6L2,11Z'
const PAUSE = 'M2,1h3v10h-3ZM7,1h3v10h-3Z'
const BACK = 'M2,1h2v10h-2ZM11,1L5,6L11,11Z'
const FORTH = 'M8,1h2v10h-2ZM1,1L7,6L1,11Z'
const LOOP = 'M3,2.2H8A3.3,3.3 0 0 1 8,8.8H3.6M5.6,6.4L3.2,8.8L5.6,11.2'

const SPEEDS = [0.25, 0.5, 1, 2, 4]

/** Rest at the last frame before the run starts again, as a share of the run. */
const REST = 0.15

/** Frames that a long step goes, as a share of the run. */
const LONG_STEP = 0.1

/** What the keys do, for the reader. */
export const PLAYER_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Space', 'play or pause'],
  ['← →', 'one frame back or on; with Shift a tenth of the run'],
  ['Home End', 'first or last frame'],
  ['+ −', 'faster or slower'],
  ['L', 'again from the start, or stop at the end'],
]

export class Player {
  readonly node: HTMLElement
  readonly #host: PageHost
  readonly #events: PlayerEvents
  readonly #button = plainButton('psilab-round psilab-play')
  readonly #back = plainButton('psilab-round', glyph(12, 12, BACK))
  readonly #forth = plainButton('psilab-round', glyph(12, 12, FORTH))
  readonly #loop = plainButton('psilab-round', glyph(12, 12, LOOP, { class: 'psilab-outline' }))
  readonly #slider: HTMLInputElement = element('input', '')
  readonly #time: HTMLOutputElement = element('output', '')
  readonly #speed: HTMLSelectElement = element('select', '')
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)')
  #run: Run
  /** The frame asked for last, and the one that is painted. */
  #frame: number
  #shown: number
  #playing = false
  #visible = false
  #painting = false
  #looping = true
  /** Whether the frame asked for is to be followed exactly, as another figure shows it. */
  #following = false
  /** Share of the run that has passed, and when that was. */
  #passed = 0
  #clock = 0
  #painted = 0
  #request = 0

  constructor(host: PageHost, run: Run, events: PlayerEvents) {
    this.#host = host
    this.#events = events
    this.#run = run
    this.#frame = run.first
    this.#shown = run.first
    this.#passed = run.first / (run.count - 1)
    this.node = element(
      'div',
      'psilab-player',
      this.#back,
      this.#button,
      this.#forth,
      this.#slider,
      this.#time,
      this.#loop,
      this.#speed,
    )
    this.node.setAttribute('role', 'group')
    this.node.setAttribute('aria-label', 'Frames')
    named(this.#back, 'One frame back', '←')
    named(this.#forth, 'One frame on', '→')
    this.#button.addEventListener('click', () => this.#start(!this.#playing))
    this.#back.addEventListener('click', () => this.#step(-1))
    this.#forth.addEventListener('click', () => this.#step(1))
    this.#loop.addEventListener('click', () => this.#setLooping(!this.#looping))
    this.#slider.type = 'range'
    this.#slider.min = '0'
    this.#slider.addEventListener('input', () => this.seek(Number(this.#slider.value)))
    this.#speed.setAttribute('aria-label', 'Speed')
    this.#speed.append(
      ...SPEEDS.map((speed) => {
        const option = element('option', '', `${speed}×`)
        option.value = String(speed)
        option.selected = speed === 1
        return option
      }),
    )
    this.#setLooping(true)
    this.setRun(run)
    this.setPlaying(run.playing && host.preferences().autoplay && !this.#isStill)
    this.#still.addEventListener('change', this.#stillness)
  }

  get frame(): number {
    return this.#frame
  }

  get isPlaying(): boolean {
    return this.#playing
  }

  /** The words for the frame that is shown. */
  get caption(): string {
    return this.#time.value
  }

  /** Another run in place of the one before: the frame stays, unless it was the last and more have come. */
  setRun(run: Run): void {
    const before = this.#run
    this.#run = run
    const atEnd = before.count !== run.count && this.#frame >= before.count - 1 && !this.#playing
    if (atEnd || this.#frame > run.count - 1) this.#frame = run.count - 1
    this.#shown = this.#frame
    if (!this.#playing) this.#passed = this.#frame / (run.count - 1)
    this.#slider.max = String(run.count - 1)
    this.#slider.setAttribute('aria-label', run.symbol)
    const longest = Math.max(...Array.from({ length: run.count }, (_, k) => run.label(k).length))
    this.#time.style.setProperty('--psilab-caption', `${longest}ch`)
    this.#caption()
  }

  setPlaying(playing: boolean): void {
    this.#playing = playing
    this.#following = false
    this.#button.replaceChildren(glyph(12, 12, playing ? PAUSE : PLAY))
    named(this.#button, playing ? 'Pause' : 'Play', 'space')
    // At rest a frame that was computed is shown, never one between.
    if (!playing) void this.#paint()
    this.#schedule()
  }

  setVisible(visible: boolean): void {
    this.#visible = visible
    this.#schedule()
    if (visible) void this.#paint()
  }

  /** The preferences have changed. */
  readonly #stillness = (): void => this.respect()

  respect(): void {
    if (this.#isStill && this.#playing) this.setPlaying(false)
  }

  /** Pause at a frame. */
  seek(frame: number): void {
    const { count } = this.#run
    this.#passed = Math.min(count - 1, Math.max(0, Math.round(frame))) / (count - 1)
    this.setPlaying(false)
    this.#events.moved(this.#due())
    this.#events.rested(this.#due())
  }

  /** Show a frame that another figure has led to, once it can be seen; it may lie between two. */
  follow(frame: number): void {
    if (this.#playing) this.setPlaying(false)
    this.#passed = frame / (this.#run.count - 1)
    this.#following = true
    if (this.#visible) void this.#paint()
  }

  /** Returns whether it was one of the player's keys. */
  handleKey(event: KeyboardEvent): boolean {
    const control = event.target as Element
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.key === ' ') {
      if (control.closest('button, select')) return false
      this.#start(!this.#playing)
      return true
    }
    if (control === this.#speed) return false
    const last = this.#run.count - 1
    const step = event.shiftKey ? Math.max(1, Math.round(LONG_STEP * last)) : 1
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#step(-step),
      ArrowRight: () => this.#step(step),
      Home: () => this.seek(0),
      End: () => this.seek(last),
      '+': () => this.#faster(1),
      '-': () => this.#faster(-1),
      l: () => this.#setLooping(!this.#looping),
    }
    if (!Object.hasOwn(keys, event.key)) return false
    keys[event.key]!()
    return true
  }

  dispose(): void {
    cancelAnimationFrame(this.#request)
    this.#still.removeEventListener('change', this.#stillness)
    this.#playing = false
    this.#request = 0
  }

  get #isStill(): boolean {
    return wantsStillness(this.#host.preferences())
  }

  #start(playing: boolean): void {
    if (playing && this.#passed >= 1) this.#passed = 0
    this.setPlaying(playing)
    if (!playing) this.#events.rested(this.#due())
  }

  #step(frames: number): void {
    this.seek(Math.round(this.#frame) + frames)
  }

  #faster(by: number): void {
    const last = SPEEDS.length - 1
    this.#speed.selectedIndex = Math.min(last, Math.max(0, this.#speed.selectedIndex + by))
  }

  #setLooping(looping: boolean): void {
    this.#looping = looping
    this.#loop.setAttribute('aria-pressed', String(looping))
    named(this.#loop, 'Again from the start', 'L')
  }

  #schedule(): void {
    cancelAnimationFrame(this.#request)
    this.#request = 0
    if (!this.#playing || !this.#visible) return
    this.#clock = performance.now()
    this.#request = requestAnimationFrame(this.#tick)
  }

  readonly #tick = (now: number): void => {
    this.#request = requestAnimationFrame(this.#tick)
    // A little early is in time: frames of the page come at their own pace.
    if (now - this.#painted < 1000 / this.#host.preferences().frameRate - 2) return
    this.#painted = now
    const rate = Number(this.#speed.value) / this.#run.duration
    this.#passed += Math.max(0, now - this.#clock) * rate
    this.#clock = now
    if (this.#passed >= 1 && !this.#looping) {
      this.#passed = 1
      this.setPlaying(false)
      this.#events.moved(this.#due())
      this.#events.rested(this.#due())
      return
    }
    if (this.#passed > 1 + REST) this.#passed = 0
    void this.#paint()
    this.#events.moved(this.#frame)
  }

  /** The frame of the time that has passed. */
  #due(): number {
    const last = this.#run.count - 1
    const frame = Math.min(1, this.#passed) * last
    return (this.#playing || this.#following) && this.#run.smooth ? frame : Math.round(frame)
  }

  /** Paint what is due, unless it is shown already or another frame is being painted. */
  async #paint(): Promise<void> {
    if (this.#painting) return
    this.#painting = true
    try {
      if (this.#due() === this.#shown) return
      do {
        this.#frame = this.#due()
        this.#caption()
        await this.#events.show(this.#frame)
        this.#shown = this.#frame
      } while (!this.#playing && this.#due() !== this.#shown)
    } finally {
      this.#painting = false
    }
  }

  #caption(): void {
    const words = this.#run.label(this.#frame)
    this.#slider.value = String(Math.round(this.#frame))
    this.#time.value = words
    this.#slider.setAttribute('aria-valuetext', words)
  }
}

function named(button: HTMLButtonElement, name: string, key: string): void {
  button.setAttribute('aria-label', name)
  button.title = `${name} (${key})`
}

/**
 * Play, pause, step and scrub through frames. It paints one frame at a time, skips what it cannot paint in time,
 * and rests while off-screen.
 */
import { element, glyph } from './dom.js'

export interface PlayerOptions {
  /** Number of frames, at least 2. */
  readonly count: number
  /** Milliseconds of one run at speed 1. */
  readonly duration: number
  /** What the frames run over: the name of the slider. */
  readonly symbol: string
  /** Caption of a frame. */
  readonly label: (frame: number) => string
  /** Whether a frame between two can be painted while playing. */
  readonly smooth: boolean
  /** Whether it plays from the start. */
  readonly playing: boolean
  /** The frame that is shown first; default 0. */
  readonly first?: number
  /** Paint a frame; a fraction lies between two. */
  readonly show: (frame: number) => Promise<void>
}

const PLAY = 'M2,1L11,6L2,11Z'
const PAUSE = 'M2,1h3v10h-3ZM7,1h3v10h-3Z'

const SPEEDS = [0.25, 0.5, 1, 2, 4]

/** Rest at the last frame before the run starts again, as a share of the run. */
const REST = 0.15

export class Player {
  readonly node: HTMLElement
  readonly #options: PlayerOptions
  readonly #button: HTMLButtonElement = element('button', '')
  readonly #slider: HTMLInputElement = element('input', '')
  readonly #time: HTMLOutputElement = element('output', '')
  readonly #speed: HTMLSelectElement = element('select', '')
  /** The frame asked for last, and the one that is painted. */
  #frame = 0
  #shown = 0
  #playing = false
  #visible = false
  #painting = false
  /** Share of the run that has passed, and when that was. */
  #passed = 0
  #clock = 0
  #request = 0

  constructor(options: PlayerOptions) {
    this.#options = options
    this.node = element('div', 'psilab-player', this.#button, this.#slider, this.#time, this.#speed)
    this.#button.type = 'button'
    this.#button.addEventListener('click', () => {
      this.setPlaying(!this.#playing)
    })
    this.#slider.type = 'range'
    this.#slider.min = '0'
    this.#slider.max = String(options.count - 1)
    this.#frame = options.first ?? 0
    this.#shown = this.#frame
    this.#passed = this.#frame / (options.count - 1)
    this.#slider.value = String(this.#frame)
    this.#slider.setAttribute('aria-label', options.symbol)
    this.#slider.addEventListener('input', () => {
      this.seek(Number(this.#slider.value))
    })
    this.#speed.setAttribute('aria-label', 'Speed')
    this.#speed.append(
      ...SPEEDS.map((speed) => {
        const option = element('option', '', `${speed}×`)
        option.value = String(speed)
        option.selected = speed === 1
        return option
      }),
    )
    const longest = Math.max(...Array.from({ length: options.count }, (_, k) => options.label(k).length))
    this.#time.style.setProperty('--psilab-caption', `${longest}ch`)
    this.#caption()
    this.setPlaying(options.playing)
  }

  setPlaying(playing: boolean): void {
    this.#playing = playing
    this.#button.replaceChildren(glyph(12, 12, playing ? PAUSE : PLAY))
    this.#button.setAttribute('aria-label', playing ? 'Pause' : 'Play')
    this.#button.title = playing ? 'Pause (space)' : 'Play (space)'
    // At rest a frame that was computed is shown, never one between.
    if (!playing) void this.#paint()
    this.#schedule()
  }

  setVisible(visible: boolean): void {
    this.#visible = visible
    this.#schedule()
  }

  /** Pause at a frame. */
  seek(frame: number): void {
    const { count } = this.#options
    this.#passed = Math.min(count - 1, Math.max(0, Math.round(frame))) / (count - 1)
    this.setPlaying(false)
  }

  /** Space plays and pauses; arrows step; Home and End go to the ends. The speed keeps its own keys. */
  handleKey(event: KeyboardEvent): void {
    const control = event.target as Element
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: Math.round(this.#frame) - 1,
      ArrowRight: Math.round(this.#frame) + 1,
      Home: 0,
      End: this.#options.count - 1,
    }
    if (event.key === ' ' && control !== this.#button && control !== this.#speed) {
      this.setPlaying(!this.#playing)
    } else if (Object.hasOwn(steps, event.key) && control !== this.#speed) {
      this.seek(steps[event.key]!)
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  dispose(): void {
    cancelAnimationFrame(this.#request)
    this.#playing = false
    this.#request = 0
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
    const rate = Number(this.#speed.value) / this.#options.duration
    this.#passed += Math.max(0, now - this.#clock) * rate
    this.#clock = now
    if (this.#passed > 1 + REST) this.#passed = 0
    void this.#paint()
  }

  /** The frame of the time that has passed. */
  #due(): number {
    const last = this.#options.count - 1
    const frame = Math.min(1, this.#passed) * last
    return this.#playing && this.#options.smooth ? frame : Math.round(frame)
  }

  /** Paint what is due, unless it is shown already or another frame is being painted. */
  async #paint(): Promise<void> {
    if (this.#painting) return
    this.#painting = true
    try {
      if (this.#due() === this.#shown) return
      do {
        this.#frame = this.#due()
        this.#slider.value = String(Math.round(this.#frame))
        this.#caption()
        await this.#options.show(this.#frame)
        this.#shown = this.#frame
      } while (!this.#playing && this.#due() !== this.#shown)
    } finally {
      this.#painting = false
    }
  }

  #caption(): void {
    const words = this.#options.label(this.#frame)
    this.#time.value = words
    this.#slider.setAttribute('aria-valuetext', words)
  }
}

/**
 * A figure in the page: title and actions, chart, panels or steps, player, sliders, data. It follows theme, width and
 * preferences, is drawn when it comes near, paints only what can be seen, and shows other figures in its place.
 */
import { type Figure, FigureError, isChart, isPanelled, panelsOf, share } from '../figure/index.js'
import type { Body } from './body.js'
import { ChartBody } from './chartBody.js'
import type { Recomputation } from './controls/recomputation.js'
import type { ShownFrame } from './dataTable.js'
import { DerivationBody } from './derivationBody.js'
import { element } from './dom.js'
import { fallback, picture } from './fallback.js'
import { helpElement } from './help.js'
import { MATH_FONT, type PageHost } from './host.js'
import { type LiveFigure, liveFigures } from './hub/liveFigures.js'
import { Meter } from './hub/meter.js'
import { Latest } from './latest.js'
import { LinkedCursors } from './linkedCursors.js'
import { Player } from './player.js'
import { Sayings } from './say.js'
import { type ActionContext, ENTRIES, type FigureAction, type ToolbarEntry } from './toolbar/actions.js'
import { toolbar } from './toolbar/toolbar.js'
import { watchVisibility, watchWidth } from './visibility.js'

export interface FigureOptions {
  /** Base64 of the PNG of the output, shown where the figure cannot be drawn, and on paper where it is not drawn yet. */
  readonly png?: unknown
  /** Who computes the figures that come in its place; default the kernel. */
  readonly source?: 'page' | 'kernel'
  /** Whether figures are on their way that come in its place: it is drawn for them at once. */
  readonly moves?: boolean
}

const TABLE = 'M1.5,2.5h13v11h-13ZM1.5,6h13M1.5,9.75h13M6,2.5v11'
const HELP = 'M5,5.6a3,3 0 1 1 4.4,2.6c-.9.5-1.4,1-1.4,2M8,12.6v.9'
const LINK =
  'M6.5,9.5l3-3M7.6,4.6l1.2-1.2a2.7,2.7 0 0 1 3.8,3.8l-1.2,1.2M8.4,11.4l-1.2,1.2a2.7,2.7 0 0 1-3.8-3.8l1.2-1.2'

export class FigureView {
  readonly #root: HTMLElement = element('div', 'psilab-figure psilab-undrawn')
  readonly #header = element('div', 'psilab-header')
  readonly #extras = element('div', 'psilab-extras')
  readonly #host: PageHost
  readonly #options: FigureOptions
  readonly #sayings = new Sayings()
  readonly #meter = new Meter()
  #figure: Figure
  /** Set by {@link draw}. */
  #body!: Body
  #player: Player | undefined
  #recomputation: Recomputation | undefined
  /** The last figure that did not come from the sliders, which compute it anew. */
  #given: Figure
  /** The sliders, and whose they are. */
  #panel: HTMLElement | undefined
  #controlled: string | undefined
  readonly #links: LinkedCursors
  readonly #latest: Latest<Figure>
  /** What ends observers and all else. */
  readonly #endings: (() => void)[] = []
  #isVisible = false
  #isPaused = false
  #wasPlaying = false
  #isEnded = false
  #isRefused = false
  #drawn: Promise<void> | undefined
  /** What is printed of a figure that is far away. */
  #printed: HTMLElement | undefined
  #data: { follow: () => void; node: HTMLElement } | undefined
  #help: HTMLElement | undefined
  #leaveLive: (() => void) | undefined

  /** @param place where the figure is added */
  constructor(place: HTMLElement, figure: Figure, host: PageHost, options: FigureOptions = {}) {
    this.#figure = figure
    this.#given = figure
    this.#host = host
    this.#options = options
    this.#links = new LinkedCursors(
      {
        body: () => this.#body,
        player: () => this.#player,
        moved: ({ caption }) => this.#sayings.tell(caption),
      },
      figure.provenance.problem,
    )
    this.#latest = new Latest<Figure>({
      mayPaint: () => this.#isVisible && !this.#isPaused,
      ready: () => this.#drawn,
      paint: async (next) => {
        await this.#paint(next)
        this.#meter.count()
        this.#root.dataset['psilabPaints'] = String(this.#meter.total)
      },
      dropped: () => this.#meter.drops++,
    })
    this.#root.style.setProperty('--psilab-math-font', MATH_FONT)
    this.#root.append(this.#header)
    this.#describe()
    this.#print(options.png)
    place.append(this.#root)
  }

  /** The figure that is shown. */
  get figure(): Figure {
    return this.#figure
  }

  /** Whether a sentence stands in the place of a figure that cannot be drawn. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  get node(): HTMLElement {
    return this.#root
  }

  /**
   * Draws the figure when it comes near; until then it only keeps its room. Resolves when it is drawn, or known to be
   * far. What cannot be drawn becomes a sentence.
   */
  async draw(): Promise<void> {
    const { figure } = this
    this.#body = await this.#bodyOf(figure)
    if (this.#isEnded) return
    this.#root.append(this.#body.node, this.#extras, this.#sayings.node, this.#sayings.aloud)
    this.#header.append(
      toolbar(this.#figure, this.#host, this.#entries(), (action) => void this.#run(action)),
    )
    this.#root.addEventListener('keydown', (event) => this.#handleKey(event))
    this.#follow()
    try {
      this.#body.reserve()
      this.#addPlayer()
      await this.#addControls()
    } catch (error) {
      this.#refuse(error)
      return
    }
    if (this.#host.eager) await this.#drawBody()
    await new Promise<void>((known) => {
      this.#endings.push(
        watchVisibility(this.#root, {
          near: () => {
            void this.#drawBody().then(known)
          },
          known: () => {
            if (!this.#drawn) known()
          },
          visible: (visible) => {
            this.#isVisible = visible
            this.#player?.setVisible(visible)
            this.#latest.wake()
          },
          far: () => {
            if (this.#host.eager) return
            this.#drawn = undefined
            this.#body.release()
            this.#root.classList.add('psilab-undrawn')
          },
        }),
        known,
      )
    })
    this.#endings.push(
      watchWidth(this.#root, () => {
        void this.#body.fit()
      }),
    )
  }

  /**
   * Shows another figure in the place of this one: with new numbers in what is drawn where its form is the same, else
   * drawn anew and put in its place when it is done. One figure is painted a frame of the page, the latest; nothing is
   * painted off-screen, in a hidden page or while paused. Resolves once this figure or a later one is painted.
   * @param png base64 of the PNG of the output that has it now
   */
  replace(figure: Figure, png?: unknown): Promise<void> {
    this.#print(png)
    this.#given = figure
    this.#links.move(figure.provenance.problem)
    return this.#next(figure)
  }

  #next(figure: Figure): Promise<void> {
    if (!this.#isEnded) this.#enlist()
    return this.#latest.next(figure)
  }

  /** Show a frame, paused. */
  async show(frame: number): Promise<void> {
    this.#player?.setPlaying(false)
    this.#player?.seek(frame)
    await this.#body.show(frame)
  }

  /** Keep what is shown until {@link resume}. */
  pause(): void {
    this.#isPaused = true
    this.#wasPlaying = this.#player?.isPlaying ?? false
    this.#player?.setPlaying(false)
    liveFigures.changed()
  }

  resume(): void {
    this.#isPaused = false
    if (this.#wasPlaying) this.#player?.setPlaying(true)
    this.#latest.wake()
    liveFigures.changed()
  }

  dispose(): void {
    this.#isEnded = true
    for (const end of this.#endings.splice(0)) end()
    this.#leaveLive?.()
    this.#player?.dispose()
    this.#recomputation?.dispose()
    this.#links.dispose()
    this.#sayings.dispose()
    this.#body?.dispose()
    this.#latest.dispose()
    this.#root.remove()
  }

  /** The body of a figure; what few figures need is loaded with the first of them. */
  async #bodyOf(figure: Figure): Promise<Body> {
    if (isChart(figure))
      return new ChartBody(this.#host, figure, (words) => this.#tell(words), this.#options.moves)
    if (!isPanelled(figure)) return new DerivationBody(this.#host, figure)
    const { PanelsView } = await import('./panels.js')
    return new PanelsView(this.#host, panelsOf(figure), figure.view?.frame)
  }

  /** Title and description of the present figure. */
  #describe(): void {
    const { kind, title, alt } = this.#figure
    this.#root.dataset['psilabKind'] = kind
    this.#root.setAttribute('role', 'figure')
    this.#root.setAttribute('aria-label', alt)
    const before = this.#header.querySelector('.psilab-title')
    if (before) before.textContent = title
    else this.#header.prepend(element('div', 'psilab-title', title))
  }

  /** The reader has chosen to see it in another way. */
  #tell(words: string): void {
    this.#root.setAttribute('aria-label', `${this.#figure.alt} ${words}`)
    this.#sayings.tell(words)
  }

  /** Takes the picture that is printed while the figure is not drawn. */
  #print(png: unknown): void {
    this.#printed?.remove()
    this.#printed = picture(png, this.#figure.alt)
    if (!this.#printed) return
    this.#printed.className = 'psilab-printed'
    this.#root.append(this.#printed)
  }

  #drawBody(): Promise<void> {
    this.#drawn ??= (async () => {
      try {
        await this.#body.draw()
        this.#links.follow()
        this.#root.dataset['psilabReady'] = 'true'
        this.#root.classList.remove('psilab-undrawn')
      } catch (error) {
        this.#refuse(error)
      }
    })()
    return this.#drawn
  }

  #follow(): void {
    const redraw = (): void => {
      if (this.#body.isDrawn) void this.#body.draw().then(() => this.#links.draw())
      this.#player?.respect()
    }
    this.#endings.push(this.#host.watchTheme(redraw), this.#host.watchPreferences(redraw))
  }

  async #paint(next: Figure): Promise<void> {
    const { kind, title, alt } = this.#figure
    const figure = share(this.#figure, next)
    const frame = this.#player?.frame
    if (!(await this.#body.replace(figure, frame))) {
      const body = await this.#bodyOf(figure)
      const before = this.#body
      body.node.classList.add('psilab-hidden')
      before.node.after(body.node)
      await body.draw()
      body.node.classList.remove('psilab-hidden')
      before.dispose()
      before.node.remove()
      this.#body = body
      this.#links.followAnew()
    }
    this.#figure = figure
    if (figure.kind !== kind || figure.title !== title || figure.alt !== alt) this.#describe()
    this.#updatePlayer()
    if (next === this.#given) await this.#renewControls()
    this.#links.draw()
    this.#data?.follow()
  }

  /** Registers the figure among those that change. */
  #enlist(): void {
    if (this.#leaveLive) return
    const now = { title: () => this.#figure.title, meter: this.#meter, paused: () => this.#isPaused }
    const entry: LiveFigure = {
      get title() {
        return now.title()
      },
      source: this.#recomputation ? 'page' : (this.#options.source ?? 'kernel'),
      node: this.#root,
      get rate() {
        return now.meter.rate
      },
      get drops() {
        return now.meter.drops
      },
      get paused() {
        return now.paused()
      },
      pause: () => this.pause(),
      resume: () => this.resume(),
    }
    this.#leaveLive = liveFigures.add(entry)
  }

  #addPlayer(): void {
    const { run } = this.#body
    if (!run) return
    const player = new Player(this.#host, run, {
      show: async (frame) => {
        this.#root.dataset['psilabFrame'] = String(Math.round(frame))
        try {
          await this.#body.show(frame)
        } catch (error) {
          this.#refuse(error)
          return
        }
        this.#links.draw()
        this.#data?.follow()
      },
      moved: (frame) => this.#links.lead(frame),
      rested: () => this.#sayings.tell(this.#player?.caption ?? ''),
    })
    this.#player = player
    this.#root.dataset['psilabFrame'] = String(Math.round(run.first))
    this.#extras.prepend(player.node)
    this.#root.tabIndex = 0
    player.setVisible(this.#isVisible)
  }

  /** The player of the present figure, which may run through other frames than the one before, or none. */
  #updatePlayer(): void {
    const { run } = this.#body
    if (this.#player && run) {
      this.#player.setRun(run)
    } else if (run) {
      this.#addPlayer()
    } else if (this.#player) {
      this.#player.dispose()
      this.#player.node.remove()
      this.#player = undefined
      delete this.#root.dataset['psilabFrame']
    }
  }

  async #addControls(): Promise<void> {
    const [figure, { live }] = [this.#given, this.#host]
    this.#controlled = controlsOf(figure)
    const controls = figure.live?.controls ?? []
    if (controls.length === 0 || !live || this.#isEnded) return
    const { Controls, hasWorkers, Recomputation } = await import('./controls/index.js')
    const left = new Map(Object.entries(figure.view?.values ?? {}))
    const saved = Object.fromEntries(
      controls.map(({ name, lower, upper, value }) => [
        name,
        Math.min(upper, Math.max(lower, left.get(name) ?? value)),
      ]),
    )
    const recomputation = new Recomputation(() => live(this.#given), {
      frame: () => Math.round(this.#player?.frame ?? 0),
      show: (next) => this.#next(next),
      computing: () => panel.computing(),
      computed: (error) => panel.computed(error === undefined ? undefined : sentenceOf(error)),
    })
    const panel = new Controls(controls, saved, (values) => recomputation.change(values))
    this.#recomputation = recomputation
    this.#panel = panel.node
    this.#endings.push(() => panel.dispose())
    this.#extras.append(panel.node)
    this.#enlist()
    void hasWorkers().then((has) => has || panel.refuse(NO_SLIDERS))
  }

  /** The sliders of a figure that came from elsewhere than from them, where it has others. */
  async #renewControls(): Promise<void> {
    if (controlsOf(this.#given) === this.#controlled) return
    this.#recomputation?.dispose()
    this.#recomputation = undefined
    this.#panel?.remove()
    this.#panel = undefined
    await this.#addControls()
  }

  #entries(): ToolbarEntry[] {
    const isDerivation = this.#figure.kind === 'derivation'
    const all: (ToolbarEntry | false)[] = [
      ...ENTRIES,
      ...(this.#host.entries ?? []),
      this.#links.isShared && {
        id: 'link',
        label: 'Share cursors with figures of the same problem (A)',
        icon: LINK,
        pressed: () => this.#links.isLinked,
        run: () => this.#toggleLink(),
      },
      !isDerivation && {
        id: 'table',
        label: 'Data as a table (D)',
        icon: TABLE,
        pressed: () => this.#data !== undefined,
        run: () => this.#toggleData(),
      },
      !isDerivation && {
        id: 'help',
        label: 'Keys of this figure (?)',
        icon: HELP,
        pressed: () => this.#help !== undefined,
        run: () => this.#toggleHelp(),
      },
    ]
    return all.filter((entry) => entry !== false)
  }

  async #run(action: FigureAction): Promise<void> {
    try {
      await action.run(this.context)
    } catch (error) {
      this.#sayings.say(sentenceOf(error))
    }
  }

  /** What actions work on. */
  get context(): ActionContext {
    return {
      figure: this.#figure,
      view: this.#body.view,
      host: this.#host,
      node: this.#root,
      say: (sentence) => this.#sayings.say(sentence),
    }
  }

  #handleKey(event: KeyboardEvent): void {
    const target = event.target as Element
    if (event.defaultPrevented || target.closest('.psilab-controls, .psilab-menu, .psilab-derivation')) return
    const keys: Readonly<Record<string, () => unknown>> = {
      '?': () => this.#toggleHelp(),
      d: () => this.#toggleData(),
      a: () => this.#toggleLink(),
      Escape: () => this.#help && this.#toggleHelp(),
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    const known = plain && this.#figure.kind !== 'derivation' && Object.hasOwn(keys, event.key)
    if (known) keys[event.key]!()
    else if (target.closest('.psilab-table-place') || !this.#player?.handleKey(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  #toggleHelp(): void {
    if (this.#help) {
      this.#help.remove()
      this.#help = undefined
    } else {
      this.#help = helpElement(this.#player !== undefined)
      this.#root.append(this.#help)
    }
    this.#pressed('help', this.#help !== undefined)
  }

  async #toggleData(): Promise<void> {
    if (this.#data) {
      this.#data.node.remove()
      this.#data = undefined
    } else {
      const { DataTables } = await import('./dataTable.js')
      const tables = new DataTables()
      tables.fill(this.#figure, this.#shownFrame())
      const follow = (): void => tables.follow(() => [this.#figure, this.#shownFrame()])
      this.#data = { node: tables.node, follow }
      this.#root.append(tables.node)
    }
    this.#pressed('table', this.#data !== undefined)
  }

  #shownFrame(): ShownFrame | undefined {
    const { run } = this.#body
    if (!run || !this.#player) return undefined
    const { frame } = this.#player
    return { symbol: run.symbol, count: run.count, frame, label: run.label(frame) }
  }

  #pressed(id: string, pressed: boolean): void {
    this.#header.querySelector(`[data-psilab-action="${id}"]`)?.setAttribute('aria-pressed', String(pressed))
  }

  #toggleLink(): void {
    this.#links.toggle()
    this.#pressed('link', this.#links.isLinked)
  }

  /** A sentence in place of what cannot be drawn, and the PNG of the output. */
  #refuse(error: unknown): void {
    this.#isRefused = true
    if (!(error instanceof FigureError)) console.error(error)
    const sentence = error instanceof FigureError ? error.message : 'This figure cannot be drawn.'
    this.#body.dispose()
    this.#player?.dispose()
    this.#root.replaceChildren(...fallback(sentence, this.#options.png).childNodes)
    this.#root.dataset['psilabKind'] = 'fallback'
    this.#root.dataset['psilabReady'] = 'true'
  }
}

const NO_SLIDERS = 'This page lets nothing compute in it: the figure is as it was saved, without sliders.'

/** What is said to the reader of an error. */
const sentenceOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : 'This did not work.'

/** What the sliders of a figure stand for; undefined where it has none. */
const controlsOf = ({ live, provenance }: Figure): string | undefined =>
  live && JSON.stringify([provenance.problem, live.controls])

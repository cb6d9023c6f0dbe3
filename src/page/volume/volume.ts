/**
 * ψ in space as a volume that is turned by hand: hue is its phase, opacity |ψ|².
 */
import {
  type PhaseMapName,
  type ThemeName,
  type VolumeAxis,
  volumeAxes,
  volumeColours,
  volumeSamples,
  type WaveFigure,
} from '../../figure/index.js'
import { element } from '../dom.js'
import type { PageHost } from '../host.js'
import { basisOf, boxOf, type Change, FIRST_LOOK, moved, windowOf } from './camera.js'
import { drawEdges, drawNames, type Frame } from './frame.js'
import { type Block, type Graphics, graphicsFor, leaveGraphics, type User } from './graphics.js'

/** Most pixels of the picture along a pixel of the page. */
const FINEST = 2

/** Degrees of a key, and of a pixel that is dragged over; factor of a zoom. */
const [STEP, DRAG, CLOSER] = [7.5, 0.5, 1.2]

/** Opacity of a unit of length at the largest |ψ|², for the slider at 0 and at 1. */
const OPACITIES = [0.8, 80] as const
const FIRST_OPACITY = 0.55

const KEYS = 'Drag or arrow keys turn it, + and − zoom, Home goes back.'
const NO_GRAPHICS = 'This browser has no WebGL 2 to draw the volume with; the sections above show the same ψ.'
const LOST =
  'The browser has taken its graphics back. The sections above still hold; “Volume” draws it again.'
const LARGE = 'This volume has more points than the graphics of this browser hold.'

let colours: { name: string; hues: Uint8Array } | undefined

/** The colours of the phases, the same array while they stay the same. */
function huesOf(theme: ThemeName, map: PhaseMapName): Uint8Array {
  const name = `${theme} ${map}`
  if (colours?.name !== name) colours = { name, hues: volumeColours(theme, map) }
  return colours.hues
}

let volumes = 0

export class VolumeView implements User {
  readonly node: HTMLElement = element('div', 'psilab-volume')
  readonly #host: PageHost
  readonly #canvas = element('canvas', 'psilab-volume-picture')
  readonly #slider = element('input', '')
  readonly #watch: IntersectionObserver
  #figure: WaveFigure
  #frame: number
  #axes: readonly VolumeAxis[]
  #camera = FIRST_LOOK
  #graphics: Graphics | undefined
  #block: Block | undefined
  #isFilled = false
  #isVisible = false
  #request = 0

  constructor(host: PageHost, figure: WaveFigure, frame: number) {
    this.#host = host
    this.#figure = figure
    this.#frame = frame
    this.#axes = volumeAxes(figure)
    this.#slider.type = 'range'
    this.#slider.min = '0'
    this.#slider.max = '1'
    this.#slider.step = '0.01'
    this.#slider.value = String(FIRST_OPACITY)
    this.#slider.setAttribute('aria-label', 'Opacity of the volume')
    this.#slider.addEventListener('input', () => this.#paintSoon())
    // The keys of a slider are its own, not the player's.
    this.#slider.addEventListener('keydown', (event) => event.stopPropagation())
    const keys = element('p', 'psilab-volume-keys', KEYS)
    keys.id = `psilab-volume-keys-${++volumes}`
    this.#canvas.tabIndex = 0
    this.#canvas.setAttribute('role', 'application')
    this.#canvas.setAttribute('aria-roledescription', 'picture to turn')
    this.#canvas.setAttribute('aria-describedby', keys.id)
    this.#canvas.addEventListener('keydown', (event) => this.#handleKey(event))
    this.#canvas.addEventListener('pointerdown', (event) => this.#drag(event))
    const opacity = element('label', 'psilab-volume-opacity', 'Opacity', this.#slider)
    this.node.append(this.#canvas, element('div', 'psilab-volume-bar', opacity, keys))
    this.#watch = new IntersectionObserver((entries) => {
      this.#isVisible = entries[entries.length - 1]!.isIntersecting
      if (this.#isVisible) this.#paintSoon()
    })
    this.#watch.observe(this.node)
    this.#graphics = graphicsFor(this)
    if (!this.#graphics) this.#say(NO_GRAPHICS)
    else if (Math.max(...this.#axes.map(({ points }) => points)) > this.#graphics.most) this.#give(LARGE)
  }

  /** Another frame, or another figure. */
  show(figure: WaveFigure, frame: number): void {
    if (figure !== this.#figure || frame !== this.#frame) this.#isFilled = false
    if (figure !== this.#figure) this.#axes = volumeAxes(figure)
    this.#figure = figure
    this.#frame = frame
    this.#paintSoon()
  }

  /** Another theme, width or map of phases. */
  draw(): void {
    this.#paintSoon()
  }

  lost(): void {
    this.#graphics = undefined
    this.#block = undefined
    this.#say(LOST)
  }

  dispose(): void {
    this.#watch.disconnect()
    this.#leave()
    this.node.remove()
  }

  #leave(): void {
    cancelAnimationFrame(this.#request)
    if (this.#block) this.#graphics?.free(this.#block)
    this.#block = undefined
    this.#graphics = undefined
    leaveGraphics(this)
  }

  /** Draw no more. @param sentence why */
  #give(sentence: string): void {
    this.#leave()
    this.#say(sentence)
  }

  #say(sentence: string): void {
    const said = element('p', 'psilab-sentence', sentence)
    said.setAttribute('role', 'status')
    this.node.replaceChildren(said)
  }

  #move(change: Change | undefined): void {
    this.#camera = change ? moved(this.#camera, change) : FIRST_LOOK
    this.#paintSoon()
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Readonly<Record<string, Change | undefined>> = {
      ArrowLeft: { right: -STEP },
      ArrowRight: { right: STEP },
      ArrowUp: { up: STEP },
      ArrowDown: { up: -STEP },
      '+': { zoom: CLOSER },
      '=': { zoom: CLOSER },
      '-': { zoom: 1 / CLOSER },
      Home: undefined,
    }
    if (!Object.hasOwn(keys, event.key)) return
    this.#move(keys[event.key])
    event.preventDefault()
    event.stopPropagation()
  }

  #drag(down: PointerEvent): void {
    if (down.button !== 0) return
    const canvas = this.#canvas
    canvas.setPointerCapture(down.pointerId)
    let [x, y] = [down.clientX, down.clientY]
    const move = (event: PointerEvent): void => {
      this.#move({ right: DRAG * (event.clientX - x), up: DRAG * (y - event.clientY) })
      ;[x, y] = [event.clientX, event.clientY]
    }
    const ended = new AbortController()
    canvas.addEventListener('pointermove', move, { signal: ended.signal })
    for (const end of ['pointerup', 'pointercancel'] as const)
      canvas.addEventListener(end, () => ended.abort(), { signal: ended.signal })
  }

  /** Paint at the page's next frame, once it can be seen. */
  #paintSoon(): void {
    if (!this.#isVisible) return
    cancelAnimationFrame(this.#request)
    this.#request = requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    const graphics = this.#graphics
    if (!graphics) return
    const canvas = this.#canvas
    if (canvas.clientWidth === 0) return
    const points = this.#axes.map((axis) => axis.points)
    if (this.#block?.points.some((count, d) => count !== points[d])) {
      graphics.free(this.#block)
      this.#block = undefined
    }
    if (!this.#block) {
      this.#block = graphics.block(points)
      this.#isFilled = false
    }
    if (!this.#isFilled) {
      graphics.fill(this.#block, volumeSamples(this.#figure, this.#frame))
      this.#isFilled = true
    }
    const scale = Math.min(FINEST, devicePixelRatio)
    const size = [Math.round(scale * canvas.clientWidth), Math.round(scale * canvas.clientHeight)] as const
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size
    const box = boxOf(this.#axes.map(({ domain }) => domain[1] - domain[0]))
    const basis = basisOf(this.#camera)
    const half = windowOf(box, this.#camera)
    const theme = this.#host.theme()
    const picture = graphics.draw({
      block: this.#block,
      hues: huesOf(theme, this.#host.preferences().colourMap),
      size,
      basis: [...basis.right, ...basis.up, ...basis.towards],
      extent: [(half * size[0]) / size[1], half],
      box,
      opacity: OPACITIES[0] * (OPACITIES[1] / OPACITIES[0]) ** Number(this.#slider.value),
    })
    const context = canvas.getContext('2d')!
    context.clearRect(0, 0, ...size)
    const font = this.#host.fonts(this.node).text
    const frame: Frame = { context, scale, half, box, basis, theme, font }
    drawEdges(frame, true)
    context.drawImage(picture, 0, 0)
    drawEdges(frame, false)
    drawNames(frame, this.#axes)
    this.#describe()
  }

  #describe(): void {
    const { azimuth, elevation } = this.#camera
    const names = this.#axes.map(({ name }) => name).join(', ')
    this.#canvas.setAttribute(
      'aria-label',
      `|ψ(${names})|² as a volume, hue by phase, seen from azimuth ${Math.round(azimuth)}° and elevation ${Math.round(elevation)}°`,
    )
  }
}

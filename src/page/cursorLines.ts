/**
 * Thin lines across the charts of a figure where shared cursors stand, and the pointer that moves them.
 */
import type { Body, ChartPlace } from './body.js'
import { element } from './dom.js'

export interface Pointer {
  /** The pointer is at a number of an axis; without one it has left. */
  readonly point: (axis: string, value: number | undefined) => void
  /** It is pressed, or moves pressed, where a frame of the figure is. */
  readonly drag: (frame: number) => void
}

export class CursorLines {
  readonly #body: Body
  readonly #values = new Map<string, number>()
  readonly #endings: (() => void)[] = []

  constructor(body: Body, pointer: Pointer) {
    this.#body = body
    for (const place of body.charts) this.#listen(place, pointer)
  }

  set(axis: string, value: number | undefined): void {
    if (value === undefined) this.#values.delete(axis)
    else this.#values.set(axis, value)
    this.draw()
  }

  clear(): void {
    this.#values.clear()
    this.draw()
  }

  /** Put every line where it belongs in what is drawn now. */
  draw(): void {
    for (const { stage, across } of this.#body.charts) {
      const before = stage.querySelector<HTMLElement>(':scope > .psilab-cursor')
      const value = across && this.#values.get(across.title)
      if (!across || value === undefined) {
        before?.remove()
        continue
      }
      const x = across.pixel(value)
      const { box } = across
      const line = before ?? stage.appendChild(element('div', 'psilab-cursor'))
      line.hidden = !(x >= box.left && x <= box.right)
      line.style.transform = `translateX(${x}px)`
      line.style.top = `${box.top}px`
      line.style.height = `${box.bottom - box.top}px`
    }
  }

  dispose(): void {
    for (const end of this.#endings.splice(0)) end()
    this.clear()
  }

  #listen({ stage, frameAt }: ChartPlace, { point, drag }: Pointer): void {
    const place = (): ChartPlace | undefined => this.#body.charts.find((each) => each.stage === stage)
    const pixelOf = (event: PointerEvent): readonly [number, number] => {
      const { left, top } = stage.getBoundingClientRect()
      return [event.clientX - left, event.clientY - top]
    }
    const follow = (event: PointerEvent): void => {
      const frame = place()?.frameAt?.(pixelOf(event))
      if (frame !== undefined) drag(frame)
    }
    const press = (event: PointerEvent): void => {
      if (event.button !== 0) return
      stage.setPointerCapture(event.pointerId)
      follow(event)
    }
    const move = (event: PointerEvent): void => {
      if (stage.hasPointerCapture(event.pointerId)) follow(event)
    }
    const pointAt = (event: PointerEvent): void => {
      const across = place()?.across
      if (!across) return
      const [x] = pixelOf(event)
      const inside = event.type !== 'pointerleave' && x >= across.box.left && x <= across.box.right
      point(across.title, inside ? across.value(x) : undefined)
    }
    const listeners: readonly (readonly [keyof HTMLElementEventMap, (event: PointerEvent) => void])[] =
      frameAt
        ? [
            ['pointerdown', press],
            ['pointermove', move],
          ]
        : [
            ['pointermove', pointAt],
            ['pointerleave', pointAt],
          ]
    stage.classList.toggle('psilab-cursor-stage', frameAt !== undefined)
    for (const [type, listener] of listeners) stage.addEventListener(type, listener as EventListener)
    this.#endings.push(() => {
      for (const [type, listener] of listeners) stage.removeEventListener(type, listener as EventListener)
    })
  }
}

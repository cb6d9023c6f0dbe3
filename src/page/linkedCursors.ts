/**
 * The cursors of a figure, shared with the other figures of its problem: where they stand, and where they are moved.
 */
import type { Body } from './body.js'
import { CursorLines } from './cursorLines.js'
import { cursors } from './hub/cursors.js'
import type { Player } from './player.js'

export interface LinkedFigure {
  readonly body: () => Body
  readonly player: () => Player | undefined
  /** Called after the reader has moved the cursor of the figure's frames. */
  readonly moved: (player: Player) => void
}

export class LinkedCursors {
  readonly #figure: LinkedFigure
  /** The problem whose cursors are shared: while sliders of the figure vary its problem, that of the one that was given. */
  #problem: string | undefined
  #watched: string | undefined
  #unwatch: () => void = () => {}
  #lines: CursorLines | undefined
  #isLinked = true

  constructor(figure: LinkedFigure, problem: string | undefined) {
    this.#figure = figure
    this.#problem = problem
  }

  /** Whether there is anything to share. */
  get isShared(): boolean {
    return this.#problem !== undefined
  }

  get isLinked(): boolean {
    return this.#isLinked
  }

  /** The figure is one of another problem now. */
  move(problem: string | undefined): void {
    this.#problem = problem
    if (this.#watched !== undefined) this.#watch()
  }

  /** The figure's first body is drawn: lines on it follow the cursors from now on. */
  follow(): void {
    this.#lines ??= this.#linesOn(this.#figure.body())
    this.#watch()
  }

  /** Another body stands in the place of the one before. */
  followAnew(): void {
    this.#lines?.dispose()
    this.#lines = this.#linesOn(this.#figure.body())
  }

  draw(): void {
    this.#lines?.draw()
  }

  toggle(): void {
    if (this.#problem === undefined) return
    this.#isLinked = !this.#isLinked
    if (this.#isLinked) this.#takeUp(this.#problem)
    else this.#lines?.clear()
  }

  /** Other figures follow to a frame of this one. */
  lead(frame: number): void {
    const problem = this.#problem
    const { run } = this.#figure.body()
    if (problem !== undefined && run && this.#isLinked)
      cursors.move(problem, run.symbol, run.value(frame), this)
  }

  dispose(): void {
    this.#unwatch()
    this.#lines?.dispose()
  }

  #watch(): void {
    const problem = this.#problem
    if (problem === undefined || this.#watched === problem) return
    this.#unwatch()
    this.#watched = problem
    this.#unwatch = cursors.watch(problem, (axis, value, mover) => {
      if (mover !== this) this.#take(axis, value)
    })
    this.#takeUp(problem)
  }

  #takeUp(problem: string): void {
    for (const [axis, value] of cursors.values(problem)) this.#take(axis, value)
  }

  /** A cursor of the problem stands at a number, or has been taken away. */
  #take(axis: string, value: number | undefined): void {
    if (!this.#isLinked) return
    const { run } = this.#figure.body()
    if (run && axis === run.symbol && value !== undefined) this.#figure.player()?.follow(run.frameAt(value))
    else this.#lines?.set(axis, value)
  }

  /** The pointer is at a number of an axis of this figure, or has left it. */
  #point(axis: string, value: number | undefined): void {
    const problem = this.#problem
    if (problem === undefined || !this.#isLinked || cursors.followers(problem) < 2) return
    this.#lines?.set(axis, value)
    cursors.move(problem, axis, value, this)
  }

  #linesOn(body: Body): CursorLines {
    return new CursorLines(body, {
      point: (axis, value) => this.#point(axis, value),
      drag: (frame) => {
        const player = this.#figure.player()
        if (!player) return
        player.follow(frame)
        this.lead(frame)
        this.#figure.moved(player)
      },
    })
  }
}

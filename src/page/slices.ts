/**
 * The sliders below the sections of ψ in space: each moves one of the three planes.
 */
import { type ControlRecord, plainTex, sliceOf, volumeAxes, type WaveFigure } from '../figure/index.js'
import { Controls, type Values } from './controls/index.js'

/** Significant digits of a coordinate in words. */
const DIGITS = 4

export class Slices {
  readonly #controls: Controls
  readonly #looked: (point: readonly number[] | undefined, words: string) => Promise<void>
  /** Names of the axes and their ends: what a figure in the place of this one has to have, too. */
  readonly #axes: string
  readonly #names: readonly string[]
  #figure: WaveFigure
  #frame: number
  /** The reader's point; undefined while the sections are where the figure has them. */
  #point: readonly number[] | undefined
  #isPainting = false
  #isWaiting = false

  /** @param looked shows the sections through a point, or through that of the figure; resolves once they are painted */
  constructor(
    figure: WaveFigure,
    frame: number,
    looked: (point: readonly number[] | undefined, words: string) => Promise<void>,
  ) {
    const axes = volumeAxes(figure)
    this.#figure = figure
    this.#frame = frame
    this.#looked = looked
    this.#axes = axesOf(figure)
    this.#names = axes.map(({ name }) => plainTex(name))
    const records = axes.map(
      ({ name, domain: [lower, upper] }): ControlRecord => ({
        name,
        label: name,
        lower,
        upper,
        value: lower,
        scale: 'linear',
      }),
    )
    this.#controls = new Controls(records, this.#own(), (values) => this.#change(values), {
      title: 'Sections',
      back: 'As at first',
    })
  }

  get node(): HTMLElement {
    return this.#controls.node
  }

  /** Another frame, or another figure. @returns false where its axes need other sliders */
  show(figure: WaveFigure, frame: number): boolean {
    if (figure !== this.#figure && axesOf(figure) !== this.#axes) return false
    this.#figure = figure
    this.#frame = frame
    if (!this.#point) {
      const own = this.#own()
      const { values } = this.#controls
      if (Object.keys(own).some((name) => own[name] !== values[name])) this.#controls.follow(own)
    }
    return true
  }

  dispose(): void {
    this.#controls.dispose()
    this.node.remove()
  }

  /** Where the figure itself has its sections. */
  #own(): Values {
    const point = sliceOf(this.#figure, { frame: this.#frame })
    return Object.fromEntries(volumeAxes(this.#figure).map(({ name }, d) => [name, point[d]!]))
  }

  #change(values: Values): void {
    const own = this.#own()
    const names = Object.keys(own)
    this.#point = names.every((name) => own[name] === values[name])
      ? undefined
      : names.map((name) => values[name]!)
    this.#isWaiting = true
    if (!this.#isPainting) void this.#paint()
  }

  /** One after another, the latest. */
  async #paint(): Promise<void> {
    this.#isPainting = true
    try {
      while (this.#isWaiting) {
        this.#isWaiting = false
        const point = this.#point ?? Object.values(this.#own())
        const places = point.map((at, d) => `${this.#names[d]} = ${written(at)}`)
        await this.#looked(this.#point, `Sections at ${places.join(', ')}.`)
      }
    } finally {
      this.#isPainting = false
    }
  }
}

const axesOf = (figure: WaveFigure): string =>
  JSON.stringify(volumeAxes(figure).map(({ name, domain }) => [name, domain]))

const written = (value: number): string => String(Number(value.toPrecision(DIGITS))).replace('-', '−')

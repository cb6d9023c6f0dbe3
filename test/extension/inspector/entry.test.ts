import { describe, expect, it } from 'vitest'
import { numbersOf, totalOf } from '../../../extension/src/inspector/entry.js'
import type { LiveFigure } from '../../../src/page/index.js'

const figure = (of: Partial<LiveFigure>): LiveFigure => ({
  title: 'Wave function',
  source: 'page',
  node: {} as HTMLElement,
  rate: 0,
  drops: 0,
  paused: false,
  pause: () => {},
  resume: () => {},
  ...of,
})

describe('the inspector', () => {
  it('says of a figure what is painted in a second, what was dropped, and that it rests', () => {
    expect(numbersOf(figure({ rate: 29.7 }))).toBe('30 frames/s')
    expect(numbersOf(figure({ rate: 12, drops: 3 }))).toBe('12 frames/s, 3 dropped')
    expect(numbersOf(figure({ rate: 12, drops: 3, paused: true }))).toBe('paused, 3 dropped')
  })

  it('adds up what moves', () => {
    expect(totalOf([figure({ rate: 20 })])).toBe('1 live figure: 20 frames/s')
    expect(totalOf([figure({ rate: 20 }), figure({ rate: 9 }), figure({ rate: 5, paused: true })])).toBe(
      '3 live figures, 1 paused: 29 frames/s',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { mimeBundle } from '../../../src/figure/display.js'
import { FIGURE_MIME, type saved, validateFigure } from '../../../src/figure/index.js'
import * as samples from './samples.js'

/** Most characters of an output as a notebook keeps it, payload, picture and text: in one dimension, and in two. */
const [LINE, PLANE] = [60_000, 200_000]

const { problem, eigenstates, derivation, field, landscape, thermodynamics, wave, space, ...rest } =
  samples.allSamples()
const LINES = {
  problem,
  eigenstates,
  derivation,
  'real time': rest['real time'],
  'imaginary time': rest['imaginary time'],
}

const sizeOf = async (figure: Parameters<typeof saved>[0]): Promise<number> => {
  const bundle = await mimeBundle(figure, '')
  validateFigure(JSON.parse(JSON.stringify(bundle[FIGURE_MIME])))
  return JSON.stringify(bundle).length
}

describe('an output in a notebook', () => {
  it.each(Object.entries(LINES))('of one dimension is at most 60 KB: %s', async (_, figure) => {
    expect(await sizeOf(figure!)).toBeLessThanOrEqual(LINE)
  })

  it.each(Object.entries({ field, landscape, thermodynamics, wave, space }))(
    'of two dimensions, or of several charts, is at most 200 KB: %s',
    async (_, figure) => {
      expect(await sizeOf(figure!)).toBeLessThanOrEqual(PLANE)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { readFigureFile } from '../../../extension/src/documents/read.js'
import { FIGURE_MIME } from '../../../src/figure/index.js'

describe('a file of a figure', () => {
  it('holds the payload, or the forms of an output with the payload among them', () => {
    expect(readFigureFile('{"version":1,"kind":"problem"}')).toEqual({
      payload: { version: 1, kind: 'problem' },
    })
    expect(readFigureFile(JSON.stringify({ [FIGURE_MIME]: { kind: 'x' }, 'image/png': 'AAAA' }))).toEqual({
      payload: { kind: 'x' },
      png: 'AAAA',
    })
  })

  it.each([
    ['', /empty/],
    ['{"version"', /cannot be read as JSON/],
    ['[1, 2]', /no ψlab figure: a figure is an object/],
    ['null', /no ψlab figure: a figure is an object/],
    ['{"a": 1}', /no ψlab figure: a figure says its version and its kind/],
  ])('or a sentence says that it is none: %s', (text, sentence) => {
    expect(() => readFigureFile(text)).toThrow(sentence)
  })
})

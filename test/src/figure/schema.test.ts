import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attach,
  detach,
  type Figure,
  figureSchema,
  saved,
  validateFigure,
} from '../../../src/figure/index.js'
import * as samples from './samples.js'

const valid = new Ajv2020({ strict: true, strictTypes: false }).compile(figureSchema())

const ALL = samples.allSamples()

const jsonOf = (figure: Figure): unknown => JSON.parse(JSON.stringify(figure))

describe.each(Object.entries(ALL))('the %s figure', (_, figure) => {
  it('is what the JSON Schema says, as it is and as it is saved', () => {
    valid(jsonOf(saved(figure)))
    expect(valid.errors).toBeNull()
    expect(valid(jsonOf(figure))).toBe(true)
  })
})

describe('the JSON Schema', () => {
  it('covers every kind that is drawn', () => {
    const { $defs } = figureSchema() as {
      $defs: Record<string, { properties?: { kind?: { const: string } } }>
    }
    const kinds = Object.values($defs).flatMap(({ properties }) => properties?.kind?.const ?? [])
    expect(new Set(kinds)).toEqual(new Set([...kinds, ...Object.values(ALL).map(({ kind }) => kind)]))
  })

  it.each([
    ['another version', { version: 2 }],
    ['an unknown kind', { kind: 'hologram' }],
    ['an unknown field', { script: 'alert(1)' }],
    ['a title that is no text', { title: 1 }],
    ['a missing array', { x: undefined }],
    ['an array of other axes', { x: samples.evolutionSample(0).magnitude }],
  ])('refuses %s, as the check does', (_, change) => {
    const payload = JSON.parse(JSON.stringify({ ...ALL['evolution'], ...change }))
    expect(valid(payload)).toBe(false)
    expect(() => validateFigure(payload)).toThrow()
  })

  it('lets pass whatever the check lets pass', () => {
    const evolution = jsonOf(samples.evolutionSample(0, 4)) as Record<string, unknown>
    const others = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(evolution)))
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(evolution), 'live', 'view', 'seed'),
        others,
        (key, value) => {
          const payload = { ...evolution, [key]: value }
          try {
            validateFigure(payload)
          } catch {
            return
          }
          expect(valid(payload)).toBe(true)
        },
      ),
    )
  })
})

describe('what is asked of a figure besides its problem', () => {
  const evolution = samples.evolutionSample(0, 4)
  const control = { name: 'D', label: 'D', lower: 0.01, upper: 1, value: 0.1, scale: 'log' }
  const initial = { form: 'packet', center: [-1], sigma: [0.2], momentum: [4] }
  const live = { computation: 'evolution', controls: [control], initial, until: 8, frames: 4, angle: 0 }
  const alive = { ...evolution, live, view: { frame: 2 } }

  it('passes, and survives a wire', () => {
    const seen = { ...evolution, view: { frame: 2, values: { D: 0.2 }, map: 'safe' } } as Figure
    expect(validateFigure(seen)).toBe(seen)
    expect(valid(jsonOf(seen))).toBe(true)
    const { figure, buffers } = detach(seen)
    expect(jsonOf(attach(figure, buffers))).toEqual(jsonOf(seen))
  })

  it.each([
    ['whose ends are one', { lower: 1 }, /controls\[0\]\.upper must be above 1/],
    ['that begins outside', { value: 7 }, /controls\[0\]\.value must be from 0\.01 to 1; got 7/],
    ['that is logarithmic through 0', { lower: 0 }, /lower must be above 0 on a logarithmic scale/],
  ])('refuses a slider %s', (_, change, sentence) => {
    const other = { ...alive, live: { ...live, controls: [{ ...control, ...change }] } }
    expect(() => validateFigure(other)).toThrow(sentence)
  })

  it('refuses a computation that nobody knows', () => {
    expect(() => validateFigure({ ...alive, live: { ...live, computation: 'weather' } })).toThrow(
      /live\.computation must be one of/,
    )
  })
})

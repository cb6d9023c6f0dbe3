import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import {
  type Figure,
  FigureError,
  isChart,
  isChartPanel,
  isPanelled,
  type PackedArray,
  panelSpec,
  panelsOf,
  saved,
  toVegaLite,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import { allSamples } from './samples.js'

type Json = Record<string, unknown>

const PAYLOADS = Object.values(allSamples()).flatMap((figure) =>
  [figure, saved(figure)].map((each) => JSON.parse(JSON.stringify(each)) as Json),
)

/** The places of a payload: keys from the top down. */
function placesIn(value: unknown, above: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...above]]
  const below = Object.entries(value).flatMap(([key, each]) => placesIn(each, [...above, key]))
  return above.length > 0 ? [[...above], ...below] : below
}

/** A copy with another value at a place; undefined takes it away. */
function changed(value: unknown, [key, ...below]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Json) }) as Json
  copy[key] = changed((value as Json)[key], below, other)
  return copy
}

const places = PAYLOADS.map((payload) => placesIn(payload))

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue() },
  fc.constantFrom<unknown>(
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1,
    0,
    0.5,
    2 ** 31,
    1e300,
    5e-324,
    '',
    '__proto__',
    '<script>alert(1)</script>',
    '\\href{javascript:alert(1)}{x}',
    'A'.repeat(100_000),
    JSON.parse('{"__proto__": {"polluted": true}}'),
    { constructor: { prototype: {} } },
    { toString: 1, valueOf: 2, length: 1e9 },
    Array(1_000_000).fill({}),
    [2 ** 20, 2 ** 20],
    'float64',
    'deflate',
    [0, 1, 2, 3],
    Buffer.from(deflateSync(new Uint8Array(4e6))).toString('base64'),
  ),
)

const mutated = fc.nat(PAYLOADS.length - 1).chain((k) =>
  fc.array(fc.tuple(fc.nat(places[k]!.length - 1), hostile), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((payload, [place, other]) => {
      try {
        return changed(payload, places[k]![place]!, other)
      } catch {
        return payload
      }
    }, PAYLOADS[k]),
  ),
)

function arraysIn(value: unknown): PackedArray[] {
  if (typeof value !== 'object' || value === null) return []
  return 'dtype' in value && 'shape' in value
    ? [value as PackedArray]
    : Object.values(value).flatMap(arraysIn)
}

/** All that the page does with a payload before it paints. */
function use(payload: unknown): void {
  const figure = validateFigure(payload)
  for (const array of arraysIn(figure)) unpack(array)
  specsOf(figure)
}

function specsOf(figure: Figure): unknown[] {
  if (isChart(figure)) return [toVegaLite(figure)]
  if (!isPanelled(figure)) return []
  const { panels, cursor } = panelsOf(figure)
  return panels.filter(isChartPanel).map((panel) => panelSpec(panel, {}, cursor))
}

/** Longest time for a payload in ms; it is taken again where the machine was busy. */
const LONGEST = 100

function timeOf(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

describe('a hostile payload', () => {
  it('is drawn or refused in a sentence, at once', () => {
    fc.assert(
      fc.property(mutated, (payload) => {
        const run = (): void => {
          try {
            use(payload)
          } catch (error) {
            if (!(error instanceof FigureError)) throw error
            expect(error.message).toMatch(/^.{10,400}\.$/s)
          }
        }
        if (timeOf(run) > LONGEST) expect(Math.min(timeOf(run), timeOf(run))).toBeLessThan(LONGEST)
        expect(({} as Json)['polluted']).toBeUndefined()
      }),
      { numRuns: 600 },
    )
  })
})

/** What is left out of Vega in pages is used by no figure. */
import { parse, transforms } from 'vega'
import { describe, expect, it } from 'vitest'
import {
  isChart,
  isChartPanel,
  isPanelled,
  panelSpec,
  panelsOf,
  toVega,
  toVegaLite,
} from '../../src/figure/index.js'
import * as encode from '../../tools/slim/encode.mjs'
import * as rows from '../../tools/slim/transforms.mjs'
import { allSamples } from '../src/figure/samples.js'

const picture = () => 'data:image/png;base64,'

const specs = Object.entries(allSamples()).flatMap(([name, figure]) => {
  const view = { width: 480, picture }
  if (isChart(figure)) return [[name, toVegaLite(figure, view)] as const]
  if (!isPanelled(figure)) return []
  return panelsOf(figure)
    .panels.filter(isChartPanel)
    .map((panel, k) => [`${name} ${k}`, panelSpec(panel, view)] as const)
})

/** Names of operators as the dataflow's parser registers them: those of Vega's transforms among them. */
function operators(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  const { type } = value as { type?: unknown }
  if (typeof type === 'string' && type in transforms) found.add(type)
  for (const each of Object.values(value)) operators(each, found)
  return found
}

/** The package that pages have whole; it has no types. */
const MARKS: string = 'vega-view-transforms'

const present = new Set([rows, encode, (await import(MARKS)) as object].flatMap(Object.keys))

describe('Vega in pages', () => {
  it('has less than half of the transforms of the whole of Vega', () => {
    for (const name of present) expect(transforms).toHaveProperty(name)
    expect(present.size).toBeLessThan(Object.keys(transforms).length / 2)
  })

  it.each(specs)('has every transform of %s', (_, spec) => {
    const used = operators(parse(toVega(spec, 'image'), undefined, { ast: true }))
    expect(used.size).toBeGreaterThan(3)
    expect([...used].filter((name) => !present.has(name))).toEqual([])
  })
})

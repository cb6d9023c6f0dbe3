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
import { UNUSED_TRANSFORMS } from '../../tools/slim/vega.mjs'
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

const absent = new Set(
  (await Promise.all(UNUSED_TRANSFORMS.map((name) => import(name) as Promise<object>))).flatMap(Object.keys),
)

describe('Vega in pages', () => {
  it('lacks transforms that the whole of Vega has', () => {
    expect(absent.size).toBeGreaterThan(10)
    for (const name of absent) expect(transforms).toHaveProperty(name)
  })

  it.each(specs)('has every transform of %s', (_, spec) => {
    const used = operators(parse(toVega(spec, 'image'), undefined, { ast: true }))
    expect(used.size).toBeGreaterThan(3)
    expect([...used].filter((name) => absent.has(name))).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import * as vega from 'vega'
import type { compile as Compile, TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import { type Figure, plainChart } from '../../../src/figure/index.js'
import * as samples from './samples.js'

/** The compiler of vega-lite 5, whose file asks for vega by a call that cannot load today's. */
function vegaLite5(): typeof Compile {
  const file = createRequire(import.meta.url).resolve('vega-lite-5')
  const exports: { compile?: typeof Compile; version?: string } = {}
  compileFunction(readFileSync(file, 'utf8'), ['exports', 'module', 'require'])(
    exports,
    { exports },
    () => vega,
  )
  expect(exports.version).toMatch(/^5\./)
  return exports.compile!
}

const compile = vegaLite5()

/** Longest document, in characters: what a saved figure has room for. */
const LONGEST = 40_000

const { problem, field, landscape, derivation, thermodynamics, ...rest } = samples.allSamples()

const PLAIN: Record<string, Figure> = { problem: problem!, thermodynamics: thermodynamics! }

async function drawn(figure: Figure): Promise<string> {
  const { spec } = compile(plainChart(figure) as unknown as TopLevelSpec)
  const view = new vega.View(vega.parse(spec), { renderer: 'none' })
  const svg = await view.toSVG()
  view.finalize()
  return svg
}

describe.each(Object.entries(PLAIN))('the %s figure in vega-lite 5', (_, figure) => {
  it('is plain data of bounded length that loads nothing', () => {
    const document = plainChart(figure)!
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(LONGEST)
    expect(JSON.stringify(document)).not.toMatch(/"(url|href)":/)
    expect(document['description']).toBe(figure.alt)
  })

  it('is compiled without a warning, and drawn', async () => {
    const warnings: unknown[] = []
    const note = (...words: unknown[]): typeof logger => {
      warnings.push(...words)
      return logger
    }
    const quiet = (): typeof logger => logger
    const logger: vega.LoggerInterface = {
      level: quiet as never,
      error: note,
      warn: note,
      info: quiet,
      debug: quiet,
    }
    compile(plainChart(figure) as unknown as TopLevelSpec, { logger })
    expect(warnings).toEqual([])
    expect(await drawn(figure)).toMatch(/<path[^>]+d="M[^"]{200,}"/)
  })
})

it('a curve of the document goes where the figure’s does', () => {
  const document = plainChart(thermodynamics!)!
  const datasets = document['datasets'] as Record<string, string>
  const [, first] = datasets['1 series 0']!.split('\n')
  // U at the lowest temperature is the ground state's energy, to the six digits that are written.
  const [T, U] = first!.split(',').map(Number)
  expect(T).toBeCloseTo(0.01, 6)
  expect(U).toBeCloseTo(samples.energies[0]!, 5)
})

it.each(Object.entries({ field, landscape, derivation, ...rest }))(
  'what moves, is painted, has a table or is too long has no such document: %s',
  (_, figure) => {
    expect(plainChart(figure!)).toBeUndefined()
  },
)

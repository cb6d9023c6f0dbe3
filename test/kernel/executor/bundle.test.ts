import { Complex } from 'complex.js'
import fc from 'fast-check'
import { Fraction } from 'fraction.js'
import { complex, matrix, parse, unit } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { toBundle } from '../../../kernel/src/executor/bundle.ts'

const text = (value: unknown): string => String((toBundle(value) as Record<string, unknown>)['text/plain'])
const html = (value: unknown): string | undefined =>
  (toBundle(value) as Record<string, unknown>)['text/html'] as string | undefined

/** Rows and columns of an HTML table, without its style. */
const cells = (markup: string): string[][] =>
  [...markup.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!),
  )

describe('tables', () => {
  it('show records, with a column for every key and a place left free where a record lacks one', () => {
    const rows = [
      { n: 0, E: 0.5 },
      { n: 1, E: 1.5, note: 'x' },
    ]
    expect(cells(html(rows)!)).toEqual([
      ['n', 'E', 'note'],
      ['0', '0.5', ''],
      ['1', '1.5', 'x'],
    ])
    expect(text(rows)).toBe("[ { n: 0, E: 0.5 }, { n: 1, E: 1.5, note: 'x' } ]")
  })

  it('show maps of records by their keys, and columns of one length', () => {
    expect(cells(html(new Map([['a', { x: 1 }]]))!)).toEqual([
      ['', 'x'],
      ['a', '1'],
    ])
    expect(cells(html({ t: Float64Array.of(0, 1, 2), x: [3, 4, 5] })!)).toEqual([
      ['t', 'x'],
      ['0', '3'],
      ['1', '4'],
      ['2', '5'],
    ])
  })

  it('align numbers right and words left, and escape what is markup', () => {
    const markup = html([{ n: 1, word: '<img src=x onerror=alert(1)>' }])!
    expect(markup).not.toContain('<img')
    expect(markup).toContain('<td style="text-align: right">1</td><td style="text-align: left">&#60;img')
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, word) => {
        const shown = html([{ [key]: word, one: 1 }])!
        expect(
          shown.replace(/<\/?(table|thead|tbody|tr|th|td|i)( (class|style)="[\w :-]*")?>/g, ''),
        ).not.toMatch(/[<>]/)
      }),
    )
  })

  it('say how many rows and columns they leave out', () => {
    const long = html(Array.from({ length: 10_020 }, (_, i) => ({ i })))!
    expect(cells(long)).toHaveLength(21)
    expect(long).toContain('… 10 000 more rows')
    const wide = html([Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`c${i}`, i]))])!
    expect(wide).toContain('… 1 more column<')
  })

  it('are not made of what is none', () => {
    for (const value of [
      [],
      [{}],
      [1, 2],
      [{ a: { b: 1 } }],
      { lower: [0, 0], upper: [1, 1] },
      { a: 1 },
      [[1], [2]],
    ]) {
      expect(html(value)).toBeUndefined()
    }
  })
})

describe('numbers', () => {
  it('of a long typed array are told by ends, extremes, mean and norm', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => i - 50)
    // Σk² from −50 to 49 is 49·50·99/6 + 50·51·101/6 = 83350.
    expect(text(values)).toBe(
      'Float64Array(100) [ -50, -49, -48, -47, …, 46, 47, 48, 49 ]\nmin -50, max 49, mean -0.5, norm 288.704',
    )
    values[3] = Number.NaN
    values[4] = Number.NEGATIVE_INFINITY
    expect(text(values)).toContain(', 1 NaN, 1 infinite')
    expect(text(Float64Array.of(1, 2))).toBe('Float64Array(2) [ 1, 2 ]')
  })

  it('of a matrix stand in aligned columns, and only the corners of a large one', () => {
    expect(text([[1, -2.5], Float64Array.of(10, 3)])).toBe('[ [  1, -2.5 ],\n  [ 10,    3 ] ]')
    const lines = text(
      Array.from({ length: 1000 }, (_, i) => Array.from({ length: 50 }, (_, j) => i + j)),
    ).split('\n')
    expect(lines[0]).toBe('1000 × 50 matrix')
    expect(lines).toHaveLength(12)
    expect(new Set(lines.slice(1, 6).map((line) => line.length)).size).toBe(1)
  })

  it('of packages print as one writes them, alone and inside of other values', () => {
    expect(text(new Complex(1, -2))).toBe('1 - 2i')
    expect(text({ z: [new Complex(0, 1)] })).toBe('{ z: [ i ] }')
    expect(text(new Fraction(1, 3))).toBe('1/3')
    expect(text(unit('5 cm'))).toBe('5 cm')
    expect(text(matrix([[complex(1, 2), 1] as never, [3, 4]]))).toBe('[ [ 1 + 2i, 1 ],\n  [      3, 4 ] ]')
    expect(toBundle(parse('x^2/2'))).toEqual({
      'text/latex': '$\\displaystyle \\frac{{ x}^{2}}{2}$',
      'text/plain': 'x ^ 2 / 2',
    })
  })
})

describe('other values', () => {
  it('say what to do with them', () => {
    expect(text(new Promise(() => undefined))).toMatch(/^Promise \{ <pending> \}\n.*await/)
    expect(text((async function* () {})())).toContain('for await')
    expect(text((x: number) => x + 1)).toBe('[Function (anonymous)]\n(x) => x + 1')
  })

  it('that are images or specifications are drawn', () => {
    const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
    expect(toBundle(png)).toMatchObject({ 'image/png': png.toString('base64') })
    const spec = {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      data: { values: Float64Array.of(1) },
    }
    expect(toBundle(spec)).toMatchObject({
      'application/vnd.vegalite.v5+json': { $schema: spec.$schema, data: { values: [1] } },
    })
  })

  it('are bounded in size and time, however large, deep or hostile', () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]))
    let deep: object = {}
    for (let i = 0; i < 100_000; i++) deep = { deep }
    const hundred = Array.from({ length: 100 }, (_, i) => ({ i, s: 'x'.repeat(1000) }))
    const cyclic: Record<string, unknown> = { many }
    cyclic.self = cyclic
    const fails = (): never => {
      throw new Error('hostile')
    }
    const handler = new Proxy({}, { get: () => fails })
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const answersAll: unknown = new Proxy(() => undefined, { get: (_target, _name, self) => self })
    const values = [
      many,
      deep,
      cyclic,
      Array.from({ length: 100 }, () => hundred),
      'x'.repeat(1e6),
      'line\n'.repeat(1e5),
      new Proxy({}, handler),
      revoked.proxy,
      answersAll,
      Object.defineProperty({}, 'x', { get: fails, enumerable: true }),
      { [Symbol.for('nodejs.util.inspect.custom')]: fails },
      { [Symbol.for('Jupyter.display')]: fails },
      Object.defineProperty({}, 'constructor', { get: fails }),
      Object.assign([], { length: 1e9 }),
      new Map(Array.from({ length: 1e5 }, (_, i) => [i, i])),
    ]
    for (const value of values) {
      const shown = toBundle(value) as Record<string, unknown>
      expect(typeof shown['text/plain']).toBe('string')
      expect(JSON.stringify(shown).length).toBeLessThan(200_000)
    }
    expect(text(many)).toContain('… 49900 more properties')
  })
})

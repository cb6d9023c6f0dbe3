import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortHash } from '../../../src/figure/index.js'
import { provenance } from '../../../src/figure/provenance.js'
import { record } from './samples.js'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16)

it('a short hash is the head of the SHA-256 of canonical JSON', () => {
  expect(shortHash('ζ')).toBe(sha256('"ζ"'))
  expect(shortHash({ b: [1, null, true], a: { é: 'x', c: -0 } })).toBe(
    sha256('{"a":{"c":0,"é":"x"},"b":[1,null,true]}'),
  )
  expect(shortHash([1e21, 1e-7, 0.1 + 0.2, 333333333.33333329])).toBe(
    // The numbers of RFC 8785, section 3.2.2.
    sha256('[1e+21,1e-7,0.30000000000000004,333333333.3333333]'),
  )
})

it('a short hash is that of the value, whatever the order of its keys', () => {
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(reversed)
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, reversed(each)]),
          )
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(shortHash(reversed(value))).toBe(shortHash(value))
      expect(shortHash(JSON.parse(JSON.stringify(value)))).toBe(shortHash(value))
    }),
  )
})

it('figures of one problem share its hash, however their grids were chosen', () => {
  const [axis] = record.grid
  const hash = provenance(record).problem
  expect(hash).toMatch(/^[0-9a-f]{16}$/)
  expect(provenance({ ...record, grid: [{ ...axis!, points: 99, upper: 7 }] }).problem).toBe(hash)
  expect(provenance({ ...record, tex: 'another way to write it' }, 7)).toMatchObject({
    problem: hash,
    seed: 7,
  })
})

it.each([
  ['ζ', { ...record, objective: '(x^2 - 1)^2 - 0.2*x' }],
  ['D', { ...record, D: 0.2 }],
  ['a constant', { ...record, parameters: { a: 1 } }],
  ['a coordinate', { ...record, grid: [{ ...record.grid[0]!, name: 'y' }] }],
  ['a given box', { ...record, grid: [{ ...record.grid[0]!, given: true as const }] }],
])('another %s is another problem', (_, other) => {
  expect(provenance(other).problem).not.toBe(provenance(record).problem)
})

it('without a problem there is no hash', () => {
  expect(provenance(undefined, 3)).toEqual({ psilab: expect.any(String), seed: 3 })
})

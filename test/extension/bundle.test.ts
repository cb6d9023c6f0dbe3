/**
 * What the browser is sent. These tests read what `npm run build -w extension` wrote.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const home = path.resolve(import.meta.dirname, '../../extension')
const read = (...place: string[]): string => readFileSync(path.join(home, ...place), 'utf8')

const sources = readdirSync(path.join(home, 'src'), { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: read('src', name) }))
const chunks = readdirSync(path.join(home, 'labextension/static'))
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, text: read('labextension/static', name) }))

/** Kilobytes that the chunks take on the wire. */
const weight = (list: typeof chunks): number =>
  list.reduce((sum, { text }) => sum + gzipSync(text).length, 0) / 1024

/** Vega, vega-lite and what only they need. */
const isVega = ({ text }: (typeof chunks)[number]): boolean => /vega/i.test(text) && text.length > 200_000

/** What is loaded with the first derivation. */
const isDerivation = ({ text }: (typeof chunks)[number]): boolean => text.includes('"psilab-step"')

/** What is loaded with the first figure of panels. */
const isPanels = ({ text }: (typeof chunks)[number]): boolean => text.includes('"psilab-panel-grid"')

describe('the bundle', () => {
  it('weighs at most 400 KB gzipped', () => {
    expect(weight(chunks)).toBeLessThan(400)
  })

  it('weighs at most 30 KB gzipped before the first figure: the chunks that are ψlab’s own', () => {
    const own = chunks.filter(
      (chunk) =>
        chunk.name.startsWith('remoteEntry') ||
        (chunk.text.includes('psilab-') && !isDerivation(chunk) && !isPanels(chunk)),
    )
    expect(own.length).toBeGreaterThan(1)
    expect(own.some(isVega)).toBe(false)
    expect(weight(own)).toBeLessThan(30)
  })

  it('loads the steps of derivations lazily, in at most 12 KB gzipped', () => {
    const derivation = chunks.filter(isDerivation)
    expect(derivation).toHaveLength(1)
    expect(derivation[0]!.text).not.toContain('psilab-player')
    expect(weight(derivation)).toBeLessThan(12)
  })

  it('loads panels lazily, in at most 6 KB gzipped', () => {
    const panels = chunks.filter(isPanels)
    expect(panels).toHaveLength(1)
    expect(weight(panels)).toBeLessThan(6)
  })

  it('holds nothing that is for Node, and no symbolic algebra', () => {
    for (const { name, text } of chunks) {
      expect(text.includes('node:fs'), name).toBe(false)
      expect(/resvg|mathjax-full|DejaVuSans\.ttf/.test(text), name).toBe(false)
      expect(text.includes('mathjs'), name).toBe(false)
    }
  })

  it('is loaded by a file that exists', () => {
    const { jupyterlab } = JSON.parse(read('labextension/package.json')) as {
      jupyterlab: { _build: { load: string } }
    }
    expect(read('labextension', jupyterlab._build.load)).toContain('@psilab/jupyterlab')
  })
})

describe('the sources', () => {
  it('import of ψlab the figures only', () => {
    for (const { name, text } of sources) {
      for (const [, from] of text.matchAll(/from '([^']+)'/g)) {
        const place = from!.startsWith('.') ? `./${path.posix.join(path.posix.dirname(name), from!)}` : from
        expect(place, name).toMatch(/^(\.\/(?!\.\.)|psilab\/figure$|@jupyterlab\/|@lumino\/|vega)/)
      }
    }
  })

  it('load vega lazily: only vega.ts names it, and it is imported dynamically', () => {
    const naming = sources.filter(({ text }) => /from 'vega/.test(text)).map(({ name }) => name)
    expect(naming).toEqual(['vega.ts'])
    const importing = sources.filter(({ text }) => /^import (?!type).*'\.\/vega\.js'/m.test(text))
    expect(importing).toEqual([])
  })

  it('make no HTML from data', () => {
    for (const { name, text } of sources) {
      expect(text, name).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|new Function|eval\(/,
      )
    }
  })
})

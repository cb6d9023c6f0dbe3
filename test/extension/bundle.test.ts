/**
 * What the browser is sent. These tests read what `npm run build -w extension` wrote.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const home = path.resolve(import.meta.dirname, '../../extension')
const read = (...place: string[]): string => readFileSync(path.join(home, ...place), 'utf8')

const chunks = readdirSync(path.join(home, 'labextension/static'))
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, text: read('labextension/static', name) }))

/** Kilobytes that the chunks take on the wire, as `npm run bench:render` counts them. */
const weight = (list: typeof chunks): number =>
  list.reduce((sum, { text }) => sum + gzipSync(text, { level: 9 }).length, 0) / 1000

/**
 * What only saved pages run: their beginning, and what stands around their figures. JupyterLab fetches it as text when
 * a page is saved, and puts it together with what it has loaded for figures of its own.
 */
const isOfPages = ({ name, text }: (typeof chunks)[number]): boolean =>
  name.startsWith('standalone.') || text.includes('"psilab-sheet"')

/** Vega and what only it needs. */
const isVega = ({ text }: (typeof chunks)[number]): boolean => /vega/i.test(text) && text.length > 200_000

/** What is loaded with the first derivation. */
const isDerivation = ({ text }: (typeof chunks)[number]): boolean => text.includes('"psilab-step"')

/** What is loaded with the first figure of panels. */
const isPanels = ({ text }: (typeof chunks)[number]): boolean => text.includes('"psilab-panel-grid"')

/** What is loaded with the first volume. */
const isVolume = ({ text }: (typeof chunks)[number]): boolean => text.includes('webgl2')

/** What is loaded with the first figure, with its first sliders and with the first table of its data. */
const isDrawing = ({ text }: (typeof chunks)[number]): boolean =>
  /"psilab-(player|controls-list|data)"/.test(text)

describe('the bundle', () => {
  it('weighs at most 400 KB gzipped', () => {
    expect(weight(chunks)).toBeLessThan(400)
  })

  it('has for saved pages what they need besides, in at most 10 KB gzipped', () => {
    const { scripts } = JSON.parse(read('labextension/static/standalone.json')) as { scripts: string[] }
    const names = scripts.map((script) => script.split('?')[0]!)
    expect(chunks.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    expect(names.at(-1)).toMatch(/^standalone\./)
    const pages = chunks.filter(isOfPages)
    expect(names).toEqual(expect.arrayContaining(pages.map(({ name }) => name)))
    expect(pages).toHaveLength(2)
    expect(weight(pages)).toBeLessThan(10)
  })

  it('weighs at most 30 KB gzipped before the first figure, and has no figure in it', () => {
    const entry = chunks.find(({ name }) => name.startsWith('remoteEntry'))!
    const asked = /"\.\/extension":\(\)=>(.*?)\.then/.exec(entry.text)![1]!
    const ids = [...asked.matchAll(/\.e\((\d+)\)/g)].map(([, id]) => id!)
    expect(ids.length).toBeGreaterThan(0)
    const before = [entry, ...chunks.filter(({ name }) => ids.includes(name.split('.')[0]!))]
    expect(before).toHaveLength(1 + ids.length)
    expect(before.some(isVega)).toBe(false)
    expect(before.some(({ text }) => text.includes('psilab-player'))).toBe(false)
    expect(weight(before)).toBeLessThan(30)
  })

  it('loads what draws with the first figure, in at most 33 KB gzipped besides vega', () => {
    const drawing = chunks.filter(isDrawing)
    expect(drawing.length).toBeGreaterThan(2)
    expect(weight(drawing)).toBeLessThan(33)
  })

  it('loads the steps of derivations lazily, in at most 12 KB gzipped', () => {
    const derivation = chunks.filter(isDerivation)
    expect(derivation).toHaveLength(1)
    expect(derivation[0]!.text).not.toContain('psilab-player')
    expect(weight(derivation)).toBeLessThan(12)
  })

  it('loads panels lazily, in at most 12 KB gzipped', () => {
    const panels = chunks.filter(isPanels)
    expect(panels).toHaveLength(1)
    expect(weight(panels)).toBeLessThan(12)
  })

  it('loads volumes lazily, in at most 5 KB gzipped', () => {
    const volume = chunks.filter(isVolume)
    expect(volume).toHaveLength(1)
    expect(weight(volume)).toBeLessThan(5)
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

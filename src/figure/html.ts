/**
 * Figures as a page of their own, in Node.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { formulasOf } from './export/formulas.js'
import { figurePage, type PageTemplate } from './export/html.js'
import { type ExportOptions, sheetOf } from './export/options.js'
import type { Figure } from './payload.js'
import { toPNG } from './png.js'
import { mathML } from './still/tex.js'

let template: Promise<PageTemplate> | undefined

/** The same bytes every time. Of the options only `theme` and `frame` change the page: it fits its window. */
export async function toHTML(figures: readonly Figure[], options: ExportOptions = {}): Promise<string> {
  const { frame } = sheetOf(options)
  template ??= readTemplate()
  const formulas = [...new Set(figures.flatMap(formulasOf))].map((tex) => [tex, mathML(tex)])
  const pictures: Uint8Array[] = []
  for (const figure of figures) pictures.push(await toPNG(figure, options))
  const shown = figures.map((figure) =>
    frame === undefined ? figure : { ...figure, view: { ...figure.view, frame } },
  )
  return figurePage(shown, { template: await template, formulas: Object.fromEntries(formulas), pictures })
}

async function readTemplate(): Promise<PageTemplate> {
  const file = createRequire(import.meta.url).resolve('psilab/page/standalone.json')
  return JSON.parse(await readFile(file, 'utf8')) as PageTemplate
}

/**
 * What the menu of a figure saves: the frame that is shown, at the values of its sliders. The numbers are all.
 */
import {
  cursorStops,
  derivationLatex,
  derivationMarkdown,
  type ExportOptions,
  type Figure,
  figureCsv,
  figureNpz,
  figurePage,
  frameCount,
  isChart,
  isPanelled,
  type PageTemplate,
  panelsOf,
  saved,
  type ThemeName,
} from '../../figure/index.js'
import { download, fileName } from './download.js'

/** A figure as it is shown. */
export interface Shown {
  readonly figure: Figure
  readonly frame: number
  readonly theme: ThemeName
}

/** The frame that is shown, of a figure that has several. */
function frameOf({ figure, frame }: Shown): { readonly frame?: number } {
  const cursor = isPanelled(figure) ? panelsOf(figure).cursor : undefined
  const count = isChart(figure) ? frameCount(figure) : cursor ? cursorStops(cursor) : 1
  return count > 1 ? { frame: Math.round(frame) } : {}
}

function optionsOf(shown: Shown, more: ExportOptions = {}): ExportOptions {
  return { theme: shown.theme, ...more, ...frameOf(shown) }
}

/** The figure as it is to open again: at the same frame. */
function asShown(shown: Shown): Figure {
  const view = { ...shown.figure.view, ...frameOf(shown) }
  return Object.keys(view).length > 0 ? { ...shown.figure, view } : shown.figure
}

export async function saveSvg(shown: Shown, more?: ExportOptions): Promise<void> {
  const { svgText } = await import('./picture.js')
  const text = await svgText(shown.figure, optionsOf(shown, more))
  download(fileName(shown.figure.title, 'svg'), text, 'image/svg+xml')
}

export async function savePng(shown: Shown, dpi: number): Promise<void> {
  const { pngBlob } = await import('./picture.js')
  download(
    fileName(shown.figure.title, 'png'),
    await pngBlob(shown.figure, optionsOf(shown, { dpi })),
    'image/png',
  )
}

export async function savePdf(shown: Shown): Promise<void> {
  const { pdfBytes } = await import('./picture.js')
  const bytes = await pdfBytes(shown.figure, optionsOf(shown, { theme: 'light', dpi: 300 }))
  download(fileName(shown.figure.title, 'pdf'), bytes, 'application/pdf')
}

/** @throws {Error} where the browser lets no page copy pictures */
export async function copyPng(shown: Shown): Promise<void> {
  const { pngBlob } = await import('./picture.js')
  const picture = pngBlob(shown.figure, optionsOf(shown, { dpi: 192 }))
  try {
    // Pages without a certificate have no clipboard.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
  } catch {
    await picture
    throw new Error('This page cannot copy: save the PNG as a file.')
  }
}

export function saveCsv({ figure }: Shown): void {
  download(fileName(figure.title, 'csv'), figureCsv(figure), 'text/csv')
}

export function saveNpz({ figure }: Shown): void {
  download(fileName(figure.title, 'npz'), figureNpz(figure) as BlobPart, 'application/octet-stream')
}

export function savePayload(shown: Shown): void {
  const text = `${JSON.stringify(saved(asShown(shown)))}\n`
  download(fileName(shown.figure.title, 'psilab.json'), text, 'application/json')
}

/** Formulas of the file are in plain characters: the browser has none of those that code writes. */
export async function saveHtml(shown: Shown, template: PageTemplate): Promise<void> {
  const { pngBlob } = await import('./picture.js')
  const picture = await pngBlob(shown.figure, optionsOf({ ...shown, theme: 'light' }))
  const html = figurePage([asShown(shown)], {
    template,
    formulas: {},
    pictures: [new Uint8Array(await picture.arrayBuffer())],
  })
  download(fileName(shown.figure.title, 'html'), html, 'text/html')
}

export function saveLatex({ figure }: Shown): void {
  if (figure.kind === 'derivation')
    download(fileName(figure.title, 'tex'), derivationLatex(figure), 'text/x-tex')
}

export function saveMarkdown({ figure }: Shown): void {
  if (figure.kind === 'derivation')
    download(fileName(figure.title, 'md'), derivationMarkdown(figure), 'text/markdown')
}

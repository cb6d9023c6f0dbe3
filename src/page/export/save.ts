/**
 * What the menu of a figure saves. A picture shows the frame that is shown; the numbers are those of the figure.
 */
import {
  derivationLatex,
  derivationMarkdown,
  type ExportOptions,
  type Figure,
  figureCsv,
  figureNpz,
  figurePage,
  frameCount,
  isChart,
  type PageTemplate,
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

function optionsOf({ figure, frame, theme }: Shown, more: ExportOptions = {}): ExportOptions {
  const moves = isChart(figure) && frameCount(figure) > 1
  return { theme, ...more, ...(moves && { frame: Math.round(frame) }) }
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

/** Throws where the browser lets no page copy pictures. */
export async function copyPng(shown: Shown): Promise<void> {
  const { pngBlob } = await import('./picture.js')
  await navigator.clipboard.write([
    new ClipboardItem({ 'image/png': pngBlob(shown.figure, optionsOf(shown, { dpi: 192 })) }),
  ])
}

export function saveCsv({ figure }: Shown): void {
  download(fileName(figure.title, 'csv'), figureCsv(figure), 'text/csv')
}

export function saveNpz({ figure }: Shown): void {
  download(fileName(figure.title, 'npz'), figureNpz(figure) as BlobPart, 'application/octet-stream')
}

export function savePayload({ figure }: Shown): void {
  download(fileName(figure.title, 'psilab.json'), `${JSON.stringify(saved(figure))}\n`, 'application/json')
}

/** Formulas of the file are in plain characters: the browser has none of those that code writes. */
export async function saveHtml({ figure, frame }: Shown, template: PageTemplate): Promise<void> {
  const { pngBlob } = await import('./picture.js')
  const picture = await pngBlob(figure, optionsOf({ figure, frame, theme: 'light' }))
  const view = {
    ...figure.view,
    ...(isChart(figure) && frameCount(figure) > 1 && { frame: Math.round(frame) }),
  }
  const shown = Object.keys(view).length > 0 ? { ...figure, view } : figure
  const html = figurePage([shown], {
    template,
    formulas: {},
    pictures: [new Uint8Array(await picture.arrayBuffer())],
  })
  download(fileName(figure.title, 'html'), html, 'text/html')
}

export function saveLatex({ figure }: Shown): void {
  if (figure.kind === 'derivation')
    download(fileName(figure.title, 'tex'), derivationLatex(figure), 'text/x-tex')
}

export function saveMarkdown({ figure }: Shown): void {
  if (figure.kind === 'derivation')
    download(fileName(figure.title, 'md'), derivationMarkdown(figure), 'text/markdown')
}

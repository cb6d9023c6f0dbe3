/**
 * The module `tslab` as notebooks written for that kernel import it, on this kernel's displays.
 */
import { readVersions } from '../versions.js'
import { type DisplayHandle, display as show } from './display.js'

/** tslab's version is the one whose names and rules this module keeps. */
export const versions: { readonly tslab: string; readonly typescript: string; readonly node: string } = {
  tslab: '1.0.22',
  typescript: readVersions().typescript,
  node: process.version,
}

/** tslab's displays; each takes the content and returns nothing. */
export interface TslabDisplay {
  javascript(code: string): void
  html(markup: string): void
  markdown(text: string): void
  latex(text: string): void
  svg(markup: string): void
  png(image: Uint8Array): void
  jpeg(image: Uint8Array): void
  gif(image: Uint8Array): void
  pdf(document: Uint8Array): void
  text(text: string): void
  raw(contentType: string, content: string | Uint8Array): void
}

/** A display that later calls change in place. */
export function newDisplay(): TslabDisplay {
  let handle: DisplayHandle | undefined
  return makeDisplay((type, content) => {
    if (handle) handle.update({ [type]: content })
    else handle = show.raw({ [type]: content })
  })
}

export const display: TslabDisplay = makeDisplay((type, content) => {
  show.raw({ [type]: content })
})

function makeDisplay(raw: (type: string, content: string | Uint8Array) => void): TslabDisplay {
  const of = (type: string) => (content: string | Uint8Array) => raw(type, content)
  return {
    javascript: of('text/javascript'),
    html: of('text/html'),
    markdown: of('text/markdown'),
    latex: of('text/latex'),
    svg: of('image/svg+xml'),
    png: of('image/png'),
    jpeg: of('image/jpeg'),
    gif: of('image/gif'),
    pdf: of('application/pdf'),
    text: of('text/plain'),
    raw,
  }
}

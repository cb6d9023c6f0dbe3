import { element } from './dom.js'

/** The sentence that says why a figure is not alive, and its PNG where the output has one. */
export function fallback(sentence: string, png: unknown): HTMLElement {
  const node = element('div', 'psilab-figure', element('p', 'psilab-sentence', sentence))
  node.dataset['psilabKind'] = 'fallback'
  const image = picture(png, sentence)
  if (image) node.append(image)
  node.dataset['psilabReady'] = 'true'
  return node
}

/** A PNG in base64 as an image; undefined for anything else. */
export function picture(png: unknown, alt: string): HTMLImageElement | undefined {
  if (typeof png !== 'string' || !/^[A-Za-z0-9+/=\s]+$/.test(png)) return undefined
  const image = element('img', 'psilab-fallback')
  image.src = `data:image/png;base64,${png.replace(/\s/g, '')}`
  image.alt = alt
  return image
}

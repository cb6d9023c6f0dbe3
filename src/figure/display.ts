/**
 * What a result shows in a notebook.
 */
import { encodeBase64 } from './base64.js'
import { FIGURE_MIME, type Figure } from './payload.js'

/**
 * The figure in the forms that front ends choose from: alive where ψlab's extension is, else as a PNG, else as text.
 * The renderer is loaded at the first call. Bundlers leave it alone: it needs Node.
 */
export async function mimeBundle(figure: Figure, text: string): Promise<Record<string, unknown>> {
  const { toPNG } = (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ './png.js'
  )) as typeof import('./png.js')
  return {
    [FIGURE_MIME]: figure,
    'image/png': encodeBase64(await toPNG(figure)),
    'text/plain': text,
  }
}

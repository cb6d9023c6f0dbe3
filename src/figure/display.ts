/**
 * What a result shows in a notebook.
 */
import { encodeBase64 } from './base64.js'
import { FIGURE_MIME, type Figure } from './payload.js'
import { saved } from './wire.js'

/** A figure as PNG bytes. The renderer is loaded at the first call. Bundlers leave it alone: it needs Node. */
export async function picture(figure: Figure): Promise<Uint8Array> {
  const { toPNG } = (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ './png.js'
  )) as typeof import('./png.js')
  return toPNG(figure)
}

/** The figure in the forms that front ends choose from: alive where ψlab's extension is, else as a PNG, else as text. */
export async function mimeBundle(figure: Figure, text: string): Promise<Record<string, unknown>> {
  return {
    [FIGURE_MIME]: saved(figure),
    'image/png': encodeBase64(await picture(figure)),
    'text/plain': text,
  }
}

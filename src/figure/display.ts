/**
 * What a result shows in a notebook.
 */
import { encodeBase64 } from './base64.js'
import { FIGURE_MIME, type Figure } from './payload.js'
import { saved } from './wire.js'

/** What writes files, loaded at the first call. Bundlers leave it alone: it needs Node. */
export async function filesModule(): Promise<typeof import('./files.js')> {
  return (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ './files.js'
  )) as typeof import('./files.js')
}

/** The figure in the forms that front ends choose from: alive where ψlab's extension is, else as a PNG, else as text. */
export async function mimeBundle(figure: Figure, text: string): Promise<Record<string, unknown>> {
  return {
    [FIGURE_MIME]: saved(figure),
    'image/png': encodeBase64(await (await filesModule()).toPNG(figure)),
    'text/plain': text,
  }
}

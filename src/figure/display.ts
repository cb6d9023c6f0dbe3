/**
 * What a result shows in a notebook.
 */
import { encodeBase64 } from './base64.js'
import { FIGURE_MIME, type Figure } from './payload.js'
import { plainChart } from './spec/twin.js'
import { validateFigure } from './validate.js'
import { saved } from './wire.js'

/** What writes files, loaded at the first call. Bundlers leave it alone: it needs Node. */
export async function filesModule(): Promise<typeof import('./files.js')> {
  return (await import(
    /* webpackIgnore: true */ /* @vite-ignore */ './files.js'
  )) as typeof import('./files.js')
}

/** MIME type of vega-lite documents that JupyterLab, VS Code and others draw. */
const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json'

/**
 * The figure in the forms that front ends choose from: alive where ψlab's extension is, else as a vega-lite chart where
 * it is a plain one, else as a PNG, else as text. Throws a {@link FigureError} where the payload is not what it must be.
 */
export async function mimeBundle(figure: Figure, text: string): Promise<Record<string, unknown>> {
  validateFigure(figure)
  const chart = plainChart(figure)
  return {
    [FIGURE_MIME]: saved(figure),
    ...(chart && { [VEGA_LITE_MIME]: chart }),
    'image/png': encodeBase64(await (await filesModule()).notebookPNG(figure)),
    'text/plain': text,
  }
}

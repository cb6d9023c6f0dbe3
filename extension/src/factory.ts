import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { FIGURE_MIME } from 'psilab/figure'
import { FigureRenderer } from './renderer.js'

/**
 * Ranked before every other form of an output. Safe, so that untrusted notebooks show figures too: payloads are
 * validated, expressions interpreted, URLs refused, and text from a payload becomes text only.
 */
export const figureFactory: IRenderMime.IRendererFactory = {
  safe: true,
  mimeTypes: [FIGURE_MIME],
  defaultRank: 0,
  createRenderer: (options) => new FigureRenderer(options),
}

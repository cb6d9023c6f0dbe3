/**
 * The figure payload: the one contract between whoever computes (kernel, page) and whoever draws
 * (PNG renderer, JupyterLab extension). A payload is plain JSON; arrays travel packed. `schema/` describes it.
 */
export type * from './schema/index.js'
export { FIGURE_VERSION } from './version.js'

/** MIME type of a ψlab figure. */
export const FIGURE_MIME = 'application/vnd.psilab.figure.v1+json'

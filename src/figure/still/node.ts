/** The tools of still pages in Node: the same on every machine. */
import { toVega } from '../spec/vega.js'
import { textWidth } from './fonts.js'
import { typeset } from './tex.js'
import type { StillTools } from './tools.js'

export const NODE_TOOLS: StillTools = {
  textWidth,
  typeset,
  chart: async (spec) => {
    const vega = await import('vega')
    return new vega.View(vega.parse(toVega(spec, 'url')), { renderer: 'none', logLevel: vega.Error })
  },
}

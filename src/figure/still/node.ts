/** The tools of still pages in Node: the same on every machine. */
import type { TopLevelSpec } from 'vega-lite'
import { textWidth } from './fonts.js'
import { typeset } from './tex.js'
import type { StillTools } from './tools.js'

export const NODE_TOOLS: StillTools = {
  textWidth,
  typeset,
  chart: async (spec) => {
    const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
    const compiled = vegaLite.compile(spec as unknown as TopLevelSpec).spec
    return new vega.View(vega.parse(compiled), { renderer: 'none', logLevel: vega.Error })
  },
}

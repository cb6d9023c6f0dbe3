import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js'
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js'
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js'
import { TeX } from 'mathjax-full/js/input/tex.js'
import { mathjax } from 'mathjax-full/js/mathjax.js'
import { SVG } from 'mathjax-full/js/output/svg.js'

const adaptor = liteAdaptor()
RegisterHTMLHandler(adaptor)
const document = mathjax.document('', {
  InputJax: new TeX({
    packages: ['base', 'ams'],
    formatError: (_jax: unknown, error: Error) => {
      throw error
    },
  }),
  OutputJax: new SVG(),
})

/** What MathJax has against a TeX string: nothing, or its error messages. */
export function mathjaxErrors(tex: string): readonly string[] {
  try {
    const html = adaptor.outerHTML(document.convert(tex, { display: true }))
    return /merror|data-mjx-error/.test(html) ? [`error node in ${tex}`] : []
  } catch (error) {
    return [`${(error as Error).message} in ${tex}`]
  }
}

/**
 * TeX as vector paths, through MathJax in Node.
 */
import { createRequire } from 'node:module'
import type { LiteDocument } from 'mathjax-full/js/adaptors/lite/Document.js'
import type { LiteElement } from 'mathjax-full/js/adaptors/lite/Element.js'
import type { LiteText } from 'mathjax-full/js/adaptors/lite/Text.js'
import type { LiteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js'
import type { MathDocument } from 'mathjax-full/js/core/MathDocument.js'
import type { MmlNode } from 'mathjax-full/js/core/MmlTree/MmlNode.js'
import { px, type Typeset } from './tools.js'

/** Units of MathJax’s drawings in one font size. */
const UNITS = 1000

interface Converter {
  readonly svg: (tex: string, display: boolean) => string
  readonly mathML: (tex: string) => string
}

let converter: Converter | undefined

/** Start MathJax once: base and AMS macros only, nothing that loads or links. */
function mathjax(): Converter {
  if (converter) return converter
  const require = createRequire(import.meta.url)
  const load = <T>(path: string): T => require(`mathjax-full/js/${path}.js`) as T
  const { mathjax: core } = load<typeof import('mathjax-full/js/mathjax.js')>('mathjax')
  const { TeX } = load<typeof import('mathjax-full/js/input/tex.js')>('input/tex')
  const { SVG } = load<typeof import('mathjax-full/js/output/svg.js')>('output/svg')
  const { liteAdaptor } =
    load<typeof import('mathjax-full/js/adaptors/liteAdaptor.js')>('adaptors/liteAdaptor')
  const { RegisterHTMLHandler } = load<typeof import('mathjax-full/js/handlers/html.js')>('handlers/html')
  const { STATE } = load<typeof import('mathjax-full/js/core/MathItem.js')>('core/MathItem')
  const { SerializedMmlVisitor } = load<
    typeof import('mathjax-full/js/core/MmlTree/SerializedMmlVisitor.js')
  >('core/MmlTree/SerializedMmlVisitor')
  load('input/tex/base/BaseConfiguration')
  load('input/tex/ams/AmsConfiguration')
  const adaptor: LiteAdaptor = liteAdaptor()
  RegisterHTMLHandler(adaptor)
  const document = core.document('', {
    InputJax: new TeX({ packages: ['base', 'ams'] }),
    OutputJax: new SVG({ fontCache: 'none' }),
  }) as MathDocument<LiteElement, LiteText, LiteDocument>
  const visitor = new SerializedMmlVisitor()
  converter = {
    svg: (tex, display) => adaptor.innerHTML(document.convert(tex, { display }) as LiteElement),
    mathML: (tex) =>
      visitor.visitTree(document.convert(tex, { display: false, end: STATE.CONVERT }) as MmlNode),
  }
  return converter
}

/** A formula as MathML. */
export function mathML(tex: string): string {
  return mathjax().mathML(tex).replaceAll(/\n\s*/g, '')
}

const known = new Map<string, string>()

/** Set a formula; a formula that MathJax cannot read is set as its own error message. */
export function typeset(tex: string, fontSize: number, display = false): Typeset {
  const key = `${display}${tex}`
  const drawing = known.get(key) ?? mathjax().svg(tex, display)
  if (known.size < 1000) known.set(key, drawing)
  const box = /viewBox="([^"]+)"/.exec(drawing)?.[1]?.split(' ').map(Number) ?? [0, 0, 0, 0]
  const [, top, width, height] = box as [number, number, number, number]
  const scale = fontSize / UNITS
  const body = drawing.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  return {
    width: scale * width,
    ascent: -scale * top,
    descent: scale * (height + top),
    svg: (x, y, colour) =>
      `<g transform="translate(${px(x)},${px(y)}) scale(${scale})" color="${colour}">${body}</g>`,
  }
}

/** MathML of the file as elements of the page: of its presentation only, with the attributes that shape it. */

const MATHML = 'http://www.w3.org/1998/Math/MathML'

const ELEMENTS = new Set(
  'math mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd mstyle mpadded mphantom menclose mfenced'.split(
    ' ',
  ),
)

const ATTRIBUTES = new Set(
  'display displaystyle scriptlevel mathvariant stretchy fence separator form lspace rspace minsize maxsize movablelimits accent accentunder linethickness columnalign rowspacing columnspacing width height depth voffset notation'.split(
    ' ',
  ),
)

/** The formula; nothing where it is none. */
export function mathElement(markup: string | undefined, display: boolean): Element | undefined {
  if (markup === undefined) return undefined
  const parsed = new DOMParser().parseFromString(markup, 'application/xml').documentElement
  const math = parsed.localName === 'math' ? copied(parsed) : undefined
  if (display) math?.setAttribute('displaystyle', 'true')
  return math
}

function copied(node: Element): Element | undefined {
  if (!ELEMENTS.has(node.localName)) return undefined
  const copy = document.createElementNS(MATHML, node.localName)
  for (const { name, value } of node.attributes) if (ATTRIBUTES.has(name)) copy.setAttribute(name, value)
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '')
    else if (child.nodeType === Node.ELEMENT_NODE) copy.append(copied(child as Element) ?? '')
  }
  return copy
}

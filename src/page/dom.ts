/** An element with a class and children. Strings become text, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

const SVG = 'http://www.w3.org/2000/svg'

/** A small drawing of one path. */
export function glyph(
  width: number,
  height: number,
  d: string,
  attributes: Readonly<Record<string, string>> = {},
): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('width', String(width))
  svg.setAttribute('height', String(height))
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  for (const [name, value] of Object.entries({ d, ...attributes })) path.setAttribute(name, value)
  svg.append(path)
  return svg
}

/**
 * What an SVG says about itself: title and description, which are read aloud, and where it comes from in the terms of
 * Dublin Core.
 *
 * @see SVG 2, chapter 5.7, Metadata; DCMI Metadata Terms
 */
import type { About } from './about.js'

const NAMESPACES =
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'

export function svgMetadata({ software, title, description, origin }: About): string {
  const terms = { title, description, creator: software, source: origin }
  const said = Object.entries(terms).map(([term, text]) => `<dc:${term}>${escaped(text)}</dc:${term}>`)
  return (
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>` +
    `<metadata><rdf:RDF ${NAMESPACES}><rdf:Description rdf:about="">${said.join('')}</rdf:Description></rdf:RDF></metadata>`
  )
}

/** Text of an XML element. What XML cannot hold becomes the replacement character. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}

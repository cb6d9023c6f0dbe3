/** Readers of the formats that we write, made for these tests from the specifications. */
import { inflateSync } from 'node:zlib'

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** The chunks of a PNG by type, in order. */
export function pngChunks(png: Uint8Array): { type: string; data: Uint8Array }[] {
  const view = new DataView(png.buffer, png.byteOffset)
  const found: { type: string; data: Uint8Array }[] = []
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at)
    const type = text(png.subarray(at + 4, at + 8))
    found.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return found
}

/** The texts of a PNG by keyword. */
export function pngTexts(png: Uint8Array): Record<string, string> {
  const said = pngChunks(png).filter(({ type }) => type === 'iTXt')
  return Object.fromEntries(
    said.map(({ data }) => {
      const keyword = text(data.subarray(0, data.indexOf(0)))
      return [keyword, text(data.subarray(keyword.length + 5))]
    }),
  )
}

interface PdfObject {
  readonly head: string
  readonly stream: string
}

/** The objects of a PDF, their streams inflated, one character a byte. */
export function pdfObjects(pdf: Uint8Array): Map<string, PdfObject> {
  const source = Buffer.from(pdf).toString('latin1')
  const objects = new Map<string, PdfObject>()
  for (const [, id, body] of source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)) {
    const [head, rest] = body!.split(/\nstream\n/, 2) as [string, string | undefined]
    const raw = Buffer.from((rest ?? '').replace(/\nendstream\n?$/, ''), 'latin1')
    const packed = head.includes('/FlateDecode') && !head.includes('/Image')
    objects.set(id!, { head, stream: packed ? inflateSync(raw).toString('latin1') : raw.toString('latin1') })
  }
  return objects
}

/** What a reader can select in a PDF: the characters of each run of text, by the fonts' own tables. */
export function pdfText(pdf: Uint8Array): string[] {
  const objects = pdfObjects(pdf)
  const fonts = new Map<string, Map<string, string>>()
  for (const { head } of objects.values()) {
    for (const [, name, id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!)!.head)![1]!
      fonts.set(name!, charactersOf(objects.get(unicode)!.stream))
    }
  }
  const page = [...objects.values()].map(({ stream }) => stream).find((each) => each.includes(' Tf'))!
  const runs: string[] = []
  let font = new Map<string, string>()
  for (const [begin, name, code] of page.matchAll(/BT$|\/(F\d+) [\d.]+ Tf|<([0-9a-f]{4})> Tj/gm)) {
    if (begin === 'BT') runs.push('')
    else if (name !== undefined) font = fonts.get(name)!
    else runs.push(runs.pop()! + font.get(code!.toLowerCase())!)
  }
  return runs
}

/** Characters by code, from a CMap of ranges with lists. */
function charactersOf(cmap: string): Map<string, string> {
  const known = new Map<string, string>()
  for (const [, first, list] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    ;[...list!.matchAll(/<([0-9a-f]*)>/gi)].forEach(([, hex], k) => {
      const units = (hex!.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))
      const code = (Number.parseInt(first!, 16) + k).toString(16).padStart(4, '0')
      known.set(code, String.fromCharCode(...units))
    })
  }
  return known
}

/** Rows of a CSV file without its comments, by the grammar of RFC 4180; our texts hold no line feeds. */
export function csvRows(csv: string): string[][] {
  const lines = csv.trimEnd().split('\n')
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
      ),
    )
}

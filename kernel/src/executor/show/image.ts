/**
 * Images by their first bytes.
 */

/** Image formats that front ends show, by the signature that a file begins with. */
const SIGNATURES: readonly {
  readonly type: string
  readonly name: string
  readonly test: (head: string) => boolean
}[] = [
  { type: 'image/png', name: 'PNG', test: (head) => head.startsWith('\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', name: 'JPEG', test: (head) => head.startsWith('\xff\xd8\xff') },
  { type: 'image/gif', name: 'GIF', test: (head) => /^GIF8[79]a/.test(head) },
  {
    type: 'image/webp',
    name: 'WebP',
    test: (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP',
  },
]

/** Bytes that tell the format. */
const HEAD = 12

/** The MIME type of an image, from its bytes or its base64 text; `undefined` when it is none of those known. */
export function imageType(image: Uint8Array | string): string | undefined {
  // Four characters of base64 are three bytes.
  const bytes = typeof image === 'string' ? Buffer.from(image.slice(0, (HEAD / 3) * 4), 'base64') : image
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1')
  return SIGNATURES.find(({ test }) => test(head))?.type
}

/** What the format is called. */
export function imageName(type: string): string {
  return SIGNATURES.find((signature) => signature.type === type)?.name ?? type.replace(/^image\//, '')
}

/** The formats as a sentence lists them. */
export const IMAGE_NAMES = 'PNG, JPEG, GIF or WebP'

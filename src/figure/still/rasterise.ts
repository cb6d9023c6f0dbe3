import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { PNG_FONTS } from '../spec/view.js'
import { fontFiles } from './fonts.js'
import { encodePng } from './png-encode.js'

let ready: Promise<void> | undefined

/**
 * An SVG as PNG bytes, `scale` pixels a unit. The same on every machine: own fonts, WebAssembly.
 *
 * @param tolerance by how much colours may change so that the file is small; see {@link encodePng}.
 */
export async function rasterise(svg: string, scale: number, tolerance = 0): Promise<Uint8Array> {
  ready ??= start()
  await ready
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: fontFiles(),
      defaultFontFamily: PNG_FONTS.text,
      sansSerifFamily: PNG_FONTS.text,
      serifFamily: PNG_FONTS.math,
    },
  })
  const image = drawing.render()
  const { width, height } = image
  const png = encodePng({ width, height, rgba: new Uint8ClampedArray(image.pixels) }, tolerance)
  image.free()
  drawing.free()
  return png
}

async function start(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
  await initWasm(await readFile(file))
}

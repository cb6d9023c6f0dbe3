import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fontFiles } from './fonts.js'
import { encodePng } from './png-encode.js'

const RENDERER = '@resvg/resvg-wasm'

const SANS = 'DejaVu Sans'

type Library = typeof import('@resvg/resvg-wasm')

/** An instance of the renderer's WebAssembly, which draws one picture at a time. */
interface Renderer {
  readonly Resvg: Library['Resvg']
  /**
   * Whether it draws. It does so without a pause: who finds it drawing finds what a host has stopped in the middle,
   * with the stack and the memory of that moment.
   */
  draws: boolean
}

let ready: Promise<Renderer> | undefined

/**
 * An SVG as PNG bytes, `scale` pixels a unit. The same on every machine: own fonts, WebAssembly.
 *
 * @param tolerances by how much colours may change so that the file is small; see {@link encodePng}.
 * @param smooth how smooth pictures are packed; see {@link encodePng}.
 */
export async function rasterise(
  svg: string,
  scale: number,
  tolerances: readonly number[] = [0],
  smooth = 0,
): Promise<Uint8Array> {
  ready ??= start()
  let renderer = await ready
  while (renderer.draws) {
    ready = start()
    renderer = await ready
  }
  renderer.draws = true
  const drawing = new renderer.Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: fontFiles(),
      defaultFontFamily: SANS,
      sansSerifFamily: SANS,
      serifFamily: 'DejaVu Serif',
    },
  })
  const image = drawing.render()
  const { width, height } = image
  const rgba = unmultiplied(image.pixels)
  image.free()
  drawing.free()
  renderer.draws = false
  return encodePng({ width, height, rgba }, tolerances, smooth)
}

/** Pixels as files hold them: the renderer has multiplied each colour by its opacity. */
function unmultiplied(pixels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(pixels)
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!
    if (alpha === 255 || alpha === 0) continue
    for (let c = i; c < i + 3; c++) rgba[c] = (rgba[c]! * 255) / alpha
  }
  return rgba
}

/** Starts an instance. Its module holds only one: it is loaded anew. */
async function start(): Promise<Renderer> {
  const require = createRequire(import.meta.url)
  const module = require.resolve(RENDERER)
  delete require.cache[module]
  const { Resvg, initWasm } = require(module) as Library
  await initWasm(await readFile(require.resolve(`${RENDERER}/index_bg.wasm`)))
  return { Resvg, draws: false }
}

import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { at } from '../setup/paths.mjs'

/** Edges of the pictures that Jupyter asks for, in pixels. */
const SIZES = [32, 64]

/**
 * The kernel's logo as Jupyter's front ends look for it.
 * @param {string} folder the kernelspec's folder
 */
export async function writeLogos(folder) {
  const source = at('kernel', 'logo.svg')
  cpSync(source, path.join(folder, 'logo-svg.svg'))
  await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))
  for (const size of SIZES) {
    const drawing = new Resvg(readFileSync(source, 'utf8'), { fitTo: { mode: 'width', value: size } })
    writeFileSync(path.join(folder, `logo-${size}x${size}.png`), drawing.render().asPng())
    drawing.free()
  }
}

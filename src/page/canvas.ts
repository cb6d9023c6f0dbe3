import type { Raster } from '../figure/index.js'

/** A raster as a canvas, which an image mark draws as it is. */
export function canvasOf({ width, height, rgba }: Raster): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0)
  return canvas
}

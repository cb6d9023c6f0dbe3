import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Drawable, type Figure, JUPYTER_DISPLAY } from '../../../src/figure/index.js'
import { pixelsOf } from '../../e2e/_pixels.ts'
import { problemSample } from './samples.js'

class Undrawn extends Drawable {
  override figure(): Figure {
    throw new RangeError('no plane')
  }
  override toString(): string {
    return 'E₀ = 0.5'
  }
}

it('a result that cannot be drawn still shows its numbers, and why', async () => {
  const bundle = await new Undrawn()[JUPYTER_DISPLAY]()
  expect(bundle).toEqual({ 'text/plain': 'E₀ = 0.5\n(not drawn: no plane)' })
  expect(inspect(new Undrawn())).toBe('E₀ = 0.5')
})

/** Most that a colour of a notebook's picture differs by, of 255. */
const NEAR = 10

it('the PNG of a result is the one that its notebook display carries, but for shades', async () => {
  class Drawn extends Undrawn {
    override figure(): Figure {
      return problemSample()
    }
  }
  const shown = await new Drawn()[JUPYTER_DISPLAY]()
  const kept = pixelsOf(Buffer.from(shown['image/png'] as string, 'base64'))
  const whole = pixelsOf(await new Drawn().png())
  expect([kept.width, kept.height]).toEqual([whole.width, whole.height])
  expect(whole.rgb.every((value, i) => Math.abs(value - kept.rgb[i]!) <= NEAR)).toBe(true)
})

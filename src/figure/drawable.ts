/** What every result shares: it prints as a line of text and draws itself in a notebook. */
import { INSPECT, JUPYTER_DISPLAY } from '../shown.js'
import { mimeBundle, picture } from './display.js'
import type { Figure } from './payload.js'

export { JUPYTER_DISPLAY }

export abstract class Drawable {
  /** The figure payload. */
  abstract figure(): Figure
  /** The numbers in plain text. */
  abstract toString(): string

  /** The figure as a PNG image: its bytes, for a file or for the display of another kernel. Needs Node or Deno. */
  async png(): Promise<Uint8Array> {
    return picture(this.figure())
  }

  [INSPECT](): string {
    return this.toString()
  }

  /** MIME bundle: the live figure, a PNG of it, and the text; where it cannot be drawn, the text and the reason. */
  async [JUPYTER_DISPLAY](): Promise<Record<string, unknown>> {
    const text = this.toString()
    try {
      return await mimeBundle(this.figure(), text)
    } catch (error) {
      return {
        'text/plain': `${text}\n(not drawn: ${error instanceof Error ? error.message : String(error)})`,
      }
    }
  }
}

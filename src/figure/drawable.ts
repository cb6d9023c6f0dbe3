/** What every result shares: it prints as a line of text and draws itself in a notebook. */
import { INSPECT, JUPYTER_DISPLAY } from '../shown.js'
import { filesModule, mimeBundle } from './display.js'
import type { FileFormat } from './export/formats.js'
import type { ExportOptions } from './export/options.js'
import type { Figure } from './payload.js'
import { csvOf, npzOf, type Tabulated } from './tabulated.js'

export { JUPYTER_DISPLAY }

export abstract class Drawable {
  /** The figure payload. */
  abstract figure(): Figure
  /** The numbers in plain text. */
  abstract toString(): string

  /** Its numbers in full, where they are equally long columns. */
  protected tabulated(): Tabulated | undefined {
    return undefined
  }

  /**
   * Its numbers as a table; of a result that keeps no more than its figure shows, those of the figure, as fine as what is
   * drawn.
   */
  toCsv(): string {
    return csvOf(this.tabulated(), () => this.figure())
  }

  /** Its numbers as arrays: a .npz archive for `numpy.load`; those of the figure where the table has those. */
  toNpz(): Uint8Array {
    return npzOf(this.tabulated(), () => this.figure())
  }

  /**
   * Write the figure into a file; the ending of its name says which: `.svg`, `.pdf`, `.png` for pages and slides, `.html`
   * for one that stays alive in any browser, `.csv` and `.npz` for the numbers, `.psilab.json` for JupyterLab. A relative
   * name counts from the folder of the notebook. The file is there in whole or not at all, and the same figure gives the
   * same bytes. Needs Node or Deno.
   *
   * @throws PsilabError `parameter` for an ending or an option that does not exist and for a place that cannot be
   * written, `too-large` for a picture of more than 60 million pixels
   */
  async save(file: string, options: ExportOptions = {}): Promise<void> {
    const { save } = await filesModule()
    return save(this, file, options)
  }

  /** The bytes that {@link save} writes into a file of a format: `'svg'`, `'pdf'`, `'png'`, … Needs Node or Deno. */
  async export(format: FileFormat, options: ExportOptions = {}): Promise<Uint8Array> {
    const { encode } = await filesModule()
    return encode(this, format, options)
  }

  /** The figure as a PNG image, for the display of another kernel: `export('png', options)`. Needs Node or Deno. */
  async png(options: ExportOptions = {}): Promise<Uint8Array> {
    return this.export('png', options)
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

import type { Figure } from '../../figure/index.js'

/** What computes a figure anew in the page. */
export interface LiveSession {
  /**
   * The figure at other values of its controls, as exactly as a drawing shows it; resolves to undefined where a later
   * call has made it needless.
   * @param frame the frame that is shown: what is needed first
   * @throws {Error} whose message is a sentence for the reader, where there is no such figure
   */
  recompute(values: Readonly<Record<string, number>>, frame: number): Promise<Figure | undefined>
  /** The whole figure, as a kernel would make it: for sliders at rest. Otherwise as `recompute`. */
  settle(values: Readonly<Record<string, number>>): Promise<Figure | undefined>
  dispose(): void
}

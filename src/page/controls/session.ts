import type { Figure } from '../../figure/index.js'

/** What computes a figure anew in the page. */
export interface LiveSession {
  /**
   * The figure at other values of its controls; resolves to undefined where a later call has made it needless.
   * @param frame the frame that is shown: what is needed first
   * @throws {Error} whose message is a sentence for the reader, where there is no such figure
   */
  recompute(values: Readonly<Record<string, number>>, frame: number): Promise<Figure | undefined>
  dispose(): void
}

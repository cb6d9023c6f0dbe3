/**
 * What a saved notebook keeps of its figures. The notebook in the page keeps everything; only what is written is less.
 */
import { FIGURE_MIME, type Kept, kept, validateFigure } from 'psilab/figure'

/** A notebook as JSON, of which only the outputs are looked at. */
export interface Notebook extends Json {
  readonly cells?: readonly Cell[]
}

interface Cell extends Json {
  readonly outputs?: readonly Output[]
}

interface Output extends Json {
  readonly data?: Json
}

interface Json {
  readonly [name: string]: unknown
}

/** The notebook with no more than is kept of each of its figures. */
export function withKept(notebook: Notebook, what: Kept): Notebook {
  if (what === 'full' || !notebook.cells) return notebook
  const cells = notebook.cells.map((cell) =>
    cell.outputs ? { ...cell, outputs: cell.outputs.map((output) => keptOutput(output, what)) } : cell,
  )
  return { ...notebook, cells }
}

function keptOutput(output: Output, what: Kept): Output {
  const payload = output.data?.[FIGURE_MIME]
  if (payload === undefined) return output
  try {
    return { ...output, data: { ...output.data, [FIGURE_MIME]: kept(validateFigure(payload), what) } }
  } catch {
    // What cannot be read, as of a newer version, stays as it is.
    return output
  }
}

import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'

export const FIGURE_MIME = 'application/vnd.psilab.figure.v1+json'

/** The guide's first notebook, relative to the folder of notebooks. */
export const FIRST = 'guide/first-steps.ipynb'

interface Output {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error'
  readonly text?: string | readonly string[]
  readonly data?: Readonly<Record<string, unknown>>
  readonly ename?: string
  readonly evalue?: string
}

interface Cell {
  readonly cell_type: 'code' | 'markdown' | 'raw'
  readonly source: string | readonly string[]
  readonly outputs?: readonly Output[]
}

export interface Notebook {
  readonly cells: readonly Cell[]
}

export const readNotebook = (file: string): Notebook => JSON.parse(readFileSync(file, 'utf8'))

export const savedNotebook = (name: string = FIRST): Notebook => readNotebook(at('notebooks', name))

const joined = (text: unknown): string => (Array.isArray(text) ? text.join('') : String(text ?? ''))

const outputs = (notebook: Notebook): Output[] => notebook.cells.flatMap((cell) => cell.outputs ?? [])

/** Names and messages of the errors that a notebook holds. */
export const errors = (notebook: Notebook): string[] =>
  outputs(notebook)
    .filter((output) => output.output_type === 'error')
    .map(({ ename, evalue }) => `${ename}: ${evalue}`)

/**
 * What each code cell says as text: streams and text/plain in order. A stream comes in as many pieces as the
 * program's pace and the front end's habits make of it, which is why they are not told apart.
 */
export const texts = (notebook: Notebook): string[] =>
  notebook.cells
    .filter((cell) => cell.cell_type === 'code')
    .map((cell) =>
      (cell.outputs ?? [])
        .map(({ text, data }) => (data ? `${joined(data['text/plain'])}\n` : joined(text)))
        .join('')
        .trimEnd(),
    )

/** The PNG files of the outputs, of those that hold a ψlab figure. */
export const figurePngs = (notebook: Notebook): (Uint8Array | undefined)[] =>
  outputs(notebook)
    .filter(({ data }) => data && FIGURE_MIME in data)
    .map(({ data }) => (data?.['image/png'] ? Buffer.from(joined(data['image/png']), 'base64') : undefined))

/** The kinds of the figures, in order. */
export const figureKinds = (notebook: Notebook): string[] =>
  outputs(notebook).flatMap(({ data }) => {
    const figure = data?.[FIGURE_MIME] as { kind: string } | undefined
    return figure ? [figure.kind] : []
  })

/** The notebook with nothing in it but what its author wrote. */
export const withoutOutputs = (notebook: Notebook): Notebook => ({
  ...notebook,
  cells: notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  ),
})

const NUMBER = /[-−]?\d+(?:[.,]\d+)?(?:e[-+−]?\d+)?/gi

/** A text as its words, and the numbers in it apart. */
const wordsAndNumbers = (text: string): { words: string; numbers: number[] } => ({
  words: text.replace(NUMBER, '#'),
  numbers: (text.match(NUMBER) ?? []).map((number) => Number(number.replaceAll('−', '-').replace(',', '.'))),
})

/**
 * The same words, and the same numbers to the digits that are shown. Processors differ in the last bit
 * of a result; what is only rounding, like the drift of a norm, is smaller than ABSOLUTE. How many steps a run takes
 * hangs on local errors that are near rounding, so that count may differ.
 */
export function sameNumbers(actual: readonly string[], saved: readonly string[]): void {
  const RELATIVE = 1e-6
  const ABSOLUTE = 1e-9
  expect(actual.length).toBe(saved.length)
  for (const [index, text] of actual.entries()) {
    const is = wordsAndNumbers(withoutSteps(text))
    const was = wordsAndNumbers(withoutSteps(saved[index]!))
    expect(is.words, `words of cell ${index + 1}`).toBe(was.words)
    const far = is.numbers.filter((number, i) => {
      const other = was.numbers[i]!
      return Math.abs(number - other) > RELATIVE * Math.abs(other) + ABSOLUTE
    })
    expect(far, `numbers of cell ${index + 1} that differ from the file`).toEqual([])
  }
}

const withoutSteps = (text: string): string => text.replace(/ in \d+ (?=\w+ steps)/g, ' in ')

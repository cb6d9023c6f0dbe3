/** Errors of the expression layer: structured data first, one message rendered from it. */

export type ExpressionErrorCode =
  /** The text does not parse. */
  | 'syntax'
  /** A name that is neither a variable, a parameter, a constant nor a function. */
  | 'undeclared'
  /** The text parses, but uses something that an expression here may not contain. */
  | 'unsupported'
  /** A declared name that cannot be used as one. */
  | 'reserved'
  /** Too long or nested too deeply. */
  | 'too-complex'
  /** A function called with the wrong number of arguments. */
  | 'arity'
  /** The columns or values given for the variables do not fit. */
  | 'columns'
  /** An exact computation met 1/0. */
  | 'division-by-zero'
  /** A rewriting rule or a lemma does not fit the expression. */
  | 'no-rule'

export interface ExpressionErrorData {
  readonly code: ExpressionErrorCode
  /** What is wrong, a sentence without its full stop. */
  readonly what: string
  /** The text, and where in it (0-based) the trouble starts. */
  readonly text?: string
  readonly at?: number
  /** What to try, a sentence without its full stop. */
  readonly remedy?: string
}

/** An expression that cannot be read, differentiated or computed; `message` says what, where and what to try. */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode
  /** 1-based column in the text, where there is one. */
  readonly column: number | undefined

  constructor(data: ExpressionErrorData) {
    super(render(data))
    this.name = 'ExpressionError'
    this.code = data.code
    this.column = data.at === undefined ? undefined : data.at + 1
  }
}

const WINDOW = 72

function render({ what, text, at, remedy }: ExpressionErrorData): string {
  const where = text === undefined ? '' : at === undefined ? '' : ` at column ${at + 1}`
  const lines = [`${what}${where}.`]
  if (text !== undefined && at !== undefined) {
    const from = Math.max(0, Math.min(at - WINDOW / 2, text.length - WINDOW))
    const shown = text.slice(from, from + WINDOW)
    lines.push(`  ${shown}`, `  ${' '.repeat(at - from)}^`)
  }
  if (remedy !== undefined) lines.push(`${remedy}.`)
  return lines.join('\n')
}

import katex from 'katex'

/** What KaTeX in strict mode has against a TeX string: nothing, or its error message. */
export function katexErrors(tex: string): readonly string[] {
  try {
    katex.renderToString(tex, { displayMode: true, strict: 'error', throwOnError: true })
    return []
  } catch (error) {
    return [`${(error as Error).message} in ${tex}`]
  }
}

/**
 * Colours of error texts, as ANSI escapes, which every Jupyter front end shows. Bold text has none: front ends darken
 * bold colours, and a dark red cannot be read on the ground of errors in a dark theme.
 */
function style(code: number, end: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[${end}m`
}

export const bold: (text: string) => string = style(1, 22)
export const dim: (text: string) => string = style(2, 22)
export const red: (text: string) => string = style(31, 39)

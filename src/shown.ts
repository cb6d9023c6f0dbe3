/** How values print to a console and show themselves in a notebook, where they do not draw themselves. */

/** The method by which Node, Deno and the kernel print a value. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/** The method that notebook kernels call to show a value; shared with Deno's kernel. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for('Jupyter.display')

/**
 * Makes a plain object print as its text, and a notebook typeset it where there is TeX. Its properties, and what
 * compares or copies them, do not change.
 * @param tex mathematics without dollar signs
 */
export function shownAs<T extends object>(
  value: T,
  text: (value: T) => string,
  tex?: (value: T) => string,
): T {
  const hidden = (method: () => unknown): PropertyDescriptor => ({
    value: method,
    configurable: true,
    writable: true,
  })
  Object.defineProperty(
    value,
    INSPECT,
    hidden(() => text(value)),
  )
  if (tex)
    Object.defineProperty(
      value,
      JUPYTER_DISPLAY,
      hidden(() => typeset(text(value), tex(value))),
    )
  return value
}

/** Characters of TeX up to which it is typeset: pages take long over more, and nobody reads it. */
const MAX_TEX = 4000

/** The MIME bundle of mathematics. */
export function typeset(text: string, tex: string): Record<string, unknown> {
  if (tex.length > MAX_TEX) return { 'text/plain': text }
  return { 'text/latex': `$\\displaystyle ${tex}$`, 'text/plain': text }
}

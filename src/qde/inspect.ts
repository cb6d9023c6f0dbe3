/** The method by which Node, Deno and the kernel print a value. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom')

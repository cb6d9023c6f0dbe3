import { create, type MathJsInstance, parseDependencies } from 'mathjs'

/**
 * mathjs as a parser and nothing else: no `all`, hence no units (`m`, `hbar`), no silent constants (`tau`, `phi`),
 * and no evaluation; the names of an expression come from its declaration alone.
 */
export const mathjsInstance: Pick<MathJsInstance, 'parse'> = create({ parseDependencies })

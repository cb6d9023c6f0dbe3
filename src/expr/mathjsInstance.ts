import { create, type MathJsInstance, parseDependencies } from 'mathjs/number'

/**
 * mathjs as a parser and nothing else: no `all`, hence no units (`m`, `hbar`), no silent constants (`tau`, `phi`),
 * and no evaluation; the names of an expression come from its declaration alone. Its build for plain numbers reads the
 * same language with half the code.
 */
export const mathjsInstance: Pick<MathJsInstance, 'parse'> = create({ parseDependencies })

/**
 * How cells are checked: as this kernel does, or as tslab does in the notebooks that were written for it.
 *
 * A kernel is not told for which one a notebook was written, but its cells say so: those for tslab import it, those
 * for its JavaScript kernel require it. What holds from that cell on follows the compiler options of tslab 1.0.22
 * (src/converter.ts): `strict` off, older decorators, and JavaScript checked by inference and JSDoc.
 */
import type TS from 'typescript'
import { parse } from './declarations.js'
import { ts } from './typescript.js'

export type Manner = 'strict' | 'tslab' | 'jslab'

/** The manner that a cell asks for. */
export function mannerOf(code: string): Manner | undefined {
  if (!code.includes('tslab')) return undefined
  const file = parse(code)
  const imports = file.statements.some(
    (statement) => ts.isImportDeclaration(statement) && isTslab(statement.moduleSpecifier),
  )
  if (imports) return 'tslab'
  return requires(file) ? 'jslab' : undefined
}

/** The options of a manner, of those that cells are checked with otherwise. */
export function optionsOf(manner: Manner, options: TS.CompilerOptions, outDir: string): TS.CompilerOptions {
  if (manner === 'strict') return options
  return {
    ...options,
    strict: false,
    alwaysStrict: true,
    experimentalDecorators: true,
    allowJs: true,
    checkJs: true,
    // What is made of JavaScript would else have the place of what it is made of.
    outDir,
  }
}

function requires(node: TS.Node): boolean {
  const isCall =
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'require' &&
    isTslab(node.arguments[0])
  return isCall || ts.forEachChild(node, requires) === true
}

function isTslab(node: TS.Node | undefined): boolean {
  return node !== undefined && ts.isStringLiteral(node) && node.text === 'tslab'
}

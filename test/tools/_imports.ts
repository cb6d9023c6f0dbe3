import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** One import or re-export of a source file. */
export interface Import {
  readonly from: string
  readonly specifier: string
  /** `static` loads with the file, `dynamic` when it is asked for, `type` never. */
  readonly when: 'static' | 'dynamic' | 'type'
}

/** The imports that a TypeScript file states. */
export function importsOf(file: string, text: string = readFileSync(file, 'utf8')): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Expression | undefined, when: Import['when']) => {
    if (specifier && ts.isStringLiteralLike(specifier))
      found.push({ from: file, specifier: specifier.text, when })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(
        node.moduleSpecifier,
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'static',
      )
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static')
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic')
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal as ts.Expression, 'type')
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
  return found
}

/** The source file that a relative import of a source file names, written with the ending of what it compiles to. */
export const sourceOf = ({ from, specifier }: Import): string =>
  path.resolve(path.dirname(from), specifier).replace(/\.js$/, '.ts')

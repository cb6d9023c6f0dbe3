/**
 * The names that a cell declares and the names that it uses, read from its syntax alone.
 */
import type TS from 'typescript'
import { ts } from './typescript.js'

/** How later cells must see a name. */
export type NameKind = 'let' | 'const' | 'function' | 'class' | 'enum' | 'namespace' | 'type' | 'import'

export interface Declaration {
  readonly kind: NameKind
  /** Offset of the name in its cell. */
  readonly position: number
}

export type Declarations = ReadonlyMap<string, Declaration>

export function parse(code: string): TS.SourceFile {
  return ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
}

/** Top-level names of a cell; a `var` counts wherever it stands outside of functions. */
export function declarationsOf(
  file: TS.SourceFile,
  statements: readonly TS.Statement[] = file.statements,
): Declarations {
  const names = new Map<string, Declaration>()
  const add = (name: TS.Node | undefined, kind: NameKind): void => {
    if (!name || !ts.isIdentifier(name)) return
    // A name that is both type and value is imported, which carries both.
    const merged = names.has(name.text) && names.get(name.text)!.kind !== kind
    names.set(name.text, { kind: merged ? 'import' : kind, position: name.getStart(file) })
  }
  const addBinding = (name: TS.BindingName, kind: NameKind): void => {
    if (ts.isIdentifier(name)) add(name, kind)
    else for (const element of name.elements) if (ts.isBindingElement(element)) addBinding(element.name, kind)
  }
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations } = statement.declarationList
      const kind = flags & ts.NodeFlags.BlockScoped && !(flags & ts.NodeFlags.Let) ? 'const' : 'let'
      for (const { name } of declarations) addBinding(name, kind)
    } else if (ts.isFunctionDeclaration(statement)) add(statement.name, 'function')
    else if (ts.isClassDeclaration(statement)) add(statement.name, 'class')
    else if (ts.isEnumDeclaration(statement)) add(statement.name, 'enum')
    else if (isAugmentation(statement)) continue
    else if (ts.isModuleDeclaration(statement)) add(statement.name, 'namespace')
    else if (ts.isInterfaceDeclaration(statement)) add(statement.name, 'type')
    else if (ts.isTypeAliasDeclaration(statement)) add(statement.name, 'type')
    else if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause
      add(clause?.name, 'import')
      const bindings = clause?.namedBindings
      if (bindings && ts.isNamespaceImport(bindings)) add(bindings.name, 'import')
      else for (const { name } of bindings?.elements ?? []) add(name, 'import')
    } else addNestedVars(statement, addBinding)
  }
  return names
}

/** Whether a statement is `declare global` or `declare module 'm'`, which holds for all later cells. */
export function isAugmentation(statement: TS.Statement): boolean {
  if (!ts.isModuleDeclaration(statement)) return false
  return ts.isStringLiteral(statement.name) || (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0
}

/** Every identifier in the text: a superset of the names that the cell takes from elsewhere. */
export function identifiersOf(file: TS.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: TS.Node): void => {
    if (ts.isIdentifier(node) && !isPropertyName(node)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return names
}

/** Names that carry `export` already. */
export function exportedNames(file: TS.SourceFile): ReadonlySet<string> {
  const exported = file.statements.filter(
    (statement) =>
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
  )
  const names = new Set(declarationsOf(file, exported).keys())
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) continue
    if (ts.isNamedExports(statement.exportClause)) {
      for (const { name } of statement.exportClause.elements) names.add(name.text)
    }
  }
  return names
}

function isPropertyName(node: TS.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  return ts.isPropertyAssignment(parent) && parent.name === node
}

function addNestedVars(node: TS.Node, add: (name: TS.BindingName, kind: NameKind) => void): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return
  if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
    for (const { name } of node.declarations) add(name, 'let')
  }
  ts.forEachChild(node, (child) => addNestedVars(child, add))
}

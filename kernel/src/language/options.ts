/**
 * The options that a function of the library takes: a signature names only their interface.
 */
import type TS from 'typescript'
import { LIBRARY } from './files.js'
import { ts } from './typescript.js'

/** Properties of an interface that is listed, at most. */
const LIMIT = 20

export interface Option {
  readonly name: string
  /** Name and type, as declared. */
  readonly text: string
  /** First sentence of its comment; may be empty. */
  readonly about: string
}

export interface OptionList {
  readonly parameter: string
  readonly options: readonly Option[]
}

/** Options of the function whose name stands at a position. */
export function optionsOfName(service: TS.LanguageService, file: string, position: number): OptionList[] {
  const program = service.getProgram()!
  const node = innermost(program.getSourceFile(file)!, position)
  return ts.isIdentifier(node) ? optionsOfFunction(node, program.getTypeChecker()) : []
}

/** Options of the function in whose arguments a position stands. */
export function optionsOfCall(service: TS.LanguageService, file: string, position: number): OptionList[] {
  const program = service.getProgram()!
  const isCall = (node: TS.Node): node is TS.CallExpression | TS.NewExpression =>
    (ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression.end < position
  const call = ts.findAncestor(innermost(program.getSourceFile(file)!, position - 1), isCall)
  return call ? optionsOfFunction(call.expression, program.getTypeChecker()) : []
}

function innermost(node: TS.Node, position: number): TS.Node {
  const child = ts.forEachChild(node, (inner) =>
    inner.pos <= position && position < inner.end ? inner : undefined,
  )
  return child ? innermost(child, position) : node
}

function optionsOfFunction(node: TS.Node, checker: TS.TypeChecker): OptionList[] {
  const lists = new Map<TS.Type, OptionList>()
  for (const { parameters } of checker.getTypeAtLocation(node).getCallSignatures()) {
    for (const parameter of parameters) {
      const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, node))
      if (!isOptions(type)) continue
      lists.set(type, { parameter: parameter.name, options: optionsOfType(type, node, checker) })
    }
  }
  return [...lists.values()]
}

/** The properties of a type, as a call at a place may give them. */
export function optionsOfType(type: TS.Type, node: TS.Node, checker: TS.TypeChecker): Option[] {
  return checker.getPropertiesOfType(type).map((property) => toOption(property, node, checker))
}

/** Whether a type is an interface or a type literal of the library that holds few data and no methods. */
function isOptions(type: TS.Type): boolean {
  const { symbol } = type as { readonly symbol?: TS.Symbol }
  if (!symbol || !(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeLiteral))) return false
  if (!symbol.declarations?.every((node) => isOfLibrary(node.getSourceFile().fileName))) return false
  const properties = type.getProperties()
  const isData = properties.every(({ flags }) => flags & ts.SymbolFlags.Property)
  return isData && properties.length > 0 && properties.length <= LIMIT
}

function isOfLibrary(file: string): boolean {
  return file.startsWith(`${LIBRARY}/`) && !file.includes('/node_modules/', LIBRARY.length)
}

function toOption(property: TS.Symbol, node: TS.Node, checker: TS.TypeChecker): Option {
  const optional = property.flags & ts.SymbolFlags.Optional
  const declared = checker.getTypeOfSymbolAtLocation(property, node)
  const type = typeText(optional ? checker.getNonNullableType(declared) : declared, checker)
  const comment = ts.displayPartsToString(property.getDocumentationComment(checker))
  const { name } = property
  return { name, text: `${name}${optional ? '?' : ''}: ${type}`, about: firstSentence(comment) }
}

/** A type by its name; one of a few words by the words. */
function typeText(type: TS.Type, checker: TS.TypeChecker): string {
  const words = type.isUnion() && type.types.every((member) => member.isStringLiteral())
  if (words) return type.types.map((member) => `'${(member as TS.StringLiteralType).value}'`).join(' | ')
  const { NoTruncation, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags
  return checker.typeToString(type, undefined, NoTruncation | UseSingleQuotesForStringLiteralType)
}

function firstSentence(comment: string): string {
  const line = comment.replace(/\s+/g, ' ').trim()
  return /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line
}

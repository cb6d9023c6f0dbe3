/**
 * What to try against a finding of the checker.
 */
import type TS from 'typescript'
import { innermost } from './leftOut.js'
import { nearest } from './nearest.js'
import { optionsOfType } from './options.js'
import { packageHint } from './packages.js'
import type { Scope } from './scope.js'
import { ts } from './typescript.js'

/** Names of other languages and of browsers, and what they are called here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['print', 'console.log'],
  ['println', 'console.log'],
  ['len', 'array.length'],
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
  ['pi', 'Math.PI'],
  ['sqrt', 'Math.sqrt'],
  ['sin', 'Math.sin'],
  ['cos', 'Math.cos'],
  ['exp', 'Math.exp'],
  ['abs', 'Math.abs'],
  ['range', 'Array(n).keys()'],
  ['help', '%help'],
  ['alert', 'display'],
  ['document', 'display.html'],
])

/** Lines of other languages, and how the same is written here. */
const LINES_ELSEWHERE: readonly (readonly [pattern: RegExp, here: string])[] = [
  [/^\s*(async )?def \w+\(/, 'A function is written function f(x) { return x }.'],
  [/^\s*for \w+ in /, 'A loop over values is written for (const x of list) { … }.'],
  [
    /^\s*(el)?(if|while)\b[^{]*:\s*$/,
    'Conditions stand in parentheses and blocks in braces: if (x > 0) { … }.',
  ],
  [
    /^\s*(import [\w.]+( as \w+)?|from [\w.]+ import .*)\s*$/,
    "A package is imported by import * as name from 'package'.",
  ],
  [
    /^\s*!\s*[a-z]\w*( [^=<>]*)?$/,
    "Programs are run by execSync('…').toString(), which node:child_process exports.",
  ],
]

/** Node's first major release with what the standard library of a year describes. */
const SINCE: ReadonlyMap<string, number> = new Map([
  ['es2024', 22],
  ['es2025', 24],
])

export interface Findings {
  readonly program: TS.Program
  readonly file: TS.SourceFile
  readonly scope: Scope
}

/** Sentences, the most useful first; often none. */
export function hintsFor(finding: TS.Diagnostic, { program, file, scope }: Findings): string[] {
  const checker = program.getTypeChecker()
  const node = innermost(file, finding.start ?? 0)
  const message = ts.flattenDiagnosticMessageText(finding.messageText, '\n')
  const line = lineHint(file, finding.start ?? 0)
  if (line.length > 0 && (finding.code < 2000 || finding.code === 2304)) return line
  const related = (finding.relatedInformation ?? []).flatMap((one) => relatedHint(one))
  switch (finding.code) {
    case 2304: // cannot find name
    case 2552:
    case 2503:
    case 2580: // of Node, of a test runner, of a page
    case 2581:
    case 2582:
    case 2584:
      return nameHint(node, message, scope)
    case 2305: // no exported member
      return exportsHint(node, checker)
    case 2307: // no such module
    case 2732:
    case 2792:
      return packageHint(specifierIn(node, message))
    case 2353: // unknown property
    case 2561:
      return optionsHint(node, checker, finding.code === 2561)
    case 2532: // possibly null or undefined
    case 18047:
    case 18048:
    case 18049:
      return [
        'Write ?. in place of . to go on only with a value, or ! before the . where there always is one.',
      ]
    case 2339: // no such property
    case 2551:
      return [...related, ...memberHint(node, checker)]
    case 2345: // argument of another type
    case 2554: // another number of arguments
    case 2555:
    case 2769: // no overload
      return [
        ...related,
        ...emptyListHint(message),
        ...conversionHint(message),
        ...signatureHint(node, checker),
      ]
    case 2322: // not assignable
    case 2739:
    case 2740:
    case 2741:
      return [...related, ...emptyListHint(message), ...conversionHint(message), ...wordsHint(node, checker)]
    case 2362: // arithmetic on what is no number
    case 2363:
    case 2365:
      return [...related, ...awaitHint(node, checker)]
    case 2550: // a later standard library
      return libraryHint(message)
    case 2695: // the left side of a comma
      return /^[ \t]*\[/.test(lineAt(file, finding.start ?? 0)) ? [JOINED] : []
    case 2454: // used before assigned
      return ['Give it a first value where it is declared.']
    default:
      return related
  }
}

/** A message without the advice that concerns files of settings. */
export function withoutSettings(message: string): string {
  return message
    .replace(/ Do you need to change your target library\?.*$/s, '')
    .replace(/ or its corresponding type declarations\./, '.')
    .replace(/ Did you mean to set the 'moduleResolution' option to .*$/s, '')
}

/** TypeScript's own advice is kept where it tells what to write. */
function relatedHint({ code, messageText }: TS.DiagnosticRelatedInformation): string[] {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n')
  return code === 2773
    ? ['The value is still awaited: write await before the call.']
    : /^Did you/.test(text)
      ? [text]
      : []
}

/** What an empty list inside an object or a list takes is not seen from what comes into it later. */
const emptyListHint = (message: string): string[] =>
  /type 'never'/.test(message) ? ['Give the empty list a type where it is made: [] as number[].'] : []

const JOINED = 'A line that begins with [ goes on with the line before: end that one with a semicolon.'

/** The line in which a place stands. */
function lineAt({ text }: TS.SourceFile, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1
  return /.*/.exec(text.slice(start))![0]
}

function lineHint(file: TS.SourceFile, position: number): string[] {
  const line = lineAt(file, position)
  return LINES_ELSEWHERE.filter(([pattern]) => pattern.test(line)).map(([, here]) => here)
}

/** What a module exports in place of what it does not. */
function exportsHint(node: TS.Node, checker: TS.TypeChecker): string[] {
  const declaration = ts.findAncestor(node, ts.isImportDeclaration)
  const module = declaration && checker.getSymbolAtLocation(declaration.moduleSpecifier)
  const names = module ? checker.getExportsOfModule(module).map((one) => one.name) : []
  const known = ts.isIdentifier(node) ? nearest(node.text, names) : undefined
  if (known) return [`Did you mean '${known}'?`]
  const more = names.length > 8 ? ` and ${names.length - 8} more` : ''
  return names.length > 0 ? [`It exports ${names.slice(0, 8).join(', ')}${more}.`] : []
}

function nameHint(node: TS.Node, message: string, scope: Scope): string[] {
  const name = ts.isIdentifier(node) ? node.text : (/'([^']+)'/.exec(message)?.[1] ?? '')
  const count = scope.unset.get(name)
  if (count !== undefined) {
    return [`Cell ${count} would declare it, but ended before: run it again.`]
  }
  if (/Did you mean/.test(message)) return []
  const known = nearest(name, scope.names())
  if (known) return [`Did you mean '${known}'?`]
  const here = ELSEWHERE.get(name)
  if (here) return [`Here it is called ${here}.`]
  const assigned = ts.isBinaryExpression(node.parent) && node.parent.left === node
  if (assigned && node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return [`A new variable is declared: let ${name} = …`]
  }
  return []
}

function specifierIn(node: TS.Node, message: string): string {
  const quoted = /module '"?([^'"]+)"?'/i.exec(message)?.[1]
  return quoted ?? (ts.isStringLiteralLike(node) ? node.text : '')
}

function optionsHint(node: TS.Node, checker: TS.TypeChecker, suggested: boolean): string[] {
  const literal = ts.findAncestor(node, ts.isObjectLiteralExpression)
  const type = literal && checker.getContextualType(literal)
  if (!type) return []
  const own = checker.getNonNullableType(type)
  const options = optionsOfType(own, literal, checker)
  const known = ts.isIdentifier(node)
    ? nearest(
        node.text,
        options.map(({ name }) => name),
      )
    : undefined
  const list = options.map(({ text, about }) => `  ${text}${about && ` — ${about}`}`)
  const guess = known && !suggested ? [`Did you mean '${known}'?`] : []
  return list.length > 0 && list.length <= 24 ? [...guess, `Known here are\n${list.join('\n')}`] : guess
}

function memberHint(node: TS.Node, checker: TS.TypeChecker): string[] {
  const access = node.parent
  if (!access || !ts.isPropertyAccessExpression(access)) return []
  const type = checker.getTypeAtLocation(access.expression)
  const name = access.name.text
  const awaited = awaitedType(type, checker)
  if (awaited && checker.getPropertyOfType(awaited, name)) {
    return ['The value is still awaited: write await before it, in parentheses.']
  }
  if (type.isUnion() && type.types.some((one) => checker.getPropertyOfType(one, name))) {
    return [`Only some of these types have it; ask first: if ('${name}' in ${access.expression.getText()}) …`]
  }
  const text = checker.typeToString(type)
  if (text === '{}')
    return ['Say where it is declared what the object may take: const x: Record<string, number> = {}.']
  if (/^readonly .*\[\]$|^ReadonlyArray</.test(text)) {
    return ['The array is readonly; a copy can be changed: [...array].']
  }
  return []
}

function awaitHint(node: TS.Node, checker: TS.TypeChecker): string[] {
  const operation = ts.findAncestor(node, ts.isBinaryExpression)
  const operands = operation ? [operation.left, operation.right] : [node]
  return operands.some((one) => awaitedType(checker.getTypeAtLocation(one), checker))
    ? ['A promise is no value yet: write await before it.']
    : []
}

/** What a promise gives; `undefined` of what is none. */
function awaitedType(type: TS.Type, checker: TS.TypeChecker): TS.Type | undefined {
  if (type.symbol?.name !== 'Promise') return undefined
  return checker.getAwaitedType(type)
}

function conversionHint(message: string): string[] {
  if (/'Promise<.*>' is (not assignable|missing)|missing in type 'Promise</.test(message))
    return ['A promise is no value yet: write await before it.']
  const typed = /type '(Float(?:32|64)Array|U?[Ii]nt\d+(?:Clamped)?Array)/
  const toTyped = /[tT]ype '(?:readonly )?number\[\]' is .*?/
  if (toTyped.test(message) && typed.test(message))
    return [`Convert the array: ${typed.exec(message)![1]}.from(…).`]
  if (
    /Type 'Float\d+Array|Type 'U?[Ii]nt\d+/.test(message) &&
    /type '(?:readonly )?number\[\]'/.test(message)
  ) {
    return ['Convert the array: Array.from(…).']
  }
  if (/'string' is not assignable to (parameter of )?type 'number'/.test(message)) {
    return ['Write the number without quotes, or convert the text: Number(…).']
  }
  return []
}

/** The function as it is declared; its arguments where they fit in another order. */
function signatureHint(node: TS.Node, checker: TS.TypeChecker): string[] {
  const isCall = (one: TS.Node): one is TS.CallExpression | TS.NewExpression =>
    ts.isCallExpression(one) || ts.isNewExpression(one)
  const call = ts.findAncestor(node, isCall)
  if (!call) return []
  const type = checker.getTypeAtLocation(call.expression)
  const signatures = ts.isNewExpression(call) ? type.getConstructSignatures() : type.getCallSignatures()
  const name = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.name.text
    : call.expression.getText()
  const shown = signatures
    .slice(0, 3)
    .map((one) => `  ${name}${unqualified(checker.signatureToString(one, call))}`)
  if (shown.length === 0 || shown.some((line) => line.length > 240)) return []
  const list = `It is called as\n${shown.join('\n')}`
  const [only] = signatures
  return signatures.length === 1 && only && inOtherOrder(only, call, checker)
    ? ['The arguments are in another order.', list]
    : [list]
}

/** Types by their names alone, without the modules that they come from. */
const unqualified = (signature: string): string => signature.replace(/\bimport\("[^"]*"\)\./g, '')

/** Whether two arguments that do not fit would fit if they changed places. */
function inOtherOrder(
  signature: TS.Signature,
  call: TS.CallExpression | TS.NewExpression,
  checker: TS.TypeChecker,
): boolean {
  const given = (call.arguments ?? []).map((one) => checker.getTypeAtLocation(one))
  const wanted = signature.parameters.map((one) => checker.getTypeOfSymbolAtLocation(one, call))
  const fits = (i: number, j: number): boolean => {
    const [from, to] = [given[i], wanted[j]]
    return from !== undefined && to !== undefined && checker.isTypeAssignableTo(from, to)
  }
  return given.some((_, i) =>
    given.some((__, j) => i < j && !(fits(i, i) && fits(j, j)) && fits(i, j) && fits(j, i)),
  )
}

/** The words that a text may be. */
function wordsHint(node: TS.Node, checker: TS.TypeChecker): string[] {
  const expression = expressionAt(node)
  const given = expression && ts.isStringLiteralLike(expression) ? expression.text : undefined
  const type = expression && checker.getContextualType(expression)
  if (given === undefined || !type) return []
  const parts = type.isUnion() ? type.types : [type]
  const words = parts.flatMap((one) => (one.isStringLiteral() ? [one.value] : []))
  const known = nearest(given, words)
  return known ? [`Did you mean '${known}'?`] : []
}

/** The value that a declaration, a property or an argument gives. */
function expressionAt(node: TS.Node): TS.Expression | undefined {
  const { parent } = node
  if (parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)))
    return parent.initializer
  return ts.isExpression(node) ? node : undefined
}

function libraryHint(message: string): string[] {
  const year = /'(es\d+)' or later/.exec(message)?.[1]
  const since = year && SINCE.get(year)
  return since ? [`It comes with Node ${since}; this is Node ${process.versions.node}.`] : []
}

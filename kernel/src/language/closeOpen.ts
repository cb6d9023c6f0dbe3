/**
 * A cell that is still being written, made whole for completion: what is open at the cursor and stays open is closed.
 *
 * `qde({ objective: 'x^2', ` would else swallow the lines behind it, and be no call with an object of options.
 */
import type TS from 'typescript'
import { ts } from './typescript.js'

const { SyntaxKind } = ts

/** What closes an opening token. */
const CLOSERS: ReadonlyMap<TS.SyntaxKind, string> = new Map([
  [SyntaxKind.OpenParenToken, ')'],
  [SyntaxKind.OpenBracketToken, ']'],
  [SyntaxKind.OpenBraceToken, '}'],
  [SyntaxKind.TemplateHead, '}`'],
])

const OPENERS: ReadonlyMap<TS.SyntaxKind, TS.SyntaxKind> = new Map([
  [SyntaxKind.CloseParenToken, SyntaxKind.OpenParenToken],
  [SyntaxKind.CloseBracketToken, SyntaxKind.OpenBracketToken],
  [SyntaxKind.CloseBraceToken, SyntaxKind.OpenBraceToken],
  [SyntaxKind.TemplateTail, SyntaxKind.TemplateHead],
])

/** Words after which a slash divides; after the others a regular expression begins. */
const VALUES: ReadonlySet<TS.SyntaxKind> = new Set([
  SyntaxKind.ThisKeyword,
  SyntaxKind.SuperKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
])

interface Token {
  readonly kind: TS.SyntaxKind
  readonly start: number
  readonly end: number
  readonly unterminated: boolean
}

/** The text with what is open at the position closed behind the word that stands there; positions before stay. */
export function closeOpen(code: string, position: number): string {
  const end = position + /^[\p{ID_Continue}$]*/u.exec(code.slice(position))![0].length
  const quote = openQuote(code, position)
  if (!quote) return closeBrackets(code, position, end)
  return closeBrackets(code.slice(0, end) + quote + code.slice(end), position, end + quote.length)
}

/** Closes from `end` on, which is the position or a place behind it. */
function closeBrackets(code: string, position: number, end: number): string {
  const open: TS.SyntaxKind[] = []
  /** How many of the open brackets were opened before the position. */
  let own = 0
  let at = end
  let closed = code
  const close = (from: number): void => {
    const text = open
      .slice(from, own)
      .reverse()
      .map((kind) => CLOSERS.get(kind)!)
    const grown = closed.length - code.length
    closed = closed.slice(0, at + grown) + text.join('') + closed.slice(at + grown)
  }
  for (const token of tokens(code)) {
    const opener = OPENERS.get(token.kind)
    const match = opener === undefined ? -1 : open.lastIndexOf(opener)
    if (token.start < position) {
      if (match >= 0) open.length = match
      if (CLOSERS.has(token.kind)) open.push(token.kind)
      own = open.length
    } else if (CLOSERS.has(token.kind)) open.push(token.kind)
    else if (match >= 0) {
      if (match < own) {
        close(match + 1)
        own = match
        at = token.end
      }
      open.length = match
    }
  }
  close(0)
  return closed
}

/** The quote of the string or template that contains the position and that nothing ends. */
function openQuote(code: string, position: number): string | undefined {
  for (const { start, end, unterminated } of tokens(code)) {
    if (start >= position) return undefined
    if (unterminated && position <= end) {
      const first = code.charAt(start)
      return first === '}' ? '`' : /["'`]/.test(first) ? first : undefined
    }
  }
  return undefined
}

function* tokens(code: string): Generator<Token> {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code)
  /** For each open brace, whether it stands in a template. */
  const braces: boolean[] = []
  let afterValue = false
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if ((kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken) && !afterValue)
      kind = scanner.reScanSlashToken()
    if (kind === SyntaxKind.OpenBraceToken) braces.push(false)
    else if (kind === SyntaxKind.TemplateHead) braces.push(true)
    else if (kind === SyntaxKind.CloseBraceToken) {
      if (braces.at(-1)) kind = scanner.reScanTemplateToken(false)
      if (kind !== SyntaxKind.TemplateMiddle) braces.pop()
    }
    afterValue = endsValue(kind)
    yield {
      kind,
      start: scanner.getTokenStart(),
      end: scanner.getTokenEnd(),
      unterminated: scanner.isUnterminated(),
    }
  }
}

function endsValue(kind: TS.SyntaxKind): boolean {
  if (OPENERS.has(kind) || VALUES.has(kind) || kind === SyntaxKind.NoSubstitutionTemplateLiteral) return true
  if (kind >= SyntaxKind.FirstLiteralToken && kind <= SyntaxKind.LastLiteralToken) return true
  if (kind >= SyntaxKind.FirstReservedWord && kind <= SyntaxKind.LastReservedWord) return false
  return kind >= SyntaxKind.Identifier
}

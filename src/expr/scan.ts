import { ExpressionError } from './errors.js'
import { FUNCTIONS, SYNONYMS } from './functions.js'

/** A name, number or punctuation mark of the text, with its 0-based place. */
export interface Token {
  readonly kind: 'name' | 'number' | 'mark'
  readonly text: string
  readonly at: number
}

/** Limits that keep a parse, and everything after it, well inside the stack. */
const LIMITS = { characters: 4000, nesting: 64 } as const

const PATTERN =
  /(?<name>[\p{L}_][\p{L}\p{Nd}_]*)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<mark>[-+*/^(),])|\s+/uy

/** Operators that mathjs spells as words. */
const WORD_OPERATORS: readonly string[] = ['mod', 'to', 'in', 'and', 'or', 'xor', 'not']

const FOREIGN: Readonly<Record<string, string>> = {
  '²': 'Write ^2',
  '³': 'Write ^3',
  '·': 'Write *',
  '×': 'Write *',
  '÷': 'Write /',
  '−': 'Write - (the ASCII minus)',
  '=': 'Give only the expression, without an equals sign',
  '[': 'Use parentheses',
  '{': 'Use parentheses',
  '√': 'Write sqrt(…)',
  '|': 'Write abs(…)',
  '!': 'Factorials are not part of the language',
  '<': 'Conditions are not part of the language; min, max, abs and sign are',
  '>': 'Conditions are not part of the language; min, max, abs and sign are',
  '?': 'Conditions are not part of the language; min, max, abs and sign are',
  '%': 'Divide by 100 instead',
  '∞': 'Use a finite number',
}

/**
 * Splits a text into tokens and refuses what a parser would read in a surprising way:
 * foreign characters, and two operands side by side (`2x`, `1/2 x`), which conventions read differently.
 *
 * @throws ExpressionError 'syntax', 'unsupported' or 'too-complex'.
 */
export function scan(text: string): readonly Token[] {
  if (text.trim() === '') {
    throw new ExpressionError({
      code: 'syntax',
      what: 'The expression is empty',
      remedy: "Write one, for example '(x^2 - 1)^2'",
    })
  }
  if (text.length > LIMITS.characters) {
    throw new ExpressionError({
      code: 'too-complex',
      what: `The expression has ${text.length} characters; at most ${LIMITS.characters} are read`,
      remedy: 'Give a function of x instead of a text',
    })
  }
  const tokens: Token[] = []
  let depth = 0
  for (let at = 0; at < text.length; ) {
    PATTERN.lastIndex = at
    const match = PATTERN.exec(text)
    if (!match) throw foreign(text, at)
    const kind =
      match.groups?.name !== undefined ? 'name' : match.groups?.number !== undefined ? 'number' : 'mark'
    if (match[0].trim() !== '') {
      const token: Token = { kind, text: match[0], at }
      refuseNeighbours(text, tokens[tokens.length - 1], token)
      if (token.text === '(') depth += 1
      if (token.text === ')') depth -= 1
      if (depth > LIMITS.nesting) {
        throw new ExpressionError({
          code: 'too-complex',
          what: `More than ${LIMITS.nesting} open parentheses`,
          text,
          at,
        })
      }
      tokens.push(token)
    }
    at += match[0].length
  }
  return tokens
}

function foreign(text: string, at: number): ExpressionError {
  const character = String.fromCodePoint(text.codePointAt(at)!)
  return new ExpressionError({
    code: 'unsupported',
    what: `“${character}” is not part of the language`,
    text,
    at,
    remedy: FOREIGN[character] ?? 'Use names, numbers, + - * / ^ and parentheses',
  })
}

/** `**` is another language's power; an operand right after an operand is a product that was left unsaid. */
function refuseNeighbours(text: string, left: Token | undefined, right: Token): void {
  if (left?.text === '*' && right.text === '*') {
    throw new ExpressionError({
      code: 'syntax',
      what: '“**” is not an operator here',
      text,
      at: left.at,
      remedy: 'Write ^ for a power',
    })
  }
  const ends = left !== undefined && (left.kind !== 'mark' || left.text === ')')
  const starts = right.kind !== 'mark' || (right.text === '(' && left?.kind !== 'name')
  if (!ends || !starts) return
  const before = left.text === ')' ? '(…)' : left.text
  const after = right.text === '(' ? '(…)' : right.text
  const called = FUNCTIONS.has(before) || SYNONYMS[before] !== undefined
  const word = WORD_OPERATORS.find((name) => name === before || name === after)
  throw new ExpressionError({
    code: word === undefined ? 'syntax' : 'unsupported',
    what:
      word === undefined
        ? `An operator is missing between “${before}” and “${after}”`
        : `“${word}” is not part of the language`,
    text,
    at: right.at,
    remedy:
      word !== undefined
        ? 'Use + - * / ^ and functions'
        : called
          ? `Write ${SYNONYMS[before] ?? before}(${after})`
          : `For a product write ${before}*${after}`,
  })
}

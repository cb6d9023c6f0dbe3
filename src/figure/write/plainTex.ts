/**
 * TeX of a formula as plain text: `\frac{\hbar^{2}}{2 m}` is ħ²/(2 m). What has no character is written out, so that
 * nothing is lost; spaces stay where the TeX has them.
 */
import { LOWERED, maybeCharacter, RAISED } from './letters.js'

export function plainTex(tex: string): string {
  const tokens = tex.match(/\\[a-zA-Z]+\*?|\\.|[^\\]/gsu) ?? []
  return new Reader(tokens)
    .sequence()
    .replace(/\s+/g, ' ')
    .replace(/ (?=[)\],.;])|(?<=[([]) /g, '')
    .trim()
}

/** Commands that set their argument in another face. */
const FACES = new Set([
  'text',
  'mathrm',
  'mathit',
  'mathbf',
  'mathcal',
  'operatorname',
  'operatorname*',
  'mathopen',
  'mathclose',
  'mathrel',
  'boldsymbol',
])
/** Commands that only size what follows, or nothing at all. */
const SILENT = new Set([
  'left',
  'right',
  'displaystyle',
  'textstyle',
  'limits',
  'nolimits',
  '!',
  'big',
  'Big',
  'bigl',
  'bigr',
  'Bigl',
  'Bigr',
])
const SPACES = new Set([',', ':', ';', ' ', '>', 'quad', 'qquad', 'thinspace', 'enspace', '\\'])

class Reader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  /** Everything up to the end, or to the brace that closes a group. */
  sequence(): string {
    let text = ''
    while (this.#at < this.#tokens.length && this.#tokens[this.#at] !== '}') text += this.#piece()
    return text
  }

  #piece(): string {
    const token = this.#tokens[this.#at++] ?? ''
    if (token === '{') return this.#group()
    if (token === '^') return script(this.#argument(), RAISED, '^')
    if (token === '_') return script(this.#argument(), LOWERED, '_')
    if (token === "'") return '′'
    if (token === '-') return '−'
    if (token === '~' || token === '&') return ' '
    return token.startsWith('\\') ? this.#command(token.slice(1)) : token
  }

  #command(name: string): string {
    if (SPACES.has(name)) return ' '
    if (SILENT.has(name)) {
      if ((name === 'left' || name === 'right') && this.#tokens[this.#at] === '.') this.#at++
      return ''
    }
    if (FACES.has(name)) return this.#argument()
    if (/^[dt]?frac$/.test(name)) return `${held(this.#argument())}/${held(this.#argument())}`
    if (name === 'sqrt') return `√${held(this.#argument())}`
    if (name === 'overline' || name === 'bar') return `${this.#argument()}\u0304`
    if (name === 'hat') return `${this.#argument()}\u0302`
    if (name === 'dot') return `${this.#argument()}\u0307`
    return maybeCharacter(name) ?? name
  }

  /** A group, one command, or one character. */
  #argument(): string {
    while (/^\s$/.test(this.#tokens[this.#at] ?? '')) this.#at++
    return this.#at < this.#tokens.length ? this.#piece().trim() : ''
  }

  #group(): string {
    const text = this.sequence()
    this.#at++
    return text
  }
}

/** In parentheses where it would fall apart beside a stroke or a root. */
function held(text: string): string {
  return /^[\p{L}\p{N}.]\p{M}*[₀-₉⁰-⁹²³¹′]*$/u.test(text) || /^\d+$/.test(text) ? text : `(${text})`
}

function script(text: string, forms: ReadonlyMap<string, string>, sign: string): string {
  const characters = [...text]
  if (characters.every((character) => forms.has(character)))
    return characters.map((character) => forms.get(character)).join('')
  return characters.length === 1 ? sign + text : `${sign}(${text})`
}

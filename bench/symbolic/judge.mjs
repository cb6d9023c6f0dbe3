/** What an engine's answer is worth: found out from the answer by evaluating it with 60 digits, whoever gave it. */
import { createRequire } from 'node:module'

/** @typedef {import('./tasks.mjs').Item} Item */
/** @typedef {'✓' | '~' | '✗' | 'WRONG'} Mark */

/**
 * @typedef {object} Answer
 * @property {readonly string[]} [texts] parts of the answer in the language of src/expr
 * @property {string} [antiderivative] where that is all that was found
 * @property {string} [tex]
 */

const katex = createRequire(import.meta.url)('katex')

/** @type {Readonly<Record<string, import('../../src/dist/expr/index.js').ValueDomain>>} */
const DOMAINS = {
  ...Object.fromEntries(
    ['D', 'tau', 'hbar', 'm', 'a', 'omega', 'k', 'beta', 'Delta', 't'].map((n) => [n, 'positive']),
  ),
  ...Object.fromEntries(['x', 'y', 'b', 'c', 'p', 'q', 'theta', 'E'].map((n) => [n, 'real'])),
}
const NAMES = {
  symbols: Object.fromEntries(Object.entries(DOMAINS).map(([name, domain]) => [name, { domain }])),
  functions: {},
}
const SCOPE = { variables: Object.keys(DOMAINS), imaginary: true }
/** A form counts as reduced up to this many times the leaves of the shortest that we know. */
const LENGTH = 2

/**
 * The judge, with the evaluator of src/expr.
 * @param {typeof import('../../src/dist/expr/index.js')} expr
 */
export function judgeWith({ compareAtPoints, differentiate, parse }) {
  /** @param {Item} item @param {Answer | undefined} answer @returns {Mark} */
  function judge(item, answer) {
    if (!answer) return '✗'
    try {
      if (item.tex) return judgeTex(item.tex, answer.tex ?? '')
      if (answer.antiderivative !== undefined) return judgeAntiderivative(item, answer.antiderivative)
      const texts = answer.texts ?? []
      if (item.zero) return judgeZero(texts[0])
      return worst((item.form ?? []).map((form, k) => judgeForm(item, form, texts[k])))
    } catch {
      // What cannot be read as a formula is no answer.
      return '✗'
    }
  }

  /** @param {string} text @returns {Mark} */
  function judgeZero(text) {
    if (text.trim() === '0') return '✓'
    return compareAtPoints(parse(text, SCOPE), parse('0', SCOPE), NAMES).kind === 'differs' ? 'WRONG' : '✗'
  }

  /** @param {Item} item @param {string} form @param {string} text @returns {Mark} */
  function judgeForm(item, form, text) {
    const [wanted, found] = [parse(form, SCOPE), parse(text, SCOPE)]
    const { kind } = compareAtPoints(found, wanted, NAMES)
    if (kind !== 'agrees') return kind === 'differs' ? 'WRONG' : '✗'
    if (item.withoutI && hasI(found)) return '~'
    return item.anyLength || leaves(found) <= LENGTH * leaves(wanted) ? '✓' : '~'
  }

  /** @param {Item} item @param {string} text @returns {Mark} */
  function judgeAntiderivative({ integrand = '' }, text) {
    const slope = differentiate(parse(text, SCOPE), 'x')
    return compareAtPoints(slope, parse(integrand, SCOPE), NAMES).kind === 'agrees' ? '~' : '✗'
  }

  return judge
}

/** The worst of some marks. @param {readonly Mark[]} marks @returns {Mark} */
export const worst = (marks) => ORDER.find((mark) => marks.includes(mark)) ?? '✓'
/** @type {readonly Mark[]} */
const ORDER = ['WRONG', '✗', '~', '✓']

/** @param {readonly string[]} letters @param {string} tex @returns {Mark} */
function judgeTex(letters, tex) {
  katex.renderToString(tex, { strict: 'error', throwOnError: true })
  return letters.every((letter) => tex.includes(letter)) ? '✓' : '~'
}

/** @param {import('../../src/dist/expr/index.js').Node} node @returns {readonly import('../../src/dist/expr/index.js').Node[]} */
function partsOf(node) {
  switch (node.kind) {
    case 'sum':
      return node.terms
    case 'product':
      return node.factors
    case 'negative':
      return [node.of]
    case 'quotient':
      return [node.over, node.under]
    case 'power':
      return [node.base, node.exponent]
    case 'call':
      return node.args
    default:
      return []
  }
}

/** @param {import('../../src/dist/expr/index.js').Node} node @returns {number} */
const leaves = (node) =>
  Math.max(
    1,
    partsOf(node).reduce((sum, part) => sum + leaves(part), 0),
  )
/** @param {import('../../src/dist/expr/index.js').Node} node @returns {boolean} */
const hasI = (node) => (node.kind === 'constant' && node.name === 'i') || partsOf(node).some(hasI)

import { FUNCTIONS } from './functions.js'
import { nameTex, nameUnicode } from './names.js'
import type { Jet, Node } from './node.js'
import { maybeInteger, type Notation, print, TIGHT } from './print.js'

const RAISED = new Map([...'0123456789-'].map((digit, k) => [digit, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'[k]!]))
const raised = (text: string): string => [...text].map((digit) => RAISED.get(digit)!).join('')

/** Most primes that are written one by one. */
const PRIMES = 3

/** Orders of a derivative taken at something else than its variables: ζ″(a), f⁽¹ ²⁾(a, b). */
function orderTex({ orders }: Jet): string {
  if (orders.every((order) => order === 0)) return ''
  const [order] = orders
  return orders.length === 1 && order! <= PRIMES
    ? `^{${'\\prime'.repeat(order!)}}`
    : `^{(${orders.join(',')})}`
}

function orderUnicode({ orders }: Jet): string {
  if (orders.every((order) => order === 0)) return ''
  const [order] = orders
  return orders.length === 1 && order! <= PRIMES
    ? ['′', '″', '‴'][order! - 1]!
    : `⁽${orders.map((k) => raised(String(k))).join(' ')}⁾`
}

const total = (jet: Jet): number => jet.orders.reduce((sum, order) => sum + order, 0)

/** The input language: what is printed parses to an equal tree. */
export const ASCII: Notation = {
  digits: (decimal, exponent) => ({
    text: exponent === 0 ? decimal : `${decimal}e${exponent}`,
    tight: TIGHT.atom,
  }),
  name: (name) => name,
  constant: { pi: 'pi', e: 'e', i: 'i', infinity: 'infinity' },
  minus: '-',
  signs: () => [' + ', ' - '],
  gap: () => '*',
  apart: '*',
  quotient: (over, under) => ({
    text: `${over.held(TIGHT.product)}/${under.held(TIGHT.power)}`,
    tight: TIGHT.product,
  }),
  power: (base, exponent) => ({ text: `${base}^${exponent.held(TIGHT.atom)}`, tight: TIGHT.power }),
  parentheses: (inner) => `(${inner})`,
  call: (name, args) => ({ text: `${name}(${args.join(', ')})`, tight: TIGHT.atom }),
  jet: (jet, args, variables) => {
    const value = `${jet.name}(${args.join(', ')})`
    if (total(jet) === 0) return { text: value, tight: TIGHT.atom }
    if (!variables) return { text: `D[${jet.orders.join(',')}]${value}`, tight: TIGHT.atom }
    const text = jet.orders.reduce(
      (inner, order, k) =>
        order === 0 ? inner : `diff(${inner}, ${variables[k]}${order > 1 ? `, ${order}` : ''})`,
      value,
    )
    return { text, tight: TIGHT.atom }
  },
  bound: (operator, variable, body, limits) => ({
    text: `${operator}(${[body.plain, variable, ...limits].join(', ')})`,
    tight: TIGHT.atom,
  }),
}

/** Plain text for people: (x²−1)² + 0.2x. */
export const UNICODE: Notation = {
  digits: (decimal, exponent) =>
    exponent === 0
      ? { text: decimal, tight: TIGHT.atom }
      : { text: `${decimal}·10${raised(String(exponent))}`, tight: TIGHT.product },
  name: nameUnicode,
  constant: { pi: 'π', e: 'e', i: 'i', infinity: '∞' },
  minus: '−',
  signs: (inside) => (inside ? ['+', '−'] : [' + ', ' − ']),
  gap: unicodeGap,
  apart: '·',
  quotient: (over, under) => ({
    text: `${over.held(TIGHT.product)}/${under.held(TIGHT.power)}`,
    tight: TIGHT.product,
  }),
  power: (base, exponent) => {
    const whole = maybeInteger(exponent.node)
    return {
      text: whole === undefined ? `${base}^${exponent.held(TIGHT.atom)}` : base + raised(String(whole)),
      tight: TIGHT.power,
    }
  },
  parentheses: (inner) => `(${inner})`,
  call: (name, args) => ({
    text: name === 'sqrt' ? `√(${args[0]})` : name === 'abs' ? `|${args[0]}|` : `${name}(${args.join(', ')})`,
    tight: TIGHT.atom,
  }),
  jet: (jet, args, variables, index) => {
    const name = jet.name && nameUnicode(jet.name) + together(index, subscript)
    const order = total(jet)
    if (!variables)
      return {
        text: `${name}${orderUnicode(jet)}(${args.join(', ')})`,
        tight: TIGHT.atom,
      }
    if (jet.orders.length === 1 && order > 0)
      return { text: `${name}${orderUnicode(jet)}`, tight: TIGHT.power }
    const marks = jet.orders
      .map((k, slot) => (k === 0 ? '' : `∂${subscript(variables[slot]!)}${k > 1 ? raised(String(k)) : ''}`))
      .join('')
    return { text: `${marks}${name}`, tight: order ? TIGHT.product : TIGHT.atom }
  },
  derivative: (variable, order, body) => ({
    text: `∂${subscript(variable)}${order > 1 ? raised(String(order)) : ''}${/^\(/.test(body) ? '' : ' '}${body}`,
    tight: TIGHT.product,
  }),
  bound: (operator, variable, body, limits) => {
    const whole = limits.join() === '−∞,∞'
    const range = operator === 'limit' ? `${variable}→${limits[0]}` : `${variable}=${limits.join('…')}`
    const text =
      operator === 'integral'
        ? `∫${whole ? '' : `[${limits.join('…')}]`} ${body.held(TIGHT.product)} d${variable}`
        : `${operator === 'sum' ? 'Σ' : 'lim'}[${range}] ${body.held(TIGHT.product)}`
    return { text, tight: TIGHT.product }
  },
}

const LOWERED: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'0123456789'].map((digit, k) => [digit, '₀₁₂₃₄₅₆₇₈₉'[k]!])),
  x: 'ₓ',
  t: 'ₜ',
  s: 'ₛ',
  h: 'ₕ',
  k: 'ₖ',
  n: 'ₙ',
  m: 'ₘ',
  a: 'ₐ',
  o: 'ₒ',
}
const subscript = (text: string): string =>
  LOWERED[text] ?? `_${/^[\p{L}\p{N}]+$/u.test(text) ? text : `(${text})`}`

/** Several indices: ρ₁₀, with commas where one of them is longer than a letter. */
function together(index: readonly string[], write: (text: string) => string = (text) => text): string {
  return index.map(write).join(index.every((text) => text.length === 1) ? '' : ',')
}

/** 0.2x and ab are juxtaposed, a derivative is set apart, and what could be misread gets a dot. */
function unicodeGap(left: string, right: string): string {
  if (/^[∂[]/u.test(right)) return ' '
  if (/^[\d.]+$/.test(left) && /^(\p{L}|\(|√)/u.test(right)) return ''
  if (left.endsWith(')') && right.startsWith('(')) return ''
  return /^[\d.]*\p{L}\u0304?[₀-ₜ⁰-⁹²³¹′″‴]*$/u.test(left) && /^\p{L}\u0304?[₀-ₜ⁰-⁹²³¹′″‴]*$/u.test(right)
    ? ''
    : '·'
}

/** A letter with index and power, which stands next to another without a gap. */
const SIMPLE_TEX = /^(?!\\mathrm)(\\[a-zA-Z]+|[A-Za-z])(_\{[^{}]*\})?(\^\{[^{}]*\})?$/

function texGap(left: string, right: string): string {
  if (/^\d/.test(right)) return ' \\cdot '
  const close = SIMPLE_TEX.test(right) || right.startsWith('\\left(')
  return close && !/\\mathrm\{[^{}]*\}$/.test(left) ? ' ' : ' \\, '
}

/**
 * Arguments of a function. Parentheses grow only around what is higher than a line; growing ones would stand off from
 * the function, but for the empty one before them.
 */
function argumentsTex(inner: string): string {
  return /\\(frac|sqrt|sum|int|lim|left)(?![a-z])/.test(inner)
    ? `\\mathopen{}\\left(${inner}\\right)`
    : `(${inner})`
}

/** Length of TeX up to which an exponent with a fraction is read as a superscript. */
const SUPERSCRIPT = 48

/** eˣ, or exp(x) where x has fractions that would be too small as a superscript. */
function exponentialTex(exponent: string): string {
  const tall = exponent.includes('\\frac') && exponent.length > SUPERSCRIPT
  return tall ? `\\exp\\left(${exponent}\\right)` : `e^{${exponent}}`
}

/** TeX that KaTeX and MathJax take in strict mode. */
export const TEX: Notation = {
  digits: (decimal, exponent) =>
    exponent === 0
      ? { text: decimal, tight: TIGHT.atom }
      : {
          text: decimal === '1' ? `10^{${exponent}}` : `${decimal} \\times 10^{${exponent}}`,
          tight: TIGHT.product,
        },
  name: nameTex,
  constant: { pi: '\\pi', e: 'e', i: 'i', infinity: '\\infty' },
  minus: '-',
  signs: () => [' + ', ' - '],
  gap: texGap,
  apart: ' \\, ',
  quotient: (over, under) => ({ text: `\\frac{${over.plain}}{${under.plain}}`, tight: TIGHT.power }),
  power: (base, exponent) => ({ text: `${base}^{${exponent.plain}}`, tight: TIGHT.power }),
  parentheses: (inner) => `\\left(${inner}\\right)`,
  call: (name, args) => {
    const inner = args.join(', ')
    if (name === 'sqrt') return { text: `\\sqrt{${inner}}`, tight: TIGHT.atom }
    if (name === 'abs') return { text: `\\left|${inner}\\right|`, tight: TIGHT.atom }
    if (name === 'exp') return { text: exponentialTex(inner), tight: TIGHT.power }
    return { text: `${FUNCTIONS.get(name)?.tex ?? nameTex(name)}${argumentsTex(inner)}`, tight: TIGHT.atom }
  },
  jet: (jet, args, variables, index) => {
    const name = jet.name && nameTex(jet.name) + (index.length > 0 ? `_{${together(index)}}` : '')
    const order = total(jet)
    if (!variables)
      return {
        text: `${name}${orderTex(jet)}${argumentsTex(args.join(', '))}`,
        tight: TIGHT.atom,
      }
    if (jet.orders.length === 1 && order > 0) return { text: `${name}${orderTex(jet)}`, tight: TIGHT.power }
    const marks = jet.orders
      .map((k, slot) => (k === 0 ? '' : `\\partial_{${variables[slot]}}${k > 1 ? `^{${k}}` : ''}`))
      .join('')
    return { text: `${marks} ${name}`.trim(), tight: order ? TIGHT.product : TIGHT.atom }
  },
  derivative: (variable, order, body) => ({
    text: `\\partial_{${variable}}${order > 1 ? `^{${order}}` : ''} ${body}`,
    tight: TIGHT.product,
  }),
  bound: (operator, variable, body, [from, to]) => {
    const inner = body.held(TIGHT.product)
    const text =
      operator === 'integral'
        ? `\\int_{${from}}^{${to}} ${inner} \\, \\mathrm{d} ${variable}`
        : operator === 'sum'
          ? `\\sum_{${variable} = ${from}}^{${to}} ${inner}`
          : `\\lim_{${variable} \\to ${from}} ${inner}`
    return { text, tight: TIGHT.product }
  },
}

/** TeX with sums of derivatives of one function gathered into an operator: [−D ∂ₓ² + ζ] ψ. */
export const OPERATOR_TEX: Notation = {
  ...TEX,
  operator: (bracket, target) => `\\left[${bracket}\\right] ${target}`,
}
/** The same in plain text. */
export const OPERATOR_UNICODE: Notation = {
  ...UNICODE,
  operator: (bracket, target) => `[${bracket}] ${target}`,
}

/** TeX of a tree. */
export const tex = (node: Node): string => print(node, TEX)
/** Plain text of a tree. */
export const unicode = (node: Node): string => print(node, UNICODE)
/** The tree in the input language. */
export const ascii = (node: Node): string => print(node, ASCII)

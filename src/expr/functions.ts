/**
 * The functions that an expression may call, as one table.
 * Derivatives and meanings are written in the language itself, with u, v for the arguments.
 */

import { erf } from '../numeric/index.js'

export interface FunctionRow {
  readonly name: string
  /** Least and greatest number of arguments. */
  readonly arity: readonly [number, number]
  /** TeX operator, written before the parenthesised arguments. */
  readonly tex: string
  /** Value at a real number; functions of several arguments fold pairwise. */
  readonly value: (u: number, v: number) => number
  /** df/du in terms of u, or why there is none. */
  readonly derivative: string | { readonly none: string }
  /** An equal expression that the exact normal form understands better; without it the call is opaque. */
  readonly meaning?: string
  /** Its principal branch in terms of exp, log and roots, where `meaning` does not say it. */
  readonly continuation?: string
  /**
   * An expression that vanishes where the function is not smooth; of functions of several arguments one in each two
   * of them. None where it is smooth wherever it is defined.
   */
  readonly breaks?: string
  /** True where real arguments give a real value for every real argument. */
  readonly real?: true
}

const kink = (name: string, where: string): { none: string } => ({
  none: `${name} has a kink ${where}`,
})

const sigmoid = (u: number): number => (u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u)))
const one: readonly [number, number] = [1, 1]
/** The most arguments that min and max take. */
const MANY = 16

const rows: readonly FunctionRow[] = [
  {
    name: 'sqrt',
    arity: one,
    tex: '\\sqrt',
    value: Math.sqrt,
    derivative: '1/(2*sqrt(u))',
    meaning: 'u^(1/2)',
    breaks: 'u',
  },
  {
    name: 'cbrt',
    arity: one,
    tex: '\\mathrm{cbrt}',
    value: Math.cbrt,
    derivative: '1/(3*cbrt(u)^2)',
    breaks: 'u',
    real: true,
  },
  { name: 'exp', arity: one, tex: '\\exp', value: Math.exp, derivative: 'exp(u)', real: true },
  { name: 'log', arity: one, tex: '\\ln', value: Math.log, derivative: '1/u', breaks: 'u' },
  {
    name: 'log2',
    arity: one,
    tex: '\\log_2',
    value: Math.log2,
    derivative: '1/(u*log(2))',
    meaning: 'log(u)/log(2)',
    breaks: 'u',
  },
  {
    name: 'log10',
    arity: one,
    tex: '\\log_{10}',
    value: Math.log10,
    derivative: '1/(u*log(10))',
    meaning: 'log(u)/log(10)',
    breaks: 'u',
  },
  {
    name: 'sin',
    arity: one,
    tex: '\\sin',
    value: Math.sin,
    derivative: 'cos(u)',
    meaning: '(exp(i*u)-exp(-i*u))/(2*i)',
    real: true,
  },
  {
    name: 'cos',
    arity: one,
    tex: '\\cos',
    value: Math.cos,
    derivative: '-sin(u)',
    meaning: '(exp(i*u)+exp(-i*u))/2',
    real: true,
  },
  {
    name: 'tan',
    arity: one,
    tex: '\\tan',
    value: Math.tan,
    derivative: '1+tan(u)^2',
    meaning: 'sin(u)/cos(u)',
    real: true,
  },
  {
    name: 'asin',
    arity: one,
    tex: '\\arcsin',
    value: Math.asin,
    derivative: '1/sqrt(1-u^2)',
    continuation: '-i*log(i*u+sqrt(1-u^2))',
  },
  {
    name: 'acos',
    arity: one,
    tex: '\\arccos',
    value: Math.acos,
    derivative: '-1/sqrt(1-u^2)',
    continuation: 'pi/2+i*log(i*u+sqrt(1-u^2))',
  },
  {
    name: 'atan',
    arity: one,
    tex: '\\arctan',
    value: Math.atan,
    derivative: '1/(1+u^2)',
    continuation: 'i/2*(log(1-i*u)-log(1+i*u))',
    real: true,
  },
  {
    name: 'sinh',
    arity: one,
    tex: '\\sinh',
    value: Math.sinh,
    derivative: 'cosh(u)',
    meaning: '(exp(u)-exp(-u))/2',
    real: true,
  },
  {
    name: 'cosh',
    arity: one,
    tex: '\\cosh',
    value: Math.cosh,
    derivative: 'sinh(u)',
    meaning: '(exp(u)+exp(-u))/2',
    real: true,
  },
  {
    name: 'tanh',
    arity: one,
    tex: '\\tanh',
    value: Math.tanh,
    derivative: '1-tanh(u)^2',
    meaning: 'sinh(u)/cosh(u)',
    real: true,
  },
  {
    name: 'asinh',
    arity: one,
    tex: '\\mathrm{arsinh}',
    value: Math.asinh,
    derivative: '1/sqrt(u^2+1)',
    continuation: 'log(u+sqrt(u^2+1))',
    real: true,
  },
  {
    name: 'acosh',
    arity: one,
    tex: '\\mathrm{arcosh}',
    value: Math.acosh,
    derivative: '1/(sqrt(u-1)*sqrt(u+1))',
    continuation: 'log(u+sqrt(u-1)*sqrt(u+1))',
  },
  {
    name: 'atanh',
    arity: one,
    tex: '\\mathrm{artanh}',
    value: Math.atanh,
    derivative: '1/(1-u^2)',
    continuation: '(log(1+u)-log(1-u))/2',
  },
  {
    name: 'sigmoid',
    arity: one,
    tex: '\\sigma',
    value: sigmoid,
    derivative: 'sigmoid(u)*(1-sigmoid(u))',
    meaning: '1/(1+exp(-u))',
    real: true,
  },
  {
    name: 'erf',
    arity: one,
    tex: '\\mathrm{erf}',
    value: erf,
    derivative: '2/sqrt(pi)*exp(-u^2)',
    real: true,
  },
  {
    name: 'abs',
    arity: one,
    tex: '\\mathrm{abs}',
    value: Math.abs,
    derivative: kink('abs(u)', 'at u = 0'),
    breaks: 'u',
    real: true,
  },
  {
    name: 'sign',
    arity: one,
    tex: '\\mathrm{sgn}',
    value: Math.sign,
    derivative: { none: 'sign(u) jumps at u = 0' },
    breaks: 'u',
    real: true,
  },
  {
    name: 'step',
    arity: one,
    tex: '\\Theta',
    value: (u) => (1 + Math.sign(u)) / 2,
    derivative: { none: 'step(u) jumps at u = 0' },
    meaning: '(1+sign(u))/2',
    breaks: 'u',
    real: true,
  },
  {
    name: 'floor',
    arity: one,
    tex: '\\mathrm{floor}',
    value: Math.floor,
    derivative: { none: 'floor(u) jumps at every whole number' },
    breaks: 'sin(pi*u)',
    real: true,
  },
  {
    name: 'min',
    arity: [2, MANY],
    tex: '\\min',
    value: Math.min,
    derivative: kink('min', 'where two arguments are equal'),
    breaks: 'u-v',
    real: true,
  },
  {
    name: 'max',
    arity: [2, MANY],
    tex: '\\max',
    value: Math.max,
    derivative: kink('max', 'where two arguments are equal'),
    breaks: 'u-v',
    real: true,
  },
]

/** The table by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionRow> = new Map(rows.map((row) => [row.name, row]))

/** Names that users bring from elsewhere, and what they are called here. */
export const SYNONYMS: Readonly<Record<string, string>> = {
  ln: 'log',
  lg: 'log10',
  log1p: 'log',
  expm1: 'exp',
  pow: 'x^y',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arsinh: 'asinh',
  arcosh: 'acosh',
  artanh: 'atanh',
  sgn: 'sign',
  heaviside: 'step',
  theta: 'step',
  root: 'sqrt',
  logistic: 'sigmoid',
  expit: 'sigmoid',
}

/** The names that a derivation may use, and what is known of their values. */
import type { ValueDomain } from '../expr/index.js'

/** Values of a symbol, or of an undefined function at real arguments. */
export type Domain = ValueDomain

export interface SymbolEntry {
  readonly domain: Domain
  readonly meaning: string
  /** Default: from the name, `x_1` → x₁, `omega` → ω. */
  readonly tex?: string
  /** SI unit or its like, for example `m²/s`; none where the symbol is a pure number or ħ = 1 leaves it open. */
  readonly unit?: string
}

export interface FunctionEntry {
  /** Names of its arguments; taken at just these it is written without them. */
  readonly of: readonly string[]
  readonly domain: Domain
  readonly meaning: string
  /** The name that readers see, where several functions share a letter: ψ(x, t) and ψ(x, τ). Default its own. */
  readonly shown?: string
  /** How many of its first arguments are written as an index: φₙ(x) for `phi(n, x)` with 1. Default 0. */
  readonly indices?: number
}

export interface Vocabulary {
  readonly symbols: Readonly<Record<string, SymbolEntry>>
  /** Undefined functions; derivatives of them are independent of each other in a proof. */
  readonly functions: Readonly<Record<string, FunctionEntry>>
  /** Expressions with values > 0 that the signs of their symbols do not show, for example `sinh(omega*tau)`. */
  readonly positive?: readonly string[]
}

/** What a user may say in short: a domain alone, or the arguments alone (of a complex function). */
export interface VocabularyInput {
  readonly symbols?: Readonly<Record<string, SymbolEntry | Domain>>
  readonly functions?: Readonly<Record<string, FunctionEntry | readonly string[]>>
  readonly positive?: readonly string[]
}

const real = (meaning: string, unit?: string): SymbolEntry => entry('real', meaning, unit)
const positive = (meaning: string, unit?: string): SymbolEntry => entry('positive', meaning, unit)
const complex = (meaning: string, unit?: string): SymbolEntry => entry('complex', meaning, unit)

function entry(domain: Domain, meaning: string, unit?: string): SymbolEntry {
  return { domain, meaning, ...(unit !== undefined && { unit }) }
}

/** The letters of this field, with the meaning that they have unless a derivation gives them another. */
export const SYMBOLS = {
  x: real('coordinate; a parameter that is learned', 'm'),
  y: real('coordinate', 'm'),
  z: real('coordinate', 'm'),
  u: real('coordinate'),
  a: real('point of expansion', 'm'),
  t: complex('time', 's'),
  tau: real('imaginary time, τ = it', 's'),
  s: real('time along a Wick angle', 's'),
  theta: real('Wick angle: 0 real time, π/2 imaginary time'),
  hbar: positive('reduced Planck constant', 'J s'),
  m: positive('mass', 'kg'),
  D: positive('diffusion coefficient', 'm²/s'),
  k: real('wave number', '1/m'),
  n: { domain: 'integer', meaning: 'number of a level' },
  E: real('energy, as a rate', '1/s'),
  E_0: real('lowest energy, as a rate', '1/s'),
  zeta_0: real('value of the objective', '1/s'),
  g: real('slope of the objective', '1/(m s)'),
  h: positive('curvature of the objective', '1/(m² s)'),
  omega: positive('angular frequency', '1/s'),
  beta: positive('inverse temperature', 's'),
  T: positive('temperature, as a rate', '1/s'),
  Delta: positive('distance of two levels', '1/s'),
} as const satisfies Readonly<Record<string, SymbolEntry>>

/** The undefined functions of this field. */
export const FUNCTIONS = {
  psi: { of: ['x', 't'], domain: 'complex', meaning: 'wave function' },
  zeta: { of: ['x'], domain: 'real', meaning: 'learning objective, the potential' },
  V: { of: ['x'], domain: 'real', meaning: 'potential energy' },
  U: { of: ['x'], domain: 'real', meaning: 'loss whose gradient drives' },
  P: { of: ['x', 'tau'], domain: 'positive', meaning: 'population density' },
  phi: { of: ['x'], domain: 'real', meaning: 'eigenfunction' },
  f: { of: ['x'], domain: 'complex', meaning: 'any function' },
} as const satisfies Readonly<Record<string, FunctionEntry>>

/** Entries of {@link SYMBOLS} by name. */
export function symbols<N extends keyof typeof SYMBOLS>(...names: readonly N[]): Record<N, SymbolEntry> {
  return Object.fromEntries(names.map((name) => [name, SYMBOLS[name]])) as Record<N, SymbolEntry>
}

/** A user's names in full, beside those of the field; a name given anew means what is given. */
export function vocabularyOf({
  symbols: given = {},
  functions = {},
  positive: more,
}: VocabularyInput): Vocabulary {
  const own: Record<string, SymbolEntry> = {}
  for (const [name, value] of Object.entries(given))
    own[name] = typeof value === 'string' ? { domain: value, meaning: '' } : value
  const ownFunctions: Record<string, FunctionEntry> = {}
  for (const [name, value] of Object.entries(functions))
    ownFunctions[name] = isList(value) ? { of: value, domain: 'complex', meaning: '' } : value
  const without = <V>(
    table: Readonly<Record<string, V>>,
    taken: Readonly<Record<string, unknown>>,
  ): Record<string, V> =>
    Object.fromEntries(Object.entries(table).filter(([name]) => !Object.hasOwn(taken, name)))
  return {
    symbols: { ...without<SymbolEntry>(SYMBOLS, ownFunctions), ...own },
    functions: { ...without<FunctionEntry>(FUNCTIONS, own), ...ownFunctions },
    ...(more && { positive: more }),
  }
}

const isList = (value: FunctionEntry | readonly string[]): value is readonly string[] => Array.isArray(value)

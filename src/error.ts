/**
 * Errors of the library. Each says what is wrong, what is allowed, what was given and what to try.
 */

/** What kind of thing went wrong. */
export type ErrorCode =
  /** An argument is outside its allowed range. */
  | 'parameter'
  /** ζ is not a finite number somewhere on the grid. */
  | 'not-finite'
  /** ζ has no lower bound, so H has no ground state. */
  | 'unbounded'
  /** ζ does not confine, so no spectrum of bound states exists without a box. */
  | 'not-confining'
  /** The grid cannot hold the state: box too small or spacing too wide. */
  | 'resolution'
  /** The request does not fit the memory or time that the method allows. */
  | 'too-large'
  /** An iteration did not reach its tolerance. */
  | 'not-converged'

export interface ErrorDetails {
  readonly code: ErrorCode
  /** Name of the parameter that the user can change. */
  readonly parameter: string
  /** What is wrong, one sentence without a full stop. */
  readonly problem: string
  /** Allowed range or form. */
  readonly allowed?: string
  /** What was given. */
  readonly got?: unknown
  /** What to try. */
  readonly advice?: string
}

export class PsilabError extends Error {
  readonly code: ErrorCode
  readonly parameter: string
  readonly details: ErrorDetails

  constructor(details: ErrorDetails) {
    super(renderMessage(details))
    this.name = 'PsilabError'
    this.code = details.code
    this.parameter = details.parameter
    this.details = details
  }
}

function renderMessage({ parameter, problem, allowed, got, advice }: ErrorDetails): string {
  const parts = [`${parameter}: ${problem}`]
  if (allowed !== undefined) parts.push(`allowed: ${allowed}`)
  if (got !== undefined) parts.push(`got ${show(got)}`)
  return `${parts.join('; ')}.${advice === undefined ? '' : ` ${advice}`}`
}

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'number' || typeof value === 'bigint' || value === undefined) return String(value)
  if (typeof value === 'function') return 'a function'
  const text =
    JSON.stringify(value, (_, v) =>
      typeof v === 'number' && !Number.isFinite(v) ? String(v) : v,
    )?.replaceAll(/"(NaN|-?Infinity)"/g, '$1') ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** Returns `value` where it is a finite number for which `holds`; throws a `parameter` error otherwise. */
export function requireNumber(
  parameter: string,
  value: unknown,
  allowed: string,
  holds: (value: number) => boolean,
  advice?: string,
): number {
  if (typeof value === 'number' && Number.isFinite(value) && holds(value)) return value
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem: value === undefined ? 'missing' : 'out of range',
    allowed,
    got: value,
    ...(advice === undefined ? {} : { advice }),
  })
}

/** Returns `value` where it is an integer in [lower, upper]; throws a `parameter` error otherwise. */
export function requireInteger(parameter: string, value: unknown, lower: number, upper: number): number {
  return requireNumber(
    parameter,
    value,
    `an integer from ${lower} to ${upper}`,
    (n) => Number.isInteger(n) && n >= lower && n <= upper,
  )
}

/**
 * Refuses options that nobody reads: a misspelt name would otherwise be answered with a default.
 * @throws PsilabError `parameter` naming the option and those that exist
 */
export function requireKeys(name: string, options: object, allowed: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new PsilabError({
      code: 'parameter',
      parameter: name,
      problem: options === undefined ? 'the options are missing' : 'not an object of options',
      allowed: `an object with some of ${allowed.join(', ')}`,
      got: options,
    })
  const unknown = Object.keys(options).find((key) => !allowed.includes(key))
  if (unknown === undefined) return
  throw new PsilabError({
    code: 'parameter',
    parameter: name,
    problem: `there is no option ${unknown}`,
    allowed: allowed.join(', '),
  })
}

/**
 * One value for each axis, from a value for all or a list.
 * @throws PsilabError `parameter` where the list has another length
 */
export function perAxis<T>(
  parameter: string,
  value: T | readonly T[],
  axes: readonly string[],
): readonly T[] {
  if (!Array.isArray(value)) return axes.map(() => value as T)
  if (value.length === axes.length) return value
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem: 'wrong number of values',
    allowed: `one for all axes, or one for each of ${axes.join(', ')}`,
    got: value,
  })
}

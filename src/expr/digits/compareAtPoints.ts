/**
 * Equality tried at points: both sides are evaluated with 60 digits at a few seeded points, where undefined functions
 * have concrete definitions. One point where they differ refutes an equality; points where they agree support it, and
 * prove nothing.
 *
 * Near a zero, what is left of left − right is rounding that shrinks with the working precision, and what is not is a
 * value that stays; two precisions tell them apart.
 */
import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { ExpressionError } from '../errors.js'
import { type Node, parts } from '../node.js'
import { Evaluator, type Report, reportOf } from './decimalEvaluator.js'
import { Decimals, imaginaryPart, isReal, realPart, type Value } from './decimals.js'
import { complexValues } from './evaluateComplex.js'
import { type Sample, type SampleNames, Sampler, withDefinitions, writeSample } from './samples.js'
import { Shared } from './shared.js'

export interface ComparisonOptions {
  /** Points to agree at. Default 8, or 3 where an integral or an infinite sum is to be computed. */
  readonly points?: number
  /** Digits to agree to. Default 60. */
  readonly digits?: number
  /** Default 1. */
  readonly seed?: number
  /** Expressions that must be positive at a point. */
  readonly positiveExpressions?: readonly Node[]
}

/** What the points say of an equality. */
export type Comparison =
  | {
      readonly kind: 'agrees'
      /** Digits compared; fewer than asked for where an integral or infinite sum has fewer. */
      readonly digits: number
      readonly points: number
      readonly seed: number
      /** Largest |left − right| beside the terms that it is made of. */
      readonly residual: number
    }
  | {
      readonly kind: 'differs'
      /** The values and definitions, as people write them: x → 1/2, ζ(x) → x². */
      readonly point: Readonly<Record<string, string>>
      readonly left: string
      readonly right: string
    }
  | { readonly kind: 'undecided'; readonly why: string }

const DIGITS = 60
const POINTS = 8
const POINTS_WITH_INTEGRALS = 3
const SEED = 1
/** Points that may be drawn for one that has a value, and those after which it is given up where none has. */
const TRIES = 4
const HOPELESS = 6
/** Samples that may be drawn for one at which the expressions declared positive are. */
const DRAWS = 200
/** Digits beyond those compared, of the first and the second evaluation. */
const GUARDS = [15, 30] as const
/** Digits of an integral or infinite sum that are not counted on, and least digits by which such values differ. */
const DOUBTED = 4
const SURE = 10
/** Share of a difference by which more digits may change it. */
const STEADY = 1e-6
/** Digits of a counterexample's values. */
const SHOWN = 12

/**
 * Compares two expressions at seeded points, the first with small numbers and simple functions.
 *
 * @param names domains of symbols and undefined functions; points respect them
 * @example
 * compareAtPoints(parse('x^2', scope), parse('2*x', scope), { symbols: { x: { domain: 'real' } }, functions: {} })
 * // => { kind: 'differs', point: { x: '1/2' }, left: '0.25', right: '1' }
 */
export function compareAtPoints(
  left: Node,
  right: Node,
  names: SampleNames,
  { points, digits = DIGITS, seed = SEED, positiveExpressions = [] }: ComparisonOptions = {},
): Comparison {
  const sampler = new Sampler([left, right, ...positiveExpressions], names, seed)
  let [agreed, residual, reached] = [0, 0, digits]
  let wanted = points ?? POINTS
  let why = 'no point was found at which the expressions declared positive are positive'
  for (let tries = 0; agreed < wanted && tries < TRIES * wanted; tries++) {
    const sample = maybeSample(sampler, positiveExpressions)
    if (!sample) break
    const verdict = compareAt(sample, left, right, digits)
    if (verdict.kind === 'differs') return verdict
    if (verdict.kind === 'agrees') {
      agreed += 1
      residual = Math.max(residual, verdict.residual)
      reached = Math.min(reached, verdict.digits)
      if (verdict.digits < digits) wanted = points ?? POINTS_WITH_INTEGRALS
    } else {
      why = verdict.why
      if (verdict.final || (agreed === 0 && tries + 1 >= HOPELESS)) break
    }
  }
  if (agreed < wanted) return { kind: 'undecided', why }
  return { kind: 'agrees', digits: reached, points: agreed, seed, residual }
}

/** A sample at which the expressions declared positive are positive. */
function maybeSample(sampler: Sampler, positive: readonly Node[]): Sample | undefined {
  for (let draw = 0; draw < DRAWS; draw++) {
    const sample = sampler.next()
    const evaluator = evaluatorAt(sample, SURE, reportOf())
    const holds = positive.every((node) => {
      const value = evaluator.evaluate(withDefinitions(node, sample))
      return isReal(value) && evaluator.decimals.decimal(value).gt(0)
    })
    if (holds) return sample
  }
  return undefined
}

function evaluatorAt(sample: Sample, precision: number, report: Report): Evaluator {
  return new Evaluator(new Decimals(precision), complexValues(sample.values), 'complex', report)
}

type Verdict =
  | { readonly kind: 'agrees'; readonly residual: number; readonly digits: number }
  | Extract<Comparison, { kind: 'differs' }>
  /** `final` where another point would say no more. */
  | { readonly kind: 'undecided'; readonly why: string; readonly final: boolean }

function compareAt(sample: Sample, left: Node, right: Node, digits: number): Verdict {
  const shared = new Shared()
  const sides = [left, right].map((side) => shared.of(withDefinitions(side, sample))) as [Node, Node]
  // What is written alike is not computed.
  if (sides[0] === sides[1]) return { kind: 'agrees', residual: 0, digits }
  const report = reportOf()
  try {
    for (const wide of [digits, 2 * digits]) {
      const [first, second] = GUARDS.map((guard) => gapAt(sample, wide + guard, sides, report))
      const verdict = judge(first!, second!, digits, report)
      if (verdict === 'no value')
        return { kind: 'undecided', why: 'it has no value at the points that were tried', final: false }
      if (verdict === 'differs') return difference(sample, second!)
      if (verdict !== 'unsettled') return { kind: 'agrees', ...verdict }
    }
    return { kind: 'undecided', why: 'rounding hides the difference', final: false }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { kind: 'undecided', why: error.message, final: hasLimit(left) || hasLimit(right) }
  }
}

interface Gap {
  readonly decimals: Decimals
  readonly left: Value
  readonly right: Value
  /** left − right, its modulus, and the size of the terms that it is made of. */
  readonly value: Value
  readonly size: Decimal
  readonly scale: Decimal
}

function gapAt(sample: Sample, precision: number, [l, r]: readonly [Node, Node], report: Report): Gap {
  const evaluator = evaluatorAt(sample, precision, report)
  const { decimals } = evaluator
  const [left, right] = [evaluator.evaluate(l), evaluator.evaluate(r)]
  const value = decimals.subtract(left, right)
  const scale = Decimal.max(scaleOf(evaluator, l), scaleOf(evaluator, r))
  return { decimals, left, right, value, size: sizeOf(decimals, value), scale }
}

const sizeOf = (decimals: Decimals, value: Value): Decimal => decimals.decimal(decimals.modulus(value))

/** The size of the greatest term of a sum, through products and quotients; of anything else its own. */
function scaleOf(evaluator: Evaluator, node: Node): Decimal {
  const scale = (part: Node): Decimal => scaleOf(evaluator, part)
  switch (node.kind) {
    case 'sum':
      return Decimal.max(...node.terms.map(scale))
    case 'negative':
      return scale(node.of)
    case 'product':
      return node.factors.map(scale).reduce((u, v) => u.times(v))
    case 'quotient':
      return scale(node.over).div(sizeOf(evaluator.decimals, evaluator.evaluate(node.under)))
    default:
      return sizeOf(evaluator.decimals, evaluator.evaluate(node))
  }
}

function judge(
  first: Gap,
  second: Gap,
  digits: number,
  report: Report,
): { readonly residual: number; readonly digits: number } | 'differs' | 'unsettled' | 'no value' {
  const { size, scale, decimals } = second
  if (!size.isFinite() || !scale.isFinite()) return 'no value'
  if (isExact(second.value)) return size.isZero() ? { residual: 0, digits } : 'differs'
  const counted = Math.floor(Math.min(digits, report.digits - DOUBTED))
  const residual = scale.isZero() ? 0 : size.div(scale).toNumber()
  if (size.lte(scale.times(`1e-${counted}`))) return { residual, digits: counted }
  if (counted < digits) return residual > 10 ** -SURE ? 'differs' : 'unsettled'
  const drift = sizeOf(decimals, decimals.subtract(second.value, first.value))
  return drift.lte(size.times(STEADY)) ? 'differs' : 'unsettled'
}

const isExact = (value: Value): boolean =>
  realPart(value) instanceof Fraction && imaginaryPart(value) instanceof Fraction

function difference(
  sample: Sample,
  { decimals, left, right }: Gap,
): Extract<Comparison, { kind: 'differs' }> {
  const [l, r] = [left, right].map((value) => writeValue(decimals, value))
  return { kind: 'differs', point: writeSample(sample), left: l!, right: r! }
}

function writeValue(decimals: Decimals, value: Value): string {
  const part = (real: Value): string => decimals.decimal(realPart(real)).toSignificantDigits(SHOWN).toString()
  if (isReal(value)) return part(value)
  const im = part(value.im)
  const sum = `${part(value.re)} ${im.startsWith('-') ? '−' : '+'} ${im.replace('-', '')} i`
  return sum.replace(/^-/, '−')
}

const hasLimit = (node: Node): boolean =>
  (node.kind === 'bound' && node.operator === 'limit') || parts(node).some(hasLimit)

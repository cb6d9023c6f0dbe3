/**
 * Algebrite (algebrite.org, MIT) as a second witness beside the exact normal form: another engine's opinion on an
 * equality, and antiderivatives, which are taken only when our own normal form proves F′ = f.
 *
 * It reckons with real variables and principal values at once (√x² = |x|, log xy = log x + log y), so that its opinion
 * supports and never proves. Its state is global: everything is cleared around each line. It is loaded when first asked for.
 */

import { subtract } from '../build.js'
import { differentiate } from '../differentiate.js'
import { ExpressionError } from '../errors.js'
import { type Node, parts } from '../node.js'
import { type Assumptions, proveEqual } from '../normal/normal.js'
import { AlgebriteText } from './text.js'

/** Another engine's view of left = right. */
export type Opinion = 'equal' | 'different' | 'none'

export interface SecondWitness {
  readonly opinion: (left: Node, right: Node) => Opinion
  /** An expression whose derivative is proved to be the given one; undefined where none was found. */
  readonly antiderivative: (integrand: Node, variable: string, assumptions?: Assumptions) => Node | undefined
}

/** Nodes beyond which it is not asked: its time grows fast, and nothing can stop it. */
const LARGEST = 160
/** Values of symbols at which two sides are told apart in doubles, of which it prints six digits. */
const POINTS = ['3/5', '7/4', '11/9', '5/8', '13/7', '9/11', '6/5', '17/13', '8/7', '14/9', '19/12', '10/13']
/** A value that no rounding of a double explains. */
const SURELY_NOT_ZERO = 1e-3

let loading: Promise<SecondWitness> | undefined

/** Loads Algebrite, once. */
export function secondWitness(): Promise<SecondWitness> {
  loading ??= import('algebrite').then(({ default: engine }) => {
    const run = (line: string): string | undefined => maybeAnswer(engine.run, line)
    return {
      opinion: (left, right) => opinion(run, left, right),
      antiderivative: (integrand, variable, assumptions) =>
        maybeAntiderivative(run, integrand, variable, assumptions),
    }
  })
  return loading
}

type Run = (line: string) => string | undefined

/** Its answer, unless it stopped. */
function maybeAnswer(run: (line: string) => string, line: string): string | undefined {
  try {
    run('clearall')
    const answer = String(run(line))
    return /Stop:/.test(answer) ? undefined : answer
  } catch {
    // What it throws are its own TypeErrors and overflows of the stack.
    return undefined
  } finally {
    run('clearall')
  }
}

function opinion(run: Run, left: Node, right: Node): Opinion {
  const difference = subtract(left, right)
  if (sizeOf(difference) > LARGEST) return 'none'
  const text = new AlgebriteText()
  const written = text.write(difference)
  const plain = run(written)
  if (plain === undefined) return 'none'
  // Moduli and arguments that it has brought in itself are where its simplification takes seconds to find nothing.
  const hopeless = /\barg\(/.test(plain) || (/\babs\(/.test(plain) && !written.includes('abs('))
  if (plain === '0' || (!hopeless && run(`simplify(${written})`) === '0')) return 'equal'
  if (text.opaque || text.hasFunctions || text.symbols.length > POINTS.length) return 'none'
  const point = (shift: number): string =>
    text.symbols.reduce(
      (inner, name, k) => `eval(${inner},${name},${POINTS[(k + shift) % POINTS.length]})`,
      written,
    )
  const apart = [0, 5].every((shift) => {
    const value = run(`float(abs(float(${point(shift)})))`)
    return (
      value !== undefined && /^-?[\d.]+$/.test(value) && Math.abs(Number.parseFloat(value)) > SURELY_NOT_ZERO
    )
  })
  return apart ? 'different' : 'none'
}

function maybeAntiderivative(
  run: Run,
  integrand: Node,
  variable: string,
  assumptions?: Assumptions,
): Node | undefined {
  if (sizeOf(integrand) > LARGEST) return undefined
  const text = new AlgebriteText()
  const over = text.write({ kind: 'symbol', name: variable })
  const answer = run(`integral(${text.write(integrand)},${over})`)
  if (answer === undefined) return undefined
  try {
    const found = text.read(answer)
    return proveEqual(differentiate(found, variable), integrand, assumptions) ? found : undefined
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

const sizeOf = (node: Node): number => parts(node).reduce((size, part) => size + sizeOf(part), 1)

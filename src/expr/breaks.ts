import { Expression } from './expression.js'
import { FUNCTIONS } from './functions.js'
import { type Node, parts, symbolsOf, writtenKey } from './node.js'
import { ascii } from './notations.js'
import { parse } from './parse.js'
import { maybeWholePower } from './scalar.js'
import { substitute } from './substitute.js'

/**
 * Expressions at whose zeros an expression may have a kink, a jump or another singularity in its variables: of abs(u)
 * that is u, of max(u, v) it is u − v, of u^(3/2) it is u.
 */
export function breakConditions(expression: Expression): Expression[] {
  const found = new Map<string, Node>()
  collect(expression.node, new Set(expression.variables), found)
  return [...found.values()].map((node) => new Expression(node, ascii(node), expression))
}

function collect(node: Node, variables: ReadonlySet<string>, found: Map<string, Node>): void {
  for (const part of parts(node)) collect(part, variables, found)
  for (const condition of conditionsOf(node))
    if ([...symbolsOf(condition)].some((name) => variables.has(name)))
      found.set(writtenKey(condition), condition)
}

function conditionsOf(node: Node): Node[] {
  if (node.kind === 'power')
    return maybeWholePower(node.exponent) === undefined && !(node.base.kind === 'constant') ? [node.base] : []
  const source = node.kind === 'call' ? FUNCTIONS.get(node.name)?.breaks : undefined
  if (node.kind !== 'call' || source === undefined) return []
  const rule = parse(source, { variables: ['u', 'v'] })
  const [first] = node.args
  if (node.args.length === 1) return [substitute(rule, { u: first! })]
  return node.args.flatMap((u, k) => node.args.slice(k + 1).map((v) => substitute(rule, { u, v })))
}

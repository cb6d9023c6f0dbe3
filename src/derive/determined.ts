/**
 * Names that steps give a value to. What such a name stands for may depend on symbols that its formula does not show:
 * after F := a b, the line F = a b is no identity in b that could be differentiated.
 */
import { functionsOf, type Node, symbolsOf } from '../expr/index.js'
import type { Formula } from './formula.js'
import type { Step } from './step.js'

export class Determined {
  readonly #by = new Map<string, ReadonlySet<string>>()
  readonly #formulas = new Map<string, Formula>()

  constructor(steps: readonly Pick<Step, 'move' | 'after'>[]) {
    for (const { move, after } of steps) {
      const name = isGiven(move.rule) && after.sign === '=' ? givenName(after.left) : undefined
      if (name === undefined) continue
      const arguments_ =
        after.left.kind === 'jet' ? after.left.args.flatMap((arg) => [...symbolsOf(arg)]) : []
      const names = [...namesIn(after.right)].filter((each) => !arguments_.includes(each))
      this.#formulas.set(name, after)
      this.#by.set(name, new Set([...(this.#by.get(name) ?? []), ...names]))
    }
  }

  has(name: string): boolean {
    return this.#by.has(name)
  }

  /** The value of a symbol, or of a function at its own variables. */
  maybeValue(name: string, variables: readonly string[] = []): Node | undefined {
    const formula = this.#formulas.get(name)
    if (!formula) return undefined
    const { left, right } = formula
    const own =
      left.kind === 'symbol' ||
      (left.kind === 'jet' && left.args.every((arg, k) => arg.kind === 'symbol' && arg.name === variables[k]))
    return own ? right : undefined
  }

  /** Whether a name's value is made of another name. */
  depends(name: string, on: string): boolean {
    const seen = new Set<string>()
    const visit = (each: string): boolean => {
      if (seen.has(each)) return false
      seen.add(each)
      return [...(this.#by.get(each) ?? [])].some((part) => part === on || visit(part))
    }
    return visit(name)
  }

  /** The names in some trees whose values are made of a name. */
  dependents(nodes: readonly Node[], on: string): readonly string[] {
    return [...new Set(nodes.flatMap((node) => [...namesIn(node)]))].filter((name) => this.depends(name, on))
  }
}

const isGiven = (rule: string): boolean => rule === 'define' || rule === 'ansatz' || rule === 'postulate'

/** The symbol or function that a formula with this left side gives. */
export function givenName(left: Node): string | undefined {
  if (left.kind === 'symbol') return left.name
  return left.kind === 'jet' && left.orders.every((order) => order === 0) ? left.name : undefined
}

const namesIn = (node: Node): ReadonlySet<string> => new Set([...symbolsOf(node), ...functionsOf(node)])

import fc from 'fast-check'

export interface Grammar {
  readonly leaves: readonly string[]
  readonly functions: readonly string[]
  readonly powers: readonly string[]
  readonly depth: number
}

/** Texts of random expressions, fully parenthesised so that no precedence is assumed. */
export function texts({ leaves, functions, powers, depth }: Grammar): fc.Arbitrary<string> {
  const leaf = fc.constantFrom(...leaves)
  let tree = leaf
  for (let level = 0; level < depth; level++) {
    const inner = tree
    tree = fc.oneof(
      { weight: 2, arbitrary: leaf },
      {
        weight: 4,
        arbitrary: fc
          .tuple(inner, fc.constantFrom('+', '-', '*'), inner)
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
      },
      { weight: 1, arbitrary: fc.tuple(inner, inner).map(([a, b]) => `(${a})/(${b})`) },
      { weight: 1, arbitrary: inner.map((a) => `(-${a})`) },
      {
        weight: 2,
        arbitrary: fc.tuple(inner, fc.constantFrom(...powers)).map(([a, n]) => `(${a})^${n}`),
      },
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...functions), inner).map(([f, a]) => `${f}(${a})`) },
    )
  }
  return tree
}

/** Seed of every fuzz here, so that a failure comes back. */
export const SEED = 20240727

/** A number of an interval on a grid of 997 points: no denormals, no conspiracies with simple fractions. */
export function between(lower: number, upper: number): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 996 }).map((k) => lower + ((upper - lower) * (k + 0.5)) / 997)
}

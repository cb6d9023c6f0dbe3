import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandDiff } from '../../../src/expr/differentiate.js'
import { type Expression, parseExpression } from '../../../src/expr/index.js'
import type { Node } from '../../../src/expr/node.js'
import { proveEqual } from '../../../src/expr/normal/normal.js'
import { parse } from '../../../src/expr/parse.js'
import { SEED, texts } from './_random.js'

const read = (text: string, variables: readonly string[] = ['x', 'y', 'z']): Expression =>
  parseExpression(text, { variables, parameters: { a: 1, b: 1, c: 1, p: 1, q: 1 } })
const SCOPE = {
  variables: ['x', 'y', 'z', 't', 'a', 'b', 'c', 'p', 'q'],
  functions: { psi: 3 },
  imaginary: true,
}
const is = (found: Expression, expected: string): boolean => proveEqual(found.node, parse(expected, SCOPE))
const product = (...factors: Node[]): Node => ({ kind: 'product', factors })
const sum = (...terms: Node[]): Node => ({ kind: 'sum', terms })

describe('gradient(), hessian() and laplacian()', () => {
  it('of Rosenbrock’s valley (a − x)² + b (y − x²)²', () => {
    const valley = read('(a - x)^2 + b*(y - x^2)^2', ['x', 'y'])
    const [dx, dy] = valley.gradient()!
    expect(is(dx!, '-2*(a - x) - 4*b*x*(y - x^2)')).toBe(true)
    expect(is(dy!, '2*b*(y - x^2)')).toBe(true)
    const [[xx, xy], [yx, yy]] = valley.hessian() as [[Expression, Expression], [Expression, Expression]]
    expect(is(xx, '2 - 4*b*y + 12*b*x^2')).toBe(true)
    expect(is(xy, '-4*b*x')).toBe(true)
    expect(is(yx, '-4*b*x')).toBe(true)
    expect(is(yy, '2*b')).toBe(true)
    expect(is(valley.laplacian()!, '2 - 4*b*y + 12*b*x^2 + 2*b')).toBe(true)
    // At its minimum (a, a²) the determinant of the Hessian is 4b.
    expect(xx.evaluate({ x: 1, y: 1 }) * yy.evaluate({ x: 1, y: 1 }) - xy.evaluate({ x: 1, y: 1 }) ** 2).toBe(
      4,
    )
  })

  it('the Hessian is symmetric and its trace is the Laplacian, by normal form', () => {
    const text = texts({
      leaves: ['x', 'y', 'z', 'a', '2', '3'],
      functions: ['exp', 'sin', 'tanh'],
      powers: ['2', '3'],
      depth: 2,
    })
    fc.assert(
      fc.property(text, (source) => {
        const expression = parseExpression(source, { variables: ['x', 'y', 'z'], parameters: { a: 1 } })
        const hessian = expression.hessian()!
        hessian.forEach((row, j) => {
          row.forEach((entry, k) => {
            if (k > j) expect(proveEqual(entry.node, hessian[k]![j]!.node)).toBe(true)
          })
        })
        const trace = sum(...hessian.map((row, k) => row[k]!.node))
        expect(proveEqual(expression.laplacian()!.node, trace)).toBe(true)
        const { node } = expression
        const operator = parse('laplacian(psi(x, y, z), x, y, z)', SCOPE)
        const put = (part: Node): Node =>
          part.kind === 'jet' ? node : part.kind === 'call' ? { ...part, args: part.args.map(put) } : part
        const applied = operator.kind === 'sum' ? sum(...operator.terms.map(put)) : operator
        expect(proveEqual(expandDiff(applied), trace)).toBe(true)
      }),
      { numRuns: 60, seed: SEED },
    )
  })

  it('one Newton step reaches the minimum of any quadratic: H⁻¹∇f = (x − p, y − q)', () => {
    const quadratic = read('a*(x - p)^2 + 2*b*(x - p)*(y - q) + c*(y - q)^2', ['x', 'y'])
    const [dx, dy] = quadratic.gradient()!.map(({ node }) => node) as [Node, Node]
    const [[xx, xy], [yx, yy]] = quadratic.hessian()!.map((row) => row.map(({ node }) => node)) as [
      [Node, Node],
      [Node, Node],
    ]
    const minus = (of: Node): Node => ({ kind: 'negative', of })
    const under = sum(product(xx, yy), minus(product(xy, yx)))
    const step = (over: Node): Node => ({ kind: 'quotient', over, under })
    expect(proveEqual(step(sum(product(yy, dx), minus(product(xy, dy)))), parse('x - p', SCOPE))).toBe(true)
    expect(proveEqual(step(sum(product(xx, dy), minus(product(yx, dx)))), parse('y - q', SCOPE))).toBe(true)
  })

  it('is missing where there is a kink', () => {
    expect(read('x^2 + abs(y)').gradient()).toBeUndefined()
    expect(read('x^2 + abs(y)').hessian()).toBeUndefined()
    expect(read('max(x, y)').laplacian()).toBeUndefined()
  })
})

describe('laplacian(f, x, y, …) in derivations', () => {
  const expanded = (text: string): Node => expandDiff(parse(text, SCOPE))

  it('is the sum of the second derivatives in the coordinates named', () => {
    expect(
      proveEqual(
        expanded('laplacian(psi(x, y, t), x, y)'),
        expanded('diff(psi(x, y, t), y, 2) + diff(psi(x, y, t), x, 2)'),
      ),
    ).toBe(true)
    expect(proveEqual(expanded('laplacian(psi(x, y, t), x)'), expanded('diff(psi(x, y, t), x, 2)'))).toBe(
      true,
    )
  })

  it('of |x|^{2−n} is 0 in n = 3 dimensions, of ln|x| in 2, and of neither in another', () => {
    const vanishes = (text: string): boolean => proveEqual(expanded(text), parse('0', SCOPE))
    expect(vanishes('laplacian((x^2 + y^2 + z^2)^(-1/2), x, y, z)')).toBe(true)
    expect(vanishes('laplacian(log(x^2 + y^2), x, y)')).toBe(true)
    expect(vanishes('laplacian((x^2 + y^2)^(-1/2), x, y)')).toBe(false)
    expect(vanishes('laplacian(log(x^2 + y^2 + z^2), x, y, z)')).toBe(false)
  })

  it('refuses coordinates that are none', () => {
    for (const text of ['laplacian(psi(x, y, t))', 'laplacian(x^2, 2*x)', 'laplacian(x^2, x, x)'])
      expect(() => parse(text, SCOPE)).toThrow(/laplacian takes an expression and its coordinates/)
    expect(() => parse('x', { variables: ['x', 'laplacian'] })).toThrow(/already has a meaning/)
  })
})

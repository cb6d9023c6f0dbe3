import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile, Expression, parseExpression } from '../../../src/expr/index.js'
import { fromPostfix, maybePostfix, POSTFIX_LIMITS } from '../../../src/expr/postfix.js'

const options = { variables: ['x', 'y'], parameters: { a: 0.3 } }
const names = ['x', 'y', 'a']
const columns = [Float64Array.of(-1.3, 0.2, 2.5), Float64Array.of(0.7, -0.4, 1.1)]

const leaf = fc.constantFrom('x', 'y', 'a', 'pi', 'e', '0.2', '3', '1e-7')
const source = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node'))
      .map(([u, o, v]) => `(${u} ${o} ${v})`),
    tie('node').map((u) => `(-${u})`),
    fc.tuple(tie('node'), fc.integer({ min: 0, max: 4 })).map(([u, n]) => `(${u})^${n}`),
    fc.tuple(fc.constantFrom('sin', 'exp', 'abs', 'tanh'), tie('node')).map(([f, u]) => `${f}(${u})`),
    fc.tuple(tie('node'), tie('node')).map(([u, v]) => `max(${u}, ${v})`),
  ),
})).node

describe('trees in postfix notation', () => {
  test('are read back as the tree that was written, through JSON', () => {
    fc.assert(
      fc.property(source, (text) => {
        const { node } = parseExpression(text, options)
        const tokens = maybePostfix(node)
        expect(tokens).toBeDefined()
        const back = fromPostfix(JSON.parse(JSON.stringify(tokens)) as string[], names)
        expect(maybePostfix(back)).toEqual(tokens)
        const values = (tree: typeof node) => compile(new Expression(tree, 'ζ', options), ['x', 'y'])(columns)
        expect(values(back)).toEqual(values(node))
      }),
      { numRuns: 60 },
    )
  })

  test('keep order: x − 2y is not 2x − y', () => {
    const { node } = parseExpression('x - 2*y', options)
    const [at] = compile(new Expression(fromPostfix(maybePostfix(node)!, names), 'ζ', options), ['x', 'y'])([
      Float64Array.of(5),
      Float64Array.of(1),
    ])
    expect(at).toBe(3)
  })

  test.each([
    ['no token', []],
    ['two trees', ['1', '2']],
    ['parts that are missing', ['1', '/']],
    ['more parts than there are', ['1', '+9999']],
    ['an undeclared symbol', ['$z']],
    ['a name of the prototype', ['$__proto__']],
    ['a function that does not exist', ['1', 'constructor:1']],
    ['a function with too many arguments', ['1', '2', 'sin:2']],
    ['a division by zero', ['1/0']],
    ['code', ['alert(1)']],
    ['a number without end', ['9'.repeat(5000)]],
    ['a depth without end', ['1', ...Array<string>(POSTFIX_LIMITS.depth + 1).fill('~')]],
    ['tokens without end', Array<string>(POSTFIX_LIMITS.tokens + 1).fill('1')],
  ])('are refused with %s', (_, tokens) => {
    expect(() => fromPostfix(tokens, names)).toThrow(/tokens of the expression are no tree/)
  })
})

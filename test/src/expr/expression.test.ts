import { describe, expect, it } from 'vitest'
import { ExpressionError, parseExpression } from '../../../src/expr/index.js'

const read = (text: string) =>
  parseExpression(text, { variables: ['x', 'y'], parameters: { a: 0.2, beta: 2 } })

function refusal(text: string): ExpressionError {
  try {
    read(text)
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
  throw new Error(`${text} was accepted`)
}

describe('parseExpression() refuses', () => {
  it.each([
    ['x +', 'syntax', 4, 'Add what follows'],
    ['', 'syntax', undefined, 'empty'],
    ['2x', 'syntax', 2, '2*x'],
    ['1/2 x', 'syntax', 5, '2*x'],
    ['2*(x + 1', 'syntax', 9, 'Add “)”'],
    ['x)', 'syntax', 2, 'Drop a “)”'],
    ['x**2', 'syntax', 2, 'Write ^'],
    ['x(2)', 'syntax', 1, 'x*(…)'],
    ['sin x', 'syntax', 5, 'sin(x)'],
    ['sin', 'syntax', 1, 'sin(…)'],
    ['bta*x', 'undeclared', 1, 'Did you mean “beta”'],
    ['x + z', 'undeclared', 5, 'Variables: x, y. Parameters: a, beta'],
    ['sinn(x)', 'undeclared', 1, 'Did you mean “sin”'],
    ['ln(x)', 'undeclared', 1, 'Did you mean “log”'],
    ['3*i*x', 'undeclared', 3, 'an objective is real'],
    ['true', 'undeclared', 1, 'not declared'],
    ['hbar*x', 'undeclared', 1, 'not declared'],
    ['min(x)', 'arity', 1, '2 to 16'],
    ['x²', 'unsupported', 2, 'Write ^2'],
    ['x = 2', 'unsupported', 3, 'equals'],
    ['x mod 2', 'unsupported', 3, 'mod'],
    ['x\u2212 1', 'unsupported', 2, 'ASCII minus'],
    ['1e999*x', 'unsupported', 1, 'too large'],
    ['('.repeat(100) + 'x' + ')'.repeat(100), 'too-complex', 65, '64 open parentheses'],
    ['x+'.repeat(3000) + 'x', 'too-complex', undefined, 'at most 4000'],
    ['-'.repeat(2000) + 'x', 'too-complex', undefined, 'nested'],
  ] as const)('%s', (text, code, column, hint) => {
    const error = refusal(text)
    expect(error.code).toBe(code)
    expect(error.column).toBe(column)
    expect(error.message).toContain(hint)
  })

  it('a name that already has a meaning, twice-declared names, and infinite parameters', () => {
    expect(() => parseExpression('x', { variables: ['e'] })).toThrow(/already has a meaning/)
    expect(() => parseExpression('x', { variables: ['x'], parameters: { x: 1 } })).toThrow(/declared twice/)
    expect(() => parseExpression('a', { variables: [], parameters: { a: Number.NaN } })).toThrow(/finite/)
  })

  it('with a caret under the place', () => {
    expect(refusal('x + zz').message.split('\n').slice(1, 3)).toEqual(['  x + zz', '      ^'])
  })
})

describe('Expression', () => {
  it('keeps its text and prints itself as TeX and Unicode', () => {
    const double = read('(x^2 - 1)^2 + 0.2*x')
    expect(double.text).toBe('(x^2 - 1)^2 + 0.2*x')
    expect(double.tex).toBe('\\left(x^{2} - 1\\right)^{2} + 0.2 x')
    expect(double.unicode).toBe('(x²−1)² + 0.2x')
    expect(double.symbols).toEqual(['x'])
  })

  it('reads −x^2 as −(x²) and powers from the right', () => {
    expect(read('-x^2').evaluate({ x: 3, y: 0 })).toBe(-9)
    expect(read('2^x^2').evaluate({ x: 3, y: 0 })).toBe(512)
  })

  it('binds e and pi as constants and parameters as numbers', () => {
    expect(read('e^x + pi + a').evaluate({ x: 1, y: 0 })).toBeCloseTo(Math.E + Math.PI + 0.2, 14)
    expect(read('a*x').withParameters({ a: 3 }).evaluate({ x: 2, y: 0 })).toBe(6)
    expect(() => read('a*x').withParameters({ b: 3 })).toThrow(/no parameter/)
    expect(() => read('a*x').withParameters({ a: Number.POSITIVE_INFINITY })).toThrow(/finite/)
  })

  it('has no derivative across a kink, and says why', () => {
    const hinge = read('max(x, 0) + y')
    expect(hinge.derivative('x')).toBeUndefined()
    expect(hinge.kink('x')).toMatch(/kink where two arguments are equal/)
    expect(hinge.derivative('y')?.text).toBe('1')
    expect(() => hinge.derivative('z')).toThrow(/Declared: x, y, a, beta/)
  })
})

import { describe, expect, it } from 'vitest'
import { add, multiply, Normalizer, proveEqual } from '../../../../src/expr/index.js'
import type { Bound } from '../../../../src/expr/node.js'
import { maybeSplit } from '../../../../src/expr/normal/splitBound.js'
import { parse } from '../../../../src/expr/parse.js'

const assumptions = { positive: ['a'], real: ['x', 'c', 'f', 'g'] }
const read = (text: string): Bound =>
  parse(text, { variables: ['x', 'a', 'c'], functions: { f: 1, g: 1 }, imaginary: true }) as Bound
const over = (body: string): string => `integral(${body}, x, -infinity, infinity)`

describe('maybeSplit()', () => {
  it.each([
    [over('(x + c)*f(x)'), over('f(x)')],
    [over('(x + c)*f(x)'), over('x*f(x)/a')],
    [over('f(x)*exp(-a*x^2 + c) - 3*f(x)'), over('2*exp(-a*x^2)*f(x)')],
    [over('(f(x) + g(x))/(a + c)'), over('g(x)')],
    ['sum(f(x)*(g(x) - c), x, 0, a)', 'sum(f(x), x, 0, a)'],
    [over('f(x) + g(x)'), over('g(x) + f(x)')],
  ])('writes %s with a multiple of %s, and is right', (whole, part) => {
    const [w, p] = [read(whole), read(part)]
    const split = maybeSplit(new Normalizer(assumptions), w, p)!
    expect(proveEqual(add(multiply(split.factor, p), split.rest), w, assumptions)).toBe(true)
    expect(proveEqual(split.factor, read('0'), assumptions)).toBe(false)
  })

  it.each([
    [over('x*f(x)'), over('f(x)')],
    [over('f(x)'), over('f(x)^2')],
    [over('f(x)'), 'integral(f(x), x, 0, infinity)'],
    ['sum(f(x), x, 0, a)', 'integral(f(x), x, 0, a)'],
    [over('g(x)'), over('f(x)')],
  ])('finds no part of %s in %s', (whole, part) => {
    expect(maybeSplit(new Normalizer(assumptions), read(whole), read(part))).toBeUndefined()
  })
})

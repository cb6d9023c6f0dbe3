import { describe, expect, it } from 'vitest'
import { type Derivation, derivation, proveEqual } from '../../../src/derive/index.js'

const VOCABULARY = {
  symbols: {
    a: 'positive',
    b: 'positive',
    c: 'real',
    r: 'positive',
    N: 'integer',
    p: 'complex',
    F: 'real',
    Q: 'real',
  },
  functions: {
    f: ['x'],
    q: { of: ['x', 't'], domain: 'real', meaning: '' },
    R: { of: ['x'], domain: 'positive', meaning: '' },
    G: ['r'],
  },
} as const

const start = (text: string): Derivation => derivation(text, VOCABULARY)
const conditions = (made: Derivation): readonly string[] => made.steps.at(-1)!.when
const identity = (gives: string, using: readonly string[] = []) =>
  [{ rule: 'identity' }, { gives, using }] as const

describe('what does not follow is refused', () => {
  it('a bound or an approximation gives no equality and no limit', () => {
    const order = start('integral(exp(-x^2), x, -infinity, infinity) <= 5')
    expect(() => order.evaluate('sqrt(pi) = 5')).toThrow(/<=/)
    expect(() => start('0 <= x^2').apply({ rule: 'changeVariable', where: { x: 'x' } }, '0 = x^2')).toThrow(
      /<=/,
    )
    expect(() => start('0 <= x^2').apply({ rule: 'truncate' }, '0 ~ x^2')).toThrow(/<=/)
    expect(() => start('exp(-x^2) <= 1').limit({ of: 'x', to: '5' })).toThrow(/<=/)
  })

  it('a fact along f(x, x) says nothing of f(y, x)', () => {
    const along = start('q(x,x) = 2*x')
    expect(() => along.apply(...identity('q(y,x) = 2*y', ['1']))).toThrow(/not proved/)
    expect(() => along.apply(...identity('at(diff(q(x,t), x), t, x) = 2', ['1']))).toThrow(/not proved/)
    expect(() => along.apply(...identity('q(y,y) = 2*y', ['1']))).not.toThrow()
  })

  it('the derivative of an approximation is none of the derivative', () => {
    const line = start('c = diff(f(x), x)').apply(
      { rule: 'taylor', about: { x: 'a' }, order: 0 },
      { id: 'zeroth', gives: 'f(x) ~ f(a)' },
    )
    expect(() => line.apply({ rule: 'truncate' }, { from: '1', gives: 'c ~ 0', using: ['zeroth'] })).toThrow(
      /not proved/,
    )
    expect(() => line.apply({ rule: 'taylor', about: { x: 'x' }, order: 1 }, 'f(x) ~ f(x)')).toThrow(
      /free of the variables/,
    )
  })

  it('dividing a bound needs what it is divided by not to vanish', () => {
    const product = start('0 <= x^2*c')
    expect(conditions(product.apply({ rule: 'rearrange', times: '1/x^2' }, '0 <= c'))).toEqual([
      '$x \\neq 0$',
    ])
    expect(conditions(product.apply({ rule: 'inequality', from: { 1: '1/x^2' } }, '0 <= c'))).toEqual([
      '$x \\neq 0$',
    ])
  })

  it('an integral is positive only upwards, over real numbers, with the signs that its variable has there', () => {
    const bound = (of: string) => () => start('c = c').apply({ rule: 'inequality' }, `0 <= ${of}`)
    expect(bound('integral(1 + x^2, x, 5, infinity)')).not.toThrow()
    expect(bound('integral(1 + x^4*exp(x), x, 5, pi)')).toThrow(/negative/)
    expect(bound('integral(x^2*exp(-x^2), x, i, infinity)')).toThrow(/negative/)
    expect(bound('integral(D*exp(-D^2 - D), D, 0, infinity)')).not.toThrow()
    expect(bound('integral(D*exp(-D^2 - D), D, -infinity, infinity)')).toThrow(/negative/)
    expect(() => start('0 <= x^2').integrate({ over: 'x', from: 'i', to: 'infinity' })).toThrow(/negative/)
  })

  it('divergent integrals have no value', () => {
    const value = (of: string) => () => start('c = c').apply({ rule: 'value', of })
    expect(value('integral(1/x^2, x, -1, 1)')).toThrow(/no lemma/)
    expect(value('integral(exp(p*x), x, -infinity, infinity)')).toThrow(/no lemma/)
    expect(value('sum(2^n, n, 0, infinity)')).toThrow(/no lemma/)
    const antiderivative = (is: string, gives: string) => () =>
      start('c = c').apply({ rule: 'antiderivative', is }, gives)
    expect(antiderivative('x^2', 'integral(2*x, x, -infinity, infinity) = 0')).toThrow(/finite/)
    const jumps = antiderivative('atan(tan(x))', 'integral(1, x, 0, pi) = 0')()
    expect(conditions(jumps)).toEqual([expect.stringContaining('antiderivative')])
  })

  it('a boundary term that does not vanish stays', () => {
    const line = start('c = integral(exp(-x^2) + 1, x, -infinity, infinity)')
    const byParts = (boundary: string, gives: string) => () =>
      line.apply({ rule: 'byParts', over: 'x', boundary }, gives)
    expect(byParts('x', 'c = integral(exp(-x^2), x, -infinity, infinity)')).toThrow(/vanish/)
    expect(byParts('x*exp(-x^2)', 'c = integral(2*x^2*exp(-x^2) + 1, x, -infinity, infinity)')).not.toThrow()
  })

  it('what is known of a name outside an integral is not known of its variable', () => {
    const nested = (from: string) =>
      start('c = c').apply({
        rule: 'value',
        of: `integral(integral(exp(-D*x^2), x, -infinity, infinity)*exp(-D), D, ${from}, infinity)`,
      })
    expect(() => nested('-1')).toThrow(/no lemma/)
    expect(() => nested('0')).not.toThrow()
  })
})

describe('sums whose ends change places', () => {
  it('are minus the terms between, listed or in closed form', () => {
    const value = (of: string) => start('c = c').apply({ rule: 'value', of })
    const listed = value('sum(n, n, 5, 2)').steps.at(-1)!.text
    const closed = value('sum(n, n, 5, N)').substitute({ N: '2' }).steps.at(-1)!.text
    expect(listed).toBe('Σ[n=5…2] n = −7')
    expect(closed).toBe(listed)
  })
})

describe('growth with complex rates', () => {
  it('turns across the cut of roots and logarithms, which have no limit then', () => {
    const limit = (text: string) => () => start(`c = ${text}`).limit({ of: 'x', to: 'infinity' })
    expect(limit('exp(-(1 + i)*x/2)*sqrt(1 + exp((1 + i)*x))')).toThrow(/no lemma/)
    expect(limit('log(1 + exp((1 + i)*x))/x')).toThrow(/no lemma/)
    expect(limit('exp(-x/2)*sqrt(1 + exp(x))')).not.toThrow()
  })
})

describe('values that names may have', () => {
  const specialise = (text: string, where: Record<string, string>, gives?: string) => () =>
    start(text).apply({ rule: 'specialise', where }, gives === undefined ? {} : gives)

  it('a special case lies within the domains that were declared', () => {
    expect(specialise('sqrt(a^2) = a', { a: '-b' }, 'b = -b')).toThrow(/declared positive/)
    expect(specialise('0 <= x^2', { x: 'i' })).toThrow(/declared real/)
    expect(specialise('f(x) = N', { N: '1/2' })).toThrow(/declared integer/)
    expect(conditions(specialise('sqrt(a^2) = a', { a: 'c' })())).toEqual(['$c > 0$'])
    expect(conditions(specialise('sqrt(a^2) = a', { a: 'b^2' })())).toEqual([])
  })

  it('expressions that were declared positive stay so', () => {
    const made = derivation('sqrt(sinh(omega*tau)^2) = sinh(omega*tau)', { positive: ['sinh(omega*tau)'] })
    expect(conditions(made.substitute({ tau: '-2*tau' }))).toEqual([expect.stringContaining('> 0')])
  })

  it('what has a value has no other', () => {
    expect(specialise('c = 2', { c: '3' }, '3 = 2')).toThrow(/value already/)
    expect(specialise('f(x) = x', { f: 'x^2' }, 'x^2 = x')).toThrow(/value already/)
    expect(specialise('c = 2', { c: '2' })).not.toThrow()
    expect(conditions(specialise('F = a + b', { a: '2' })())).toEqual(['$a = 2$'])
  })

  it('functions have the values declared at real arguments only', () => {
    const bound = (of: string) => () => start('c = c').apply({ rule: 'inequality' }, `0 <= ${of}`)
    expect(bound('q(2*x, c)^2')).not.toThrow()
    expect(bound('q(i*x, c)^2')).toThrow(/negative/)
    expect(proveEqual('sqrt(R(i*x)^2)', 'R(i*x)', VOCABULARY)).toBe(false)
    expect(proveEqual('sqrt(R(2*x)^2)', 'R(2*x)', VOCABULARY)).toBe(true)
  })
})

describe('names that a step gives a value', () => {
  it('are no variables: what holds there holds only there', () => {
    const square = start('f(x) = x^2').apply({ rule: 'define' }, { id: 'place', gives: 'x = 2' })
    const there = square.apply(
      { rule: 'insert' },
      { id: 'four', from: '1', gives: 'f(x) = 4', using: ['place'] },
    )
    expect(() => there.apply(...identity('f(y) = 4', ['four']))).toThrow(/not proved/)
    const hidden = start('F = x^2').apply({ rule: 'define' }, { id: 'f', gives: 'f(x) = F' })
    expect(() => hidden.apply(...identity('f(y) = x^2', ['f', '1']))).toThrow(/not proved/)
  })

  it('are not constant in what they are made of', () => {
    expect(() => start('F = a*b').differentiate('b')).toThrow(/made of b/)
    expect(() => start('f(x) = c*x').differentiate('c')).toThrow(/made of c/)
    expect(() => start('f(x) = c*x').integrate({ over: 'c', from: '0', to: '1' })).toThrow(/made of c/)
    expect(() => start('f(x) = c*x').differentiate('x')).not.toThrow()
  })

  it('are not defined in a circle, beside their domain, or at places that coincide', () => {
    const define = (first: string, second: string) => () =>
      start('c = c').apply({ rule: 'define' }, first).apply({ rule: 'define' }, second)
    expect(define('F = Q + 1', 'Q = F + 1')).toThrow(/made of Q/)
    expect(define('F = Q + 1', 'Q = c')).not.toThrow()
    expect(define('F = c', 'a = -b')).toThrow(/declared positive/)
    expect(define('F = c', 'f(x^2) = x')).toThrow(/at variables/)
    expect(define('F = c', 'q(x,x) = x')).toThrow(/at variables/)
  })
})

describe('a change of variables', () => {
  const change = (text: string, where: Record<string, string>, gives: string) =>
    start(text).apply({ rule: 'changeVariable', where }, gives)

  it('says where it holds unless it reaches every value', () => {
    expect(conditions(change('f(x) = x', { x: '1' }, 'f(x) = x^2'))).toEqual(['$x = 1$'])
    expect(conditions(change('f(x) = x', { x: '2*x' }, 'f(x) = x'))).toEqual([])
    expect(conditions(change('f(y) = y', { x: 'y' }, 'f(x) = y'))).toEqual(['$x = y$'])
  })

  it('leaves none of the old functions', () => {
    expect(() => change('diff(f(x), x) = f(x)', { f: '0' }, 'f(x) = 7*f(x)')).toThrow(/still/)
  })

  it('says what a solution takes beside it', () => {
    const heat = start('diff(f(x), x) = c*f(x)')
    const solved = (where: Record<string, string>) =>
      conditions(heat.apply({ rule: 'solution', where }, `f(x) = ${where.f}`))
    expect(solved({ f: 'exp(c*x)' })).toEqual([])
    expect(solved({ f: 'exp(2*x)', c: '2' })).toEqual(['$c = 2$'])
  })

  it('takes facts to no place where their variable cannot be', () => {
    const line = start('G(r) = sqrt(r^2)').apply({ rule: 'rearrange' }, 'G(r) = r')
    expect(() => line.apply(...identity('G(-r) = -r', ['2']))).toThrow(/not proved/)
    expect(() => line.apply(...identity('G(2*r) = 2*r', ['2']))).not.toThrow()
  })

  it('shows what an identity puts in', () => {
    const made = start('c = c').apply({ rule: 'identity', where: { F: '2*c' } }, 'F/2 = c')
    expect(conditions(made)).toEqual(['$F = 2 c$'])
  })

  it('integrates over what a variable may be', () => {
    const root = start('sqrt(r^2) = r')
    expect(() => root.integrate({ over: 'r', from: '-1', to: '1' })).toThrow(/no negative values/)
    expect(() => root.integrate({ over: 'r' })).toThrow(/no negative values/)
    expect(() => root.integrate({ over: 'r', from: '0', to: '1' })).not.toThrow()
  })
})

describe('equalities that hold near 0 only', () => {
  it('are told apart at larger values and negative whole numbers', () => {
    const claim = (text: string) => () => start('c = c').apply(...identity(text))
    expect(claim('abs(x - 3) = 3 - x')).toThrow(/differ/)
    expect(claim('log(exp(i*x)) = i*x')).toThrow(/differ/)
    expect(claim('max(a, 10) = 10')).toThrow(/differ/)
    expect(claim('abs(N) = N')).toThrow(/differ/)
  })
})

describe('what a line holds under goes with it', () => {
  const sum = () =>
    derivation('x = x', { symbols: { q: 'real' } }).apply(
      { rule: 'value', of: 'sum(q^n, n, 0, infinity)' },
      'sum(q^n, n, 0, infinity) = 1/(1 - q)',
    )

  it('so a condition is refused where it becomes false, and said where it stays open', () => {
    expect(() => sum().substitute({ q: '2' })).toThrow(/where \|2\| < 1 only/)
    expect(() => sum().multiply('3').substitute({ q: '-3/2' })).toThrow(/< 1 only/)
    expect(sum().substitute({ q: '1/2' }).steps.at(-1)?.when).toEqual([])
    expect(sum().substitute({ q: 'k' }).steps.at(-1)?.when.join()).toContain('|k\\right| < 1')
  })

  it('so two solutions of one equation are not one function', () => {
    const slope = derivation('diff(f(x), x) = 2*x')
    const first = slope.apply({ rule: 'solution', where: { f: 'x^2 + 7' } }, 'f(x) = x^2 + 7')
    const both = first.apply({ rule: 'solution', where: { f: 'x^2' } }, { gives: 'f(x) = x^2', from: '1' })
    expect(() => both.apply({ rule: 'insert' }, { gives: 'x^2 + 7 = x^2', using: ['2'] })).toThrow(
      /another for f/,
    )
  })

  it('so a name does not mean what it means for two values of a parameter', () => {
    const start = derivation('Z(beta) = sum(exp(-beta*E(n)), n, 0, 1)', {
      functions: { Z: ['beta'], E: { of: ['n'], domain: 'real', meaning: 'energy' } },
    })
    const one = start.substitute({ E: 'n' }, { id: 'one' })
    const two = one.apply(
      { rule: 'specialise', where: { E: '2*n' } },
      {
        from: '1',
        id: 'two',
        gives: 'Z(beta) = sum(exp(-2*beta*n), n, 0, 1)',
      },
    )
    expect(() =>
      two.apply(
        { rule: 'insert' },
        { gives: 'sum(exp(-beta*n), n, 0, 1) = sum(exp(-2*beta*n), n, 0, 1)', using: ['one'] },
      ),
    ).toThrow(/another for E/)
  })
})

describe('kinks and moves', () => {
  it('are not decided by points', () => {
    const claim = (gives: string) => () => derivation('x = x').apply({ rule: 'identity' }, gives)
    expect(claim('step(x + 1000) = 1')).toThrow(/kinks and jumps/)
    expect(claim('abs(x + 1000) = x + 1000')).toThrow(/kinks and jumps/)
  })

  it('are named where a rule, a form or a field is missing', () => {
    const start = derivation('x = x')
    const move = (given: unknown) => () => start.apply(given as Parameters<typeof start.apply>[0])
    expect(move({ rule: 'multyply', by: '2' })).toThrow(/no rule “multyply”/)
    expect(move({ rule: 'multiply' })).toThrow(/needs by/)
    expect(move({ rule: 'rewrite', as: 'simplify' })).toThrow(/no form “simplify”/)
  })
})

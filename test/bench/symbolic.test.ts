import { describe, expect, it } from 'vitest'
import { itemsWith } from '../../bench/symbolic/engines/psilab.mjs'
import { judgeWith } from '../../bench/symbolic/judge.mjs'
import { TASKS } from '../../bench/symbolic/tasks.mjs'
import * as expr from '../../src/expr/index.js'

const judge = judgeWith(expr)
const items = itemsWith(expr)

const all = TASKS.flatMap((task) => task.items.map((item) => [task.id, item] as const))

describe('the tasks of derivations', () => {
  it.each(all.map(([task, item]) => [task, item.id, item] as const))('%s %s', (_, id, item) => {
    expect(judge(item, items[id]!())).toBe('✓')
  })
})

describe('judge()', () => {
  const item = (id: string) => all.find(([, one]) => one.id === id)![1]

  it('tells a wrong value from one that is not reduced, and both from none', () => {
    expect(judge(item('wick-phase'), { texts: ['exp(E*tau/hbar)'] })).toBe('WRONG')
    expect(judge(item('wick-phase'), { texts: ['exp(i^2*E*tau/hbar)'] })).toBe('~')
    expect(judge(item('conjugates'), { texts: ['(p + i*q)*(p - i*q) + p*q - q*p'] })).toBe('~')
    expect(judge(item('heat'), { texts: ['x - x'] })).toBe('✗')
    expect(judge(item('heat'), { texts: ['x/10^9'] })).toBe('WRONG')
    expect(judge(item('chain'), { texts: ['d(f(x,-i*tau),tau)'] })).toBe('✗')
    expect(judge(item('gauss'), { antiderivative: 'sqrt(pi)*erf(sqrt(a)*x)/(2*sqrt(a))' })).toBe('~')
    expect(judge(item('gauss'), { antiderivative: 'erf(x)' })).toBe('✗')
    expect(judge(item('tex'), { tex: '\\hbar \\psi \\zeta \\omegatau' })).toBe('✗')
    expect(judge(item('rosenbrock'), { texts: ['400*x^3 - 400*x*y + 2*x - 2', '0', '0', '0', '0'] })).toBe(
      'WRONG',
    )
    expect(judge(item('newton'), undefined)).toBe('✗')
  })
})

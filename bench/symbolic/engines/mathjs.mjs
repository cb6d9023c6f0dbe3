/** mathjs: `derivative` and `simplify` as they come. */
import { all, create } from 'mathjs'
import { HEAT } from '../tasks.mjs'

const math = create(all)

export const name = 'mathjs'
export const version = math.version

export const items = itemsWith((node) => math.simplify(node))

/**
 * @param {(node: import('mathjs').MathNode) => import('mathjs').MathNode} simplify
 * @returns {Readonly<Record<string, () => import('../judge.mjs').Answer>>}
 */
export function itemsWith(simplify) {
  /** @param {string} text */
  const read = (text) => math.parse(text)
  /** @param {readonly import('mathjs').MathNode[]} nodes */
  const answer = (...nodes) => ({
    texts: nodes.map((node) => simplify(node).toString({ implicit: 'show', parenthesis: 'auto' })),
  })
  /** @param {string | import('mathjs').MathNode} of @param {readonly string[]} by */
  const d = (of, ...by) =>
    by.reduce((node, variable) => math.derivative(node, variable), typeof of === 'string' ? read(of) : of)
  /** @param {string} left @param {string} right */
  const put = (left, right) =>
    read(left).transform((node) => (node.toString() === 't' ? read(`(${right})`) : node))
  const psi = 'exp(-m*omega*x^2/(2*hbar) - i*omega*t/2)'
  return {
    'second-derivative': () => answer(d(HEAT, 'x', 'x')),
    heat: () => answer(read(`(${d(HEAT, 'tau')}) - D*(${d(HEAT, 'x', 'x')})`)),
    'wick-phase': () => answer(put('exp(-i*E*t/hbar)', '-i*tau')),
    'wick-packet': () => answer(put('sqrt(m/(2*pi*i*hbar*t))*exp(i*m*x^2/(2*hbar*t))', '-i*tau')),
    chain: () => answer(d('f(x, -i*tau)', 'tau')),
    'taylor-cos': () => {
      const orders = [0, 1, 2, 3, 4]
      const slopes = orders.map((order) =>
        d('cos(x)', ...Array(order).fill('x'))
          .toString()
          .replaceAll('x', 'a'),
      )
      return answer(read(slopes.map((slope, k) => `(${slope})*(x-a)^${k}/${math.factorial(k)}`).join('+')))
    },
    'i-squared': () => answer(read('i^2')),
    'one-over-i': () => answer(read('1/i')),
    euler: () => answer(read('exp(i*pi)')),
    phases: () => answer(read('exp(i*theta)*exp(-i*theta)')),
    conjugates: () => answer(read('(p + i*q)*(p - i*q)')),
    'two-level': () => answer(read('exp(-beta*Delta)/(1 + exp(-beta*Delta)) - 1/(1 + exp(beta*Delta))')),
    tex: () => ({ tex: read('-hbar^2/(2*m)*psi + zeta*psi_0*exp(-omega*tau)/sqrt(pi*tau)').toTex() }),
    rosenbrock: () => {
      const f = '(1 - x)^2 + 100*(y - x^2)^2'
      return answer(d(f, 'x'), d(f, 'y'), d(f, 'x', 'x'), d(f, 'x', 'y'), d(f, 'y', 'y'))
    },
    newton: () =>
      answer(
        read('(c*(a*x + b*y) - b*(b*x + c*y))/(a*c - b^2)'),
        read('(a*(b*x + c*y) - b*(a*x + b*y))/(a*c - b^2)'),
      ),
    'ground-state': () =>
      answer(read(`i*hbar*(${d(psi, 't')}) + hbar^2/(2*m)*(${d(psi, 'x', 'x')}) - m*omega^2*x^2/2*${psi}`)),
    'fokker-planck': () => answer(d('exp(-V(x)/(2*D))*phi(x, tau)', 'x')),
  }
}

export { math }

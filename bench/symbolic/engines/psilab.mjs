/** ψlab: the normal form, the lemmas and the shortest form of src/expr. */
import { readFileSync } from 'node:fs'
import { at } from '../../../tools/setup/paths.mjs'
import { HEAT } from '../tasks.mjs'

export const name = 'ψlab'
export const { version } = JSON.parse(readFileSync(at('src', 'package.json'), 'utf8'))

const POSITIVE = ['D', 'tau', 'hbar', 'm', 'a', 'omega', 'k', 'beta', 'Delta']
const ASSUMED = { positive: POSITIVE, real: ['x', 'y', 'b', 'c', 'p', 'q', 'theta', 'E', 't'] }
const SCOPE = {
  variables: [...POSITIVE, ...ASSUMED.real, 'psi', 'zeta', 'psi_0'],
  functions: { f: 2, g: 1, V: 1, phi: 2 },
  imaginary: true,
}

/** @typedef {import('../../../src/dist/expr/index.js').Node} Node */

/**
 * @param {typeof import('../../../src/dist/expr/index.js')} expr
 * @returns {Readonly<Record<string, () => import('../judge.mjs').Answer>>}
 */
export function itemsWith({
  ascii,
  differentiate,
  divide,
  evaluateBound,
  expandDiff,
  multiply,
  OPERATOR_TEX,
  parse,
  print,
  reduce,
  substitute,
  substituteFunction,
  subtract,
  taylor,
}) {
  /** @param {string} text */
  const read = (text) => expandDiff(parse(text, SCOPE))
  /** @param {Node} node */
  const written = (node) => ascii(reduce(node, ASSUMED))
  /** @param {readonly Node[]} nodes */
  const answer = (...nodes) => ({ texts: nodes.map(written) })
  /** @param {string} text */
  const reduced = (text) => answer(read(text))
  /** @param {string} text */
  const evaluated = (text) => answer(evaluateBound(read(text), ASSUMED).node)
  /** @param {string} text */
  const rotated = (text) => answer(substitute(read(text), { t: read('-i*tau') }))
  /** @param {string} body */
  const gaussian = (body) => evaluated(`integral(${body}, x, -infinity, infinity)`)

  /** H⁻¹∇f by Cramer's rule. @param {Node} f */
  function newton(f) {
    const [fx, fy] = [differentiate(f, 'x'), differentiate(f, 'y')]
    const [fxx, fxy, fyy] = [differentiate(fx, 'x'), differentiate(fx, 'y'), differentiate(fy, 'y')]
    const determinant = subtract(multiply(fxx, fyy), multiply(fxy, fxy))
    return answer(
      divide(subtract(multiply(fyy, fx), multiply(fxy, fy)), determinant),
      divide(subtract(multiply(fxx, fy), multiply(fxy, fx)), determinant),
    )
  }

  /** @param {Node} f */
  function hessian(f) {
    const [fx, fy] = [differentiate(f, 'x'), differentiate(f, 'y')]
    return answer(fx, fy, differentiate(fx, 'x'), differentiate(fx, 'y'), differentiate(fy, 'y'))
  }

  return {
    'second-derivative': () => reduced(`diff(${HEAT}, x, 2)`),
    heat: () => reduced(`diff(${HEAT}, tau) - D*diff(${HEAT}, x, 2)`),
    'wick-phase': () => rotated('exp(-i*E*t/hbar)'),
    'wick-packet': () => rotated('sqrt(m/(2*pi*i*hbar*t))*exp(i*m*x^2/(2*hbar*t))'),
    chain: () =>
      answer(substituteFunction(read('diff(f(x, -i*tau), tau)'), 'f', ['x', 't'], read('exp(2*x)*sin(t)'))),
    'taylor-cos': () => answer(taylor(read('cos(x)'), { x: read('a') }, 4, ASSUMED).polynomial),
    'taylor-zeta': () => {
      const { polynomial } = taylor(read('g(x)'), { x: read('a') }, 2, ASSUMED)
      return answer(substituteFunction(polynomial, 'g', ['x'], read('sin(2*x)')))
    },
    gauss: () => gaussian('exp(-a*x^2)'),
    'gauss-linear': () => gaussian('exp(-a*x^2 + b*x)'),
    'moment-2': () => gaussian('x^2*exp(-a*x^2)'),
    'moment-4': () => gaussian('x^4*exp(-a*x^2)'),
    fourier: () => gaussian('exp(-a*x^2)*exp(-i*k*x)'),
    'i-squared': () => reduced('i^2'),
    'one-over-i': () => reduced('1/i'),
    euler: () => reduced('exp(i*pi)'),
    phases: () => reduced('exp(i*theta)*exp(-i*theta)'),
    conjugates: () => reduced('(p + i*q)*(p - i*q)'),
    'two-level': () => reduced('exp(-beta*Delta)/(1 + exp(-beta*Delta)) - 1/(1 + exp(beta*Delta))'),
    tex: () => ({
      tex: print(read('-hbar^2/(2*m)*psi + zeta*psi_0*exp(-omega*tau)/sqrt(pi*tau)'), OPERATOR_TEX),
    }),
    rosenbrock: () => hessian(read('(1 - x)^2 + 100*(y - x^2)^2')),
    newton: () => newton(read('(a*x^2 + 2*b*x*y + c*y^2)/2')),
    geometric: () => evaluated('sum(exp(-k*(n + 1/2)), n, 0, infinity)'),
    laurent: () => answer(taylor(read('1/(2*sinh(k/2))'), { k: read('0') }, 3, ASSUMED).polynomial),
    sinc: () => evaluated('limit(sinh(x)/x, x, 0)'),
    'sigmoid-limit': () => evaluated('limit(1/(1 + exp(-beta*Delta)), beta, infinity)'),
    'ground-state': () => {
      const psi = 'exp(-m*omega*x^2/(2*hbar) - i*omega*t/2)'
      return reduced(`i*hbar*diff(${psi}, t) + hbar^2/(2*m)*diff(${psi}, x, 2) - m*omega^2*x^2/2*${psi}`)
    },
    'fokker-planck': () => {
      const p = 'exp(-V(x)/(2*D))*phi(x, tau)'
      const V = 'diff(V(x), x)^2/(4*D) - diff(V(x), x, 2)/2'
      return reduced(
        `exp(V(x)/(2*D))*(diff(${p}, tau) - D*diff(${p}, x, 2) - diff(diff(V(x), x)*${p}, x)) - (diff(phi(x, tau), tau) - D*diff(phi(x, tau), x, 2) + (${V})*phi(x, tau))`,
      )
    },
  }
}

/** Algebrite: `simplify`, `d`, `integral`, `taylor`, `inv`. */
import { createRequire } from 'node:module'
import { HEAT } from '../tasks.mjs'

const load = createRequire(import.meta.url)
const engine = load('algebrite')

export const name = 'Algebrite'
export const version = load('algebrite/package.json').version

/** @param {string} line @returns {string} */
function run(line) {
  engine.run('clearall')
  const text = String(engine.run(line))
  if (text.includes('Stop:')) throw new Error(text)
  return text.replace(/\barc(sin|cos|tan|sinh|cosh|tanh)\b/g, 'a$1')
}
/** @param {readonly string[]} texts */
const answer = (...texts) => ({ texts: texts.map((text) => run(`simplify(${text})`)) })
/** @param {string} body */
const integral = (body) => ({ antiderivative: run(`integral(${body},x)`) })

/** @type {Readonly<Record<string, () => import('../judge.mjs').Answer>>} */
export const items = {
  'second-derivative': () => answer(`d(d(${HEAT},x),x)`),
  heat: () => answer(`d(${HEAT},tau)-D*d(d(${HEAT},x),x)`),
  'wick-phase': () => answer('eval(exp(-i*E*t/hbar),t,-i*tau)'),
  'wick-packet': () => answer('eval(sqrt(m/(2*pi*i*hbar*t))*exp(i*m*x^2/(2*hbar*t)),t,-i*tau)'),
  chain: () => answer('d(f(x,-i*tau),tau)'),
  'taylor-cos': () => answer('taylor(cos(x),x,4,a)'),
  'taylor-zeta': () => {
    const text = run('taylor(g(x),x,2,a)')
    return {
      texts: [
        run(
          text
            .replace(/d\(d\(g\(a\),a\),a\)/g, '(-4*sin(2*a))')
            .replace(/d\(g\(a\),a\)/g, '(2*cos(2*a))')
            .replace(/g\(a\)/g, 'sin(2*a)'),
        ),
      ],
    }
  },
  gauss: () => integral('exp(-a*x^2)'),
  'gauss-linear': () => integral('exp(-a*x^2+b*x)'),
  'moment-2': () => integral('x^2*exp(-a*x^2)'),
  'moment-4': () => integral('x^4*exp(-a*x^2)'),
  fourier: () => integral('exp(-a*x^2-i*k*x)'),
  'i-squared': () => answer('i^2'),
  'one-over-i': () => answer('1/i'),
  euler: () => answer('exp(i*pi)'),
  phases: () => answer('exp(i*theta)*exp(-i*theta)'),
  conjugates: () => answer('(p+i*q)*(p-i*q)'),
  'two-level': () => answer('exp(-beta*Delta)/(1+exp(-beta*Delta))-1/(1+exp(beta*Delta))'),
  tex: () => ({ tex: run('printlatex(-hbar^2/(2*m)*psi+zeta*psi_0*exp(-omega*tau)/sqrt(pi*tau))') }),
  rosenbrock: () => {
    const f = '(1-x)^2+100*(y-x^2)^2'
    return answer(`d(${f},x)`, `d(${f},y)`, `d(d(${f},x),x)`, `d(d(${f},x),y)`, `d(d(${f},y),y)`)
  },
  newton: () => {
    const step = 'dot(inv([[a,b],[b,c]]),[a*x+b*y,b*x+c*y])'
    return answer(`component(${step},1)`, `component(${step},2)`)
  },
  laurent: () => answer('taylor(1/(2*sinh(k/2)),k,3,0)'),
  'ground-state': () => {
    const psi = 'exp(-m*omega*x^2/(2*hbar)-i*omega*t/2)'
    return answer(`i*hbar*d(${psi},t)+hbar^2/(2*m)*d(d(${psi},x),x)-m*omega^2*x^2/2*${psi}`)
  },
  'fokker-planck': () => {
    const p = 'exp(-V(x)/(2*D))*phi(x,tau)'
    return answer(
      `exp(V(x)/(2*D))*(d(${p},tau)-D*d(d(${p},x),x)-d(d(V(x),x)*${p},x))-(d(phi(x,tau),tau)-D*d(d(phi(x,tau),x),x)+(d(V(x),x)^2/(4*D)-d(d(V(x),x),x)/2)*phi(x,tau))`,
    )
  },
}

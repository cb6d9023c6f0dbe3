/** The tasks that derivations need of a symbolic engine, and what counts as done. */

/**
 * @typedef {object} Item one question; the same for every engine
 * @property {string} id under which the engines answer it
 * @property {readonly string[]} [form] the answer's parts in the language of src/expr: equal to these in value, and no
 * longer than twice as many leaves
 * @property {true} [anyLength] where the length says nothing about the engine
 * @property {true} [withoutI] the answer must be free of the imaginary unit
 * @property {true} [zero] the answer must be the literal 0
 * @property {string} [integrand] of which an antiderivative in x counts half
 * @property {readonly string[]} [tex] what the TeX must contain
 */

/**
 * @typedef {object} Task
 * @property {string} id
 * @property {string} title
 * @property {readonly Item[]} items
 */

export const HEAT = 'exp(-x^2/(4*D*tau))/sqrt(4*pi*D*tau)'

/** @type {readonly Task[]} */
export const TASKS = [
  {
    id: '1',
    title: '∂ₓ² of the heat kernel, reduced',
    items: [
      {
        id: 'second-derivative',
        form: ['(x^2 - 2*D*tau)*exp(-x^2/(4*D*tau))/(8*sqrt(pi)*D^(5/2)*tau^(5/2))'],
      },
    ],
  },
  {
    id: '2',
    title: 'residual of the heat equation, the literal 0',
    items: [{ id: 'heat', zero: true }],
  },
  {
    id: '3',
    title: 'Wick rotation t → −iτ of a phase and of a free packet; i disappears',
    items: [
      { id: 'wick-phase', form: ['exp(-E*tau/hbar)'], withoutI: true },
      { id: 'wick-packet', form: ['sqrt(m/(2*pi*hbar*tau))*exp(-m*x^2/(2*hbar*tau))'], withoutI: true },
    ],
  },
  {
    id: '4',
    title: 'chain rule for an undefined f(x, −iτ)',
    // Taken at f(x, t) = e^{2x} sin t afterwards.
    items: [{ id: 'chain', form: ['-i*exp(2*x)*cos(-i*tau)'], anyLength: true }],
  },
  {
    id: '5',
    title: 'Taylor polynomials about a: cos x, and an undefined ζ(x)',
    items: [
      {
        id: 'taylor-cos',
        form: ['cos(a) - sin(a)*(x-a) - cos(a)*(x-a)^2/2 + sin(a)*(x-a)^3/6 + cos(a)*(x-a)^4/24'],
        anyLength: true,
      },
      // Taken at ζ(x) = sin 2x afterwards.
      { id: 'taylor-zeta', form: ['sin(2*a) + 2*cos(2*a)*(x-a) - 2*sin(2*a)*(x-a)^2'], anyLength: true },
    ],
  },
  {
    id: '6',
    title: 'Gaussian integrals over ℝ: two weights, two moments, Fourier',
    items: [
      { id: 'gauss', form: ['sqrt(pi/a)'], integrand: 'exp(-a*x^2)' },
      { id: 'gauss-linear', form: ['sqrt(pi/a)*exp(b^2/(4*a))'], integrand: 'exp(-a*x^2 + b*x)' },
      { id: 'moment-2', form: ['sqrt(pi)/(2*a^(3/2))'], integrand: 'x^2*exp(-a*x^2)' },
      { id: 'moment-4', form: ['3*sqrt(pi)/(4*a^(5/2))'], integrand: 'x^4*exp(-a*x^2)' },
      { id: 'fourier', form: ['sqrt(pi/a)*exp(-k^2/(4*a))'], integrand: 'exp(-a*x^2 - i*k*x)' },
    ],
  },
  {
    id: '7a',
    title: 'i² = −1, 1/i, e^{iπ}, e^{iθ}e^{−iθ}, (p + iq)(p − iq)',
    items: [
      { id: 'i-squared', form: ['-1'] },
      { id: 'one-over-i', form: ['-i'] },
      { id: 'euler', form: ['-1'] },
      { id: 'phases', form: ['1'] },
      { id: 'conjugates', form: ['p^2 + q^2'] },
    ],
  },
  {
    id: '7b',
    title: 'two-level Boltzmann weight minus sigmoid, the literal 0',
    items: [{ id: 'two-level', zero: true }],
  },
  {
    id: '8',
    title: 'TeX that KaTeX takes in strict mode, with the letters of the field',
    items: [{ id: 'tex', tex: ['\\hbar', '\\psi', '\\zeta', '\\omega', '\\tau'] }],
  },
  {
    id: '9',
    title: 'gradient and Hessian of Rosenbrock’s function; Newton’s step H⁻¹∇f of a quadratic',
    items: [
      {
        id: 'rosenbrock',
        form: ['400*x^3 - 400*x*y + 2*x - 2', '200*(y - x^2)', '1200*x^2 - 400*y + 2', '-400*x', '200'],
      },
      { id: 'newton', form: ['x', 'y'] },
    ],
  },
  {
    id: '10',
    title: 'Σₙ e^{−k(n+½)}, and the Laurent series of 1/(2 sinh k/2)',
    items: [
      { id: 'geometric', form: ['1/(2*sinh(k/2))'] },
      { id: 'laurent', form: ['1/k - k/24 + 7*k^3/5760'] },
    ],
  },
  {
    id: '11',
    title: 'lim sinh x/x at 0; lim 1/(1 + e^{−βΔ}) for β → ∞',
    items: [
      { id: 'sinc', form: ['1'] },
      { id: 'sigmoid-limit', form: ['1'] },
    ],
  },
  {
    id: '12a',
    title: 'oscillator’s ground state in Schrödinger’s equation, the literal 0',
    items: [{ id: 'ground-state', zero: true }],
  },
  {
    id: '12b',
    title: 'Fokker–Planck similarity with undefined V(x), φ(x, τ), the literal 0',
    items: [{ id: 'fokker-planck', zero: true }],
  },
]

import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 'D', 'g'),
    tau: { domain: 'positive', meaning: 'imaginary time', unit: 's' },
    epsilon: { domain: 'positive', meaning: 'length of a step in imaginary time', unit: 's' },
    delta: { domain: 'positive', meaning: 'length of a jump', unit: 'm' },
    omega: { domain: 'positive', meaning: 'frequency of an oscillator', unit: '1/s' },
    N: { domain: 'integer', meaning: 'number of steps' },
  },
  functions: {
    psi: { of: ['x', 'tau'], domain: 'real', meaning: 'wave function in imaginary time' },
    A: { of: ['x', 'tau', 'delta'], domain: 'real', meaning: 'what one step makes of ψ' },
    psi_N: { of: ['x', 'tau', 'N'], domain: 'real', meaning: 'what N steps of length τ/N make of ψ(x, 0)' },
    zeta: FUNCTIONS.zeta,
    X: { of: ['n'], domain: 'real', meaning: 'place of a walker after n steps' },
  },
  positive: ['cosh(omega*tau)'],
})

/** The mean over a normal variable ξ. */
const mean = (of: string): string =>
  `integral(exp(-xi^2/2)/sqrt(2*pi)${of === '1' ? '' : `*${of}`}, xi, -infinity, infinity)`

/**
 * The Feynman–Kac form of the QDE in imaginary time. One step is the mean over a Gaussian jump, times the weight e^{−εζ};
 * its expansion proves the QDE up to ε². That many steps converge is Trotter’s theorem, which is cited; where the mean
 * over all paths is known in closed form, for linear and quadratic ζ, it is proved to solve the QDE.
 */
export function feynmanKac(): Derivation {
  return quadratic(linear(manySteps(oneStep())))
}

/** One step as a mean. */
function oneStep(): Derivation {
  const moments: readonly (readonly [id: string, of: string, value: string, why: string])[] = [
    ['norm', '1', '1', 'Means over a normal variable ξ: its density has the norm 1, …'],
    ['first', 'xi', '0', '… the mean 0, …'],
    ['second', 'xi^2', '1', '… the variance 1, …'],
    ['third', 'xi^3', '0', '… and no skewness.'],
  ]
  const start = new Derivation('Walkers with weights: the Feynman–Kac formula', LANGUAGE)
    .section('One step')
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: 'diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau)',
        why: 'The QDE in imaginary time.',
        when: ['$D > 0$'],
        provenance: 'paper',
      },
    )
  return moments
    .reduce(
      (derivation, [id, of, value, why]) =>
        derivation.apply({ rule: 'value', of: mean(of) }, { id, gives: `${mean(of)} = ${value}`, why }),
      start,
    )
    .apply(
      { rule: 'define' },
      {
        id: 'step',
        gives: `A(x,tau,delta) = exp(-delta^2*zeta(x)/(2*D))*${mean('psi(x + delta*xi, tau)')}`,
        why: 'One step: the mean of ψ over a Gaussian jump from x of the length δ, times a weight that falls with the objective.',
      },
    )
    .apply(
      { rule: 'taylor', about: { delta: '0' }, order: 3 },
      {
        id: 'expanded',
        using: ['step', 'norm', 'first', 'second', 'third'],
        gives:
          'A(x,tau,delta) ~ psi(x,tau) + delta^2/2*diff(psi(x,tau), x, 2) - delta^2/(2*D)*zeta(x)*psi(x,tau)',
        why: 'Short jumps: by the moments only the second derivative is left, and of the weight its first term.',
        when: ['derivatives may be taken under the integral'],
      },
    )
    .apply(
      { rule: 'specialise', where: { delta: 'sqrt(2*D*epsilon)' } },
      {
        id: 'timed',
        gives:
          'A(x,tau,sqrt(2*D*epsilon)) ~ psi(x,tau) + epsilon*(D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau))',
        why: 'Jumps of the variance 2Dε in a step of the length ε: diffusion, and the weight $e^{-\\varepsilon \\zeta}$.',
      },
    )
    .apply(
      { rule: 'taylor', about: { epsilon: '0' }, order: 1 },
      {
        id: 'local',
        using: ['qde'],
        gives: 'psi(x, tau + epsilon) ~ psi(x,tau) + epsilon*(D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau))',
        why: 'The QDE makes the same of ψ in that time. So one step is right up to $\\varepsilon^{2}$.',
      },
    )
}

/** The limit of many steps, cited. */
function manySteps(start: Derivation): Derivation {
  return start
    .section('Many steps')
    .apply(
      { rule: 'identity' },
      {
        id: 'weights',
        gives: 'exp(-epsilon*zeta(X(0)))*exp(-epsilon*zeta(X(1))) = exp(-epsilon*(zeta(X(0)) + zeta(X(1))))',
        why: 'Along a walk the weights multiply: of many steps comes the exponential of minus the sum of ε ζ, which goes to $e^{-\\int \\zeta \\, \\mathrm{d} s}$.',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'trotter',
        gives: 'limit(psi_N(x,tau,N), N, infinity) = psi(x,tau)',
        why: 'That errors of $\\varepsilon^{2}$ in N steps of $\\varepsilon = \\tau/N$ vanish in the limit is Trotter’s theorem, taken from the literature and not proved here. It makes ψ the mean over Brownian paths $X_{s}$ from x, weighted by $e^{-\\int \\zeta(X_{s}) \\, \\mathrm{d} s}$: the Feynman–Kac formula.',
        when: ['$\\zeta$ is continuous and bounded from below'],
        reference: 'B. Simon, Functional Integration and Quantum Physics (1979), sections 1 and 6',
      },
    )
}

/** ζ = gx: the mean over all paths. */
function linear(start: Derivation): Derivation {
  const area = 'exp(-(y - x*tau)^2/(4*D*tau^3/3))/sqrt(4*pi*D*tau^3/3)'
  const value = 'exp(-g*x*tau + D*g^2*tau^3/3)'
  return start
    .section('Linear ζ: the mean over all paths')
    .apply(
      { rule: 'value', of: 'integral(2*D*(tau - s)^2, s, 0, tau)' },
      {
        id: 'variance',
        gives: 'integral(2*D*(tau - s)^2, s, 0, tau) = 2*D*tau^3/3',
        why: 'A jump at the time s moves the rest of the path, and so adds τ − s times its length to the area $Y = \\int X_{s} \\, \\mathrm{d} s$. The jumps are independent: Y is Gaussian with the mean xτ and this variance.',
      },
    )
    .apply(
      { rule: 'value', of: `integral(exp(-g*y)*${area}, y, -infinity, infinity)` },
      {
        id: 'mean-weight',
        gives: `integral(exp(-g*y)*${area}, y, -infinity, infinity) = ${value}`,
        why: 'The mean of the weight $e^{-g Y}$ over these areas.',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: value, zeta: 'g*x' } },
      {
        id: 'linear',
        from: 'qde',
        gives: `psi(x,tau) = ${value}`,
        why: 'It solves the QDE with ζ = gx, and is 1 at τ = 0: the formula holds, though this ζ is not bounded from below.',
      },
    )
}

/** ζ = ω²x²/4D. */
function quadratic(start: Derivation): Derivation {
  const value = 'exp(-omega*x^2*tanh(omega*tau)/(4*D))/sqrt(cosh(omega*tau))'
  return start
    .section('Quadratic ζ')
    .apply(
      { rule: 'solution', where: { psi: value, zeta: 'omega^2*x^2/(4*D)' } },
      {
        id: 'quadratic',
        from: 'qde',
        gives: `psi(x,tau) = ${value}`,
        why: 'The mean weight of Brownian paths in a parabola (Cameron and Martin) solves the QDE too, from 1 at τ = 0. At late times it decays as $e^{-\\omega \\tau/2}$: with the lowest level.',
        reference: 'R. H. Cameron and W. T. Martin, Bull. Amer. Math. Soc. 51 (1945) 73',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'start',
        gives: `at(${value}, tau, 0) = 1`,
        why: 'At the start no weight is lost.',
      },
    )
}

import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { SYMBOLS, symbols } from '../vocabulary.js'

const LANGUAGE = new Language({
  symbols: {
    ...symbols('tau', 'T', 'beta'),
    t: { ...SYMBOLS.t, domain: 'real' },
    zeta_0: { domain: 'real', meaning: 'objective of level 0', unit: '1/s' },
    zeta_1: { domain: 'real', meaning: 'objective of level 1', unit: '1/s' },
    Delta: { domain: 'real', meaning: 'distance of the two objectives', unit: '1/s' },
    p_0: { domain: 'positive', meaning: 'share of level 1 at the start' },
    epsilon: { domain: 'positive', meaning: 'distance of the levels without coupling', unit: '1/s' },
    delta: { domain: 'real', meaning: 'coupling of the levels', unit: '1/s' },
  },
  functions: {
    p: { of: ['tau'], domain: 'positive', meaning: 'share of level 1' },
    rho: {
      of: ['m', 'n', 'beta'],
      domain: 'complex',
      meaning: 'matrix element of exp(−βH)',
      indices: 2,
    },
    Omega: { of: ['delta'], domain: 'positive', meaning: 'distance of the levels with coupling' },
    Z: { of: ['beta'], domain: 'complex', meaning: 'partition function' },
    q: { of: ['beta', 'delta'], domain: 'real', meaning: 'thermal probability of level 1' },
  },
  positive: ['1 - p_0'],
})

/**
 * The Sigmoid as the Softmax of two levels, and what a coupling between them, which D ≠ 0 is, makes of it:
 * ½[1 − (ε/Ω) tanh ½βΩ] with Ω² = ε² + 4δ².
 */
export function sigmoid(): Derivation {
  return new Derivation('The Sigmoid, and its quantum correction', LANGUAGE)
    .section('Two levels')
    .apply(
      { rule: 'postulate' },
      {
        id: 'replicator',
        gives: 'diff(p(tau), tau) = -p(tau)*(zeta_1 - (p(tau)*zeta_1 + (1 - p(tau))*zeta_0))',
        why: 'The replicator equation of two states at D = 0, as the derivation of Softmax reaches it: p is the share of level 1, 1 − p that of level 0.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'distance', gives: 'Delta = zeta_1 - zeta_0', why: 'Only the difference counts.' },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'logistic',
        from: 'replicator',
        using: ['distance'],
        gives: 'diff(p(tau), tau) = -Delta*p(tau)*(1 - p(tau))',
        why: 'The logistic equation.',
      },
    )
    .apply(
      { rule: 'solution', where: { p: 'sigmoid(log(p_0/(1 - p_0)) - Delta*tau)' } },
      {
        id: 'sigmoid',
        gives: 'p(tau) = sigmoid(log(p_0/(1 - p_0)) - Delta*tau)',
        why: 'A Sigmoid solves it: the log-odds fall evenly, at the rate Δ.',
        when: ['$0 < p_0 < 1$'],
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'start',
        gives: 'sigmoid(log(p_0/(1 - p_0))) = p_0',
        why: 'At τ = 0 it has the share of the start.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'softmax-of-two',
        using: ['distance'],
        gives: 'exp(-zeta_1/T)/(exp(-zeta_0/T) + exp(-zeta_1/T)) = sigmoid(-Delta/T)',
        why: 'From even shares at τ = 1/T: the Softmax of two levels. The upper level has the smaller share.',
        provenance: 'corrected',
      },
    )
    .section('Two coupled levels in heat')
    .apply(
      { rule: 'define' },
      {
        id: 'splitting',
        gives: 'Omega(delta) = sqrt(epsilon^2 + 4*delta^2)',
        why: 'Diffusion couples the levels: $H_{00} = 0$, $H_{11} = \\varepsilon$, $H_{01} = H_{10} = -\\delta$. Its eigenvalues are (ε ± Ω)/2.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'lower',
        gives:
          'rho(0,0,beta) = exp(-beta*epsilon/2)*(cosh(beta*Omega(delta)/2) + epsilon/Omega(delta)*sinh(beta*Omega(delta)/2))',
        why: 'For exp(−βH), try exp(−βε/2) [cosh(βΩ/2) − (2/Ω)(H − ε/2) sinh(βΩ/2)], as the square of H − ε/2 is Ω²/4.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'upper',
        gives:
          'rho(1,1,beta) = exp(-beta*epsilon/2)*(cosh(beta*Omega(delta)/2) - epsilon/Omega(delta)*sinh(beta*Omega(delta)/2))',
        why: 'Its element in the upper level.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'between',
        gives: 'rho(1,0,beta) = exp(-beta*epsilon/2)*2*delta/Omega(delta)*sinh(beta*Omega(delta)/2)',
        why: 'And between the levels, both ways.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'bloch-00',
        using: ['lower', 'between', 'splitting'],
        gives: 'diff(rho(0,0,beta), beta) = delta*rho(1,0,beta)',
        why: 'It holds: ∂ρ/∂β = −Hρ, element by element.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'bloch-10',
        using: ['lower', 'between', 'splitting'],
        gives: 'diff(rho(1,0,beta), beta) = delta*rho(0,0,beta) - epsilon*rho(1,0,beta)',
        why: 'The second row on the first column.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'bloch-01',
        using: ['upper', 'between', 'splitting'],
        gives: 'diff(rho(1,0,beta), beta) = delta*rho(1,1,beta)',
        why: 'The first row on the second column, where $\\rho_{01} = \\rho_{10}$.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'bloch-11',
        using: ['upper', 'between', 'splitting'],
        gives: 'diff(rho(1,1,beta), beta) = delta*rho(1,0,beta) - epsilon*rho(1,1,beta)',
        why: 'The last element.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'start-lower',
        using: ['lower'],
        gives: 'rho(0,0,0) = 1',
        why: 'At β = 0 it is the unit matrix.',
      },
    )
    .apply(
      { rule: 'identity' },
      { id: 'start-upper', using: ['upper'], gives: 'rho(1,1,0) = 1', why: 'On the diagonal.' },
    )
    .apply(
      { rule: 'identity' },
      { id: 'start-between', using: ['between'], gives: 'rho(1,0,0) = 0', why: 'And beside it.' },
    )
    .apply(
      { rule: 'define' },
      { id: 'trace', gives: 'Z(beta) = rho(0,0,beta) + rho(1,1,beta)', why: 'Z is the trace.' },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'partition',
        using: ['lower', 'upper'],
        gives: 'Z(beta) = 2*exp(-beta*epsilon/2)*cosh(beta*Omega(delta)/2)',
        why: 'Put the diagonal in.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'share',
        gives: 'q(beta,delta) = rho(1,1,beta)/Z(beta)',
        why: 'The thermal probability of the upper level.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'thermal',
        using: ['upper', 'partition'],
        gives: 'q(beta,delta) = (1 - epsilon/Omega(delta)*tanh(beta*Omega(delta)/2))/2',
        why: 'No Sigmoid in general.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'specialise', where: { delta: '0' } },
      {
        id: 'uncoupled',
        using: ['splitting'],
        gives: 'q(beta,0) = sigmoid(-beta*epsilon)',
        at: 'delta = 0',
        why: 'Without coupling it is one: the Sigmoid needs an H that is diagonal in the levels.',
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'taylor', about: { delta: '0' }, order: 3 },
      {
        id: 'correction',
        using: ['thermal', 'splitting'],
        gives:
          'q(beta,delta) ~ sigmoid(-beta*epsilon) + delta^2/epsilon^2*(tanh(beta*epsilon/2) - beta*epsilon/(2*cosh(beta*epsilon/2)^2))',
        why: 'A weak coupling fills the upper level a little more, by the square of δ: tanh u > u/cosh² u.',
      },
    )
    .section('Real time')
    .apply(
      { rule: 'identity' },
      {
        id: 'rabi',
        using: ['between'],
        gives: 'rho(1,0,i*t)*rho(1,0,-i*t) = 4*delta^2/Omega(delta)^2*sin(Omega(delta)*t/2)^2',
        at: 'beta = i*t',
        why: 'At β = it, exp(−βH) is the motion in real time, and the second factor the complex conjugate of the first: the probability to have jumped swings for ever (Rabi) and settles nowhere.',
      },
    )
}

import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { symbols } from '../vocabulary.js'

/** States are numbered 1, …, N and written as an index: ζₙ, pₙ. */
const LANGUAGE = new Language({
  symbols: {
    ...symbols('tau', 'T', 'n', 'm'),
    m: { domain: 'integer', meaning: 'number of a state' },
    n: { domain: 'integer', meaning: 'number of a state' },
    N: { domain: 'positive', meaning: 'number of states' },
    y: { domain: 'positive', meaning: 'one probability' },
    F: { domain: 'real', meaning: 'free energy of any probabilities', unit: '1/s' },
    lambda: { domain: 'real', meaning: 'Lagrange multiplier', unit: '1/s' },
  },
  functions: {
    zeta: { of: ['n'], domain: 'real', meaning: 'learning objective of a state', indices: 1 },
    psi: { of: ['n', 'tau'], domain: 'positive', meaning: 'wave function in imaginary time', indices: 1 },
    c: { of: ['n'], domain: 'positive', meaning: 'wave function at the start', indices: 1 },
    P: { of: ['n', 'tau'], domain: 'positive', meaning: 'share of a state, ψ read as a density', indices: 1 },
    B: {
      of: ['n', 'tau'],
      domain: 'positive',
      meaning: 'share of a state, |ψ|² read as a density',
      indices: 1,
    },
    w: { of: ['n', 'T'], domain: 'positive', meaning: 'thermal probability of a state', indices: 1 },
    Z: { of: ['T'], domain: 'positive', meaning: 'partition function' },
    L: { of: ['n', 'y'], domain: 'real', meaning: 'part of F in which one probability stands', indices: 1 },
    p: { of: ['n'], domain: 'positive', meaning: 'any probabilities', indices: 1 },
    q: { of: ['n'], domain: 'positive', meaning: 'Softmax of −ζ/T', indices: 1 },
  },
  positive: ['N - 1'],
})

const POINTWISE = 'sum(c(m)*exp(-zeta(m)*tau), m, 1, N)'
const WEIGHTS = 'sum(exp(-zeta(m)/T), m, 1, N)'

/**
 * Softmax, e^{−ζₙ/T} / Σₘ e^{−ζₘ/T}, by four routes: the QDE without diffusion, the replicator equation, the
 * Boltzmann distribution, and the least of ⟨ζ⟩ − T S.
 */
export function softmax(): Derivation {
  return new Derivation('Softmax by four routes', LANGUAGE)
    .section('The QDE without diffusion')
    .apply(
      { rule: 'postulate' },
      {
        id: 'reaction',
        gives: 'diff(psi(n,tau), tau) = -zeta(n)*psi(n,tau)',
        why: 'The QDE in imaginary time at D = 0, in each state (each sampled point) by itself; also the reaction part of one split step.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'solution', where: { psi: 'c(n)*exp(-zeta(n)*tau)' } },
      {
        id: 'decay',
        gives: 'psi(n,tau) = c(n)*exp(-zeta(n)*tau)',
        why: 'Each value decays at the rate of its own objective, from $c_n$ at τ = 0.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'population',
        gives: 'P(n,tau) = psi(n,tau)/sum(psi(m,tau), m, 1, N)',
        why: 'First reading: ψ ≥ 0 itself is a population, and P its shares.',
        when: ['$\\psi_n \\ge 0$'],
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'shares',
        using: ['decay'],
        gives: `P(n,tau) = c(n)*exp(-zeta(n)*tau)/${POINTWISE}`,
        why: 'Put the decay in: the softmax of $-\\tau \\zeta_n + \\ln c_n$.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'specialise', where: { c: '1', tau: '1/T' } },
      {
        id: 'softmax',
        gives: `P(n,1/T) = exp(-zeta(n)/T)/${WEIGHTS}`,
        at: 'tau = 1/T',
        why: 'From a uniform start it is Softmax at the temperature T = 1/τ. The logits are $-\\zeta_n/T$: a low objective means a high share.',
        when: ['$c_n = 1$'],
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'born',
        gives: 'B(n,tau) = psi(n,tau)^2/sum(psi(m,tau)^2, m, 1, N)',
        why: 'Second reading, Born’s: the density is |ψ|².',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'born-shares',
        using: ['decay'],
        gives: 'B(n,tau) = c(n)^2*exp(-2*zeta(n)*tau)/sum(c(m)^2*exp(-2*zeta(m)*tau), m, 1, N)',
        why: 'Squares decay twice as fast.',
      },
    )
    .apply(
      { rule: 'specialise', where: { c: '1', tau: '1/(2*T)' } },
      {
        id: 'born-softmax',
        gives: `B(n,1/(2*T)) = exp(-zeta(n)/T)/${WEIGHTS}`,
        at: 'tau = 1/(2*T)',
        why: 'The same Softmax, at T = 1/2τ: whoever names a temperature must say which of the two is read.',
        when: ['$c_n = 1$'],
        provenance: 'corrected',
      },
    )
    .section('Replicator equation')
    .apply(
      { rule: 'differentiate', by: 'tau' },
      {
        id: 'replicator',
        from: 'population',
        using: ['reaction', 'population'],
        gives: 'diff(P(n,tau), tau) = -P(n,tau)*(zeta(n) - sum(P(m,tau)*zeta(m), m, 1, N))',
        why: 'The shares obey the replicator equation: a state grows when it lies below the mean ⟨ζ⟩. Normalising has made the equation nonlinear.',
      },
    )
    .apply(
      { rule: 'solution', where: { P: `c(n)*exp(-zeta(n)*tau)/${POINTWISE}` } },
      {
        id: 'replicator-softmax',
        gives: `P(n,tau) = c(n)*exp(-zeta(n)*tau)/${POINTWISE}`,
        why: 'And Softmax solves it from any start: selection alone, no quantum origin is needed.',
      },
    )
    .section('Boltzmann distribution')
    .apply(
      { rule: 'define' },
      {
        id: 'partition',
        gives: `Z(T) = ${WEIGHTS}`,
        why: 'The trace of exp(−H/T) for an H that is diagonal in the states: D = 0 again.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'boltzmann',
        gives: 'w(n,T) = exp(-zeta(n)/T)/Z(T)',
        why: 'The diagonal of exp(−H/T)/Z: Softmax a third time. 1/T stands where τ stood in the first reading.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'differences',
        using: ['boltzmann'],
        gives: 'w(n,T)/w(m,T) = exp(-(zeta(n) - zeta(m))/T)',
        why: 'Only differences of the objective count: a constant added to all ζ changes nothing, which keeps the exponentials from overflowing.',
      },
    )
    .section('Least free energy')
    .apply(
      { rule: 'define' },
      {
        id: 'free-energy',
        gives: 'F = sum(p(n)*zeta(n), n, 1, N) + T*sum(p(n)*log(p(n)), n, 1, N)',
        why: 'Of all probabilities, look for those with the least ⟨ζ⟩ − T S, where S = −Σ p ln p.',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'normal',
        gives: 'sum(p(n), n, 1, N) = 1',
        why: 'They are probabilities.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'term',
        gives: 'L(n,y) = y*zeta(n) + T*y*log(y) - lambda*y',
        why: 'Each $p_n = y$ has a term of its own in F; λ is Lagrange’s multiplier of Σp = 1.',
      },
    )
    .apply(
      { rule: 'differentiate', by: 'y' },
      {
        id: 'slope',
        gives: 'diff(L(n,y), y) = zeta(n) + T*log(y) + T - lambda',
        why: 'At the least F every slope vanishes.',
      },
    )
    .apply(
      { rule: 'ansatz' },
      {
        id: 'trial',
        gives: 'y = exp((lambda - T)/T)*exp(-zeta(n)/T)',
        why: 'Solve for y.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'stationary',
        using: ['trial'],
        gives: 'zeta(n) + T*log(y) + T - lambda = 0',
        why: 'There the slope is 0, and as ln y rises with y nowhere else.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'candidate',
        gives: 'q(n) = exp(-zeta(n)/T)/Z(T)',
        why: 'The first factor is common to all states, and Σp = 1 fixes it: the candidate is Softmax.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'candidate-normal',
        using: ['candidate', 'partition'],
        gives: 'sum(q(n), n, 1, N) = 1',
        why: 'Its probabilities add to 1.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'level',
        using: ['candidate'],
        gives: 'zeta(n) = -T*log(q(n)) - T*log(Z(T))',
        why: 'Solved for the objective.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'excess',
        from: 'free-energy',
        using: ['level'],
        gives: 'F = -T*log(Z(T))*sum(p(n), n, 1, N) - T*sum(p(n)*log(q(n)/p(n)), n, 1, N)',
        why: 'Put into F of any p: a constant, and T times the relative entropy of p and q.',
      },
    )
    .apply(
      { rule: 'logarithmBound' },
      {
        id: 'tangent',
        gives: 'log(q(n)/p(n)) <= q(n)/p(n) - 1',
        why: 'A logarithm lies below its tangent.',
      },
    )
    .apply(
      { rule: 'multiply', by: 'p(n)' },
      { id: 'weighted', gives: 'p(n)*log(q(n)/p(n)) <= q(n) - p(n)', why: 'Probabilities are not negative.' },
    )
    .apply(
      { rule: 'sumOver', over: 'n', from: '1', to: 'N' },
      {
        id: 'summed',
        gives: 'sum(p(n)*log(q(n)/p(n)), n, 1, N) <= sum(q(n), n, 1, N) - sum(p(n), n, 1, N)',
        why: 'Added up over the states.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'gibbs',
        using: ['normal', 'candidate-normal'],
        gives: 'sum(p(n)*log(q(n)/p(n)), n, 1, N) <= 0',
        why: 'Both add to 1: Gibbs’ inequality.',
      },
    )
    .apply(
      { rule: 'inequality', from: { gibbs: 'T' } },
      {
        id: 'least',
        using: ['excess', 'normal'],
        gives: 'F >= -T*log(Z(T))',
        why: 'No p does better than −T times the log-sum-exp of −ζ/T.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'attained',
        using: ['candidate', 'partition'],
        gives: 'sum(q(n)*zeta(n), n, 1, N) + T*sum(q(n)*log(q(n)), n, 1, N) = -T*log(Z(T))',
        why: 'Softmax attains it: log-sum-exp is the free energy.',
      },
    )
}

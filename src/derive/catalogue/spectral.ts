import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, SYMBOLS, symbols } from '../vocabulary.js'

/** Levels are numbered from 0 and written as an index: Eₙ, φₙ(x), cₙ. */
const LANGUAGE = new Language({
  symbols: {
    ...symbols('x', 't', 'n', 'D', 'h'),
    tau: { ...SYMBOLS.tau, domain: 'nonnegative' },
    a: { ...SYMBOLS.a, meaning: 'place of the least objective' },
    zeta_0: { ...SYMBOLS.zeta_0, meaning: 'least value of the objective' },
  },
  functions: {
    psi: FUNCTIONS.psi,
    psi_tau: { ...FUNCTIONS.psi, of: ['x', 'tau'], shown: 'psi', meaning: 'wave function in imaginary time' },
    zeta: FUNCTIONS.zeta,
    phi: { of: ['n', 'x'], domain: 'real', meaning: 'eigenfunction of a level', indices: 1 },
    E: { of: ['n'], domain: 'real', meaning: 'energy of a level, as a rate', indices: 1 },
    c: { of: ['n'], domain: 'complex', meaning: 'coefficient of a level at the start', indices: 1 },
    p: { of: ['n', 'tau'], domain: 'nonnegative', meaning: 'weight of a level in |ψ|²', indices: 1 },
    N: { of: ['tau'], domain: 'positive', meaning: 'squared norm of ψ' },
    H: { of: ['tau'], domain: 'real', meaning: 'mean energy ⟨H⟩', shown: 'E' },
    V: { of: ['tau'], domain: 'real', meaning: 'variance of the energy' },
  },
})

const REAL_SUM = 'sum(c(n)*exp(-i*E(n)*t)*phi(n,x), n, 0, infinity)'
const IMAGINARY_SUM = 'sum(c(n)*exp(-E(n)*tau)*phi(n,x), n, 0, infinity)'
const BOWL = {
  zeta: 'zeta_0 + h/2*(x - a)^2',
  E: 'zeta_0 + sqrt(D*h/2)',
  phi: 'exp(-sqrt(h/(8*D))*(x - a)^2)',
}

/**
 * The spectral form, Σ cₙ e^{−iEₙt} φₙ and Σ cₙ e^{−Eₙτ} φₙ: real time turns the coefficients and converges to nothing;
 * imaginary time lowers the mean energy, and ends in φ₀, which is not the least of ζ.
 */
export function spectral(): Derivation {
  return new Derivation('Spectral form', LANGUAGE)
    .section('Levels')
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: 'i*diff(psi(x,t), t) = -D*diff(psi(x,t), x, 2) + zeta(x)*psi(x,t)',
        why: 'The quantum dynamic equation.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'levels',
        gives: '-D*diff(phi(n,x), x, 2) + zeta(x)*phi(n,x) = E(n)*phi(n,x)',
        why: 'For a ζ that confines, H has levels $E_0 < E_1 \\le E_2 \\le \\dots$ and orthonormal eigenfunctions, from which every ψ(0) is made up.',
        when: [
          '$\\zeta(x) \\to \\infty$ as $|x| \\to \\infty$; not for the Taylor orders 0 and 1, which have no ground state',
        ],
        reference:
          'M. Reed and B. Simon, Methods of Modern Mathematical Physics IV, Theorems XIII.47 and XIII.67',
      },
    )
    .apply(
      { rule: 'multiply', by: '-1/D' },
      {
        id: 'scaled',
        gives: 'diff(phi(n,x), x, 2) - zeta(x)/D*phi(n,x) = -E(n)/D*phi(n,x)',
        why: 'Divide by −D.',
      },
    )
    .apply(
      { rule: 'rearrange' },
      {
        id: 'curvature',
        gives: 'diff(phi(n,x), x, 2) = (zeta(x) - E(n))/D*phi(n,x)',
        why: 'Solve for the curvature of an eigenfunction.',
      },
    )
    .section('Real time')
    .apply(
      { rule: 'solution', where: { psi: REAL_SUM } },
      {
        id: 'real',
        from: 'qde',
        using: ['curvature'],
        gives: `psi(x,t) = ${REAL_SUM}`,
        why: 'Each level by itself solves the QDE, and so does their sum.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'turning',
        gives: 'exp(-i*E(n)*t)*exp(i*E(n)*t) = 1',
        why: 'The factor of a level, times its complex conjugate: it only turns, and $|c_n|^2$ never changes. Real time converges to nothing, ground state or other.',
        provenance: 'corrected',
      },
    )
    .section('Imaginary time')
    .apply(
      { rule: 'changeVariable', where: { psi: 'psi_tau(x, i*t)', tau: 'i*t' } },
      {
        id: 'imaginary',
        from: 'qde',
        gives: '-diff(psi_tau(x,tau), tau) = -D*diff(psi_tau(x,tau), x, 2) + zeta(x)*psi_tau(x,tau)',
        at: 'tau = i*t',
        why: 'The Wick rotation τ = it.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'solution', where: { psi_tau: IMAGINARY_SUM } },
      {
        id: 'decaying',
        using: ['curvature'],
        gives: `psi_tau(x,tau) = ${IMAGINARY_SUM}`,
        why: 'Every level decays, the higher ones faster: what remains longest is the lowest level that ψ(0) has a part in.',
      },
    )
    .section('Energy in imaginary time')
    .apply(
      { rule: 'define' },
      {
        id: 'weight',
        gives: 'p(n,tau) = abs(c(n))^2*exp(-2*E(n)*tau)',
        why: 'What a level has of |ψ|².',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'norm',
        gives: 'N(tau) = sum(p(n,tau), n, 0, infinity)',
        why: 'The squared norm of ψ, by Parseval’s theorem.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'mean',
        gives: 'H(tau) = sum(E(n)*p(n,tau), n, 0, infinity)/N(tau)',
        why: 'The mean energy in Born’s reading.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'variance',
        gives: 'V(tau) = sum((E(n) - H(tau))^2*p(n,tau), n, 0, infinity)/N(tau)',
        why: 'And its variance.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'norm-loss',
        using: ['norm', 'weight', 'mean'],
        gives: 'H(tau) = -diff(log(N(tau)), tau)/2',
        why: 'The loss of norm tells the mean energy; no H needs to be applied.',
      },
    )
    .apply(
      { rule: 'differentiate', by: 'tau' },
      {
        id: 'cooling',
        from: 'mean',
        using: ['variance', 'mean', 'norm', 'weight'],
        gives: 'diff(H(tau), tau) = -2*V(tau)',
        why: 'The mean energy changes by minus twice its variance.',
      },
    )
    .apply(
      { rule: 'inequality', rest: '2*sum((E(n) - H(tau))^2*p(n,tau), n, 0, infinity)/N(tau)' },
      {
        id: 'descent',
        using: ['cooling', 'variance'],
        gives: 'diff(H(tau), tau) <= 0',
        why: 'So it falls until ψ is an eigenfunction.',
      },
    )
    .section('Where it ends')
    .apply(
      { rule: 'solution', where: BOWL },
      {
        id: 'bowl',
        from: 'levels',
        gives: 'phi(0,x) = exp(-sqrt(h/(8*D))*(x - a)^2)',
        why: 'In a harmonic bowl, $\\zeta = \\zeta_0 + \\frac{h}{2} (x - a)^2$, the ground state is a Gaussian.',
      },
    )
    .apply(
      { rule: 'identity', where: BOWL },
      {
        id: 'bias',
        gives: 'E(0) - zeta_0 = sqrt(D*h/2)',
        why: 'It lies above the least objective by √(Dh/2): imaginary time converges to φ₀ and not to the least of ζ, which only D → 0 gives back.',
        provenance: 'corrected',
      },
    )
}

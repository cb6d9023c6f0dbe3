import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, SYMBOLS, symbols } from '../vocabulary.js'

/** Levels are numbered from 0 and written as an index; ψ is a function of x and τ alone, and real. */
const LANGUAGE = new Language({
  symbols: { ...symbols('x', 'n', 'D'), tau: { ...SYMBOLS.tau, domain: 'nonnegative' } },
  functions: {
    psi: { of: ['x', 'tau'], domain: 'real', meaning: 'wave function in imaginary time' },
    zeta: FUNCTIONS.zeta,
    phi: { of: ['n', 'x'], domain: 'real', meaning: 'eigenfunction of a level', indices: 1 },
    E: { of: ['n'], domain: 'real', meaning: 'energy of a level, as a rate', indices: 1 },
    a: { of: ['n', 'tau'], domain: 'real', meaning: 'coefficient of a level', indices: 1 },
    c: { of: ['n'], domain: 'real', meaning: 'coefficient of a level at the start', indices: 1 },
    w: {
      of: ['tau'],
      domain: 'nonnegative',
      meaning: 'squared norm of the excited levels over that of the lowest',
    },
    s: { of: ['tau'], domain: 'positive', meaning: 'norm of ψ over that of its lowest level' },
    r: { of: ['tau'], domain: 'positive', meaning: 'norm of ψ' },
  },
})

const overLine = (body: string): string => `integral(${body}, x, -infinity, infinity)`
const EXCITED = 'sum(c(n)^2/c(0)^2*exp(-2*(E(n) - E(0))*tau), n, 1, infinity)'
const DISTANCE = overLine('(psi(x,tau)/r(tau) - phi(0,x))^2')
const RATE = 'exp(-2*(E(1) - E(0))*tau)'

/**
 * Convergence to the ground state: ‖ψ/‖ψ‖ − φ₀‖ ≤ (‖ψ⊥(0)‖/c₀) e^{−(E₁−E₀)τ}, with the conditions that it needs.
 */
export function convergence(): Derivation {
  return new Derivation('Convergence to the ground state', LANGUAGE)
    .section('Each level by itself')
    .apply(
      { rule: 'postulate' },
      {
        id: 'imaginary',
        gives: 'diff(psi(x,tau), tau) = D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau)',
        why: 'The QDE in imaginary time.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'curvature',
        gives: 'diff(phi(n,x), x, 2) = (zeta(x) - E(n))/D*phi(n,x)',
        why: 'The eigenfunctions of H, orthonormal and complete.',
        when: ['$\\zeta(x) \\to \\infty$ as $|x| \\to \\infty$'],
        reference:
          'M. Reed and B. Simon, Methods of Modern Mathematical Physics IV, Theorems XIII.47 and XIII.67',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'coefficient',
        gives: `a(n,tau) = ${overLine('phi(n,x)*psi(x,tau)')}`,
        why: 'What ψ has of a level.',
      },
    )
    .apply(
      { rule: 'differentiate', by: 'tau' },
      {
        id: 'change',
        using: ['imaginary'],
        gives: `diff(a(n,tau), tau) = ${overLine('phi(n,x)*(D*diff(psi(x,tau), x, 2) - zeta(x)*psi(x,tau))')}`,
        why: 'Its change, with the QDE put in.',
      },
    )
    .apply(
      {
        rule: 'byParts',
        over: 'x',
        boundary: 'D*(diff(psi(x,tau), x)*phi(n,x) - psi(x,tau)*diff(phi(n,x), x))',
      },
      {
        id: 'hermitian',
        gives: `diff(a(n,tau), tau) = ${overLine('(D*diff(phi(n,x), x, 2) - zeta(x)*phi(n,x))*psi(x,tau)')}`,
        why: 'H is Hermitian: it may act on either factor.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'decay',
        using: ['curvature', 'coefficient'],
        gives: 'diff(a(n,tau), tau) = -E(n)*a(n,tau)',
        why: 'On an eigenfunction H is the energy.',
      },
    )
    .apply(
      { rule: 'solution', where: { a: 'c(n)*exp(-E(n)*tau)' } },
      {
        id: 'coefficients',
        gives: 'a(n,tau) = c(n)*exp(-E(n)*tau)',
        why: 'So each coefficient decays at the rate of its energy; no sum and derivative had to change places for that.',
      },
    )
    .section('Distance from the ground state')
    .apply(
      { rule: 'define' },
      {
        id: 'excited',
        gives: `w(tau) = ${EXCITED}`,
        why: 'How much the excited levels weigh against the lowest.',
        when: [
          '$c_0 > 0$ (a sign of ψ makes it so), as for every $\\psi(0) \\ge 0$ that is not 0 everywhere, since $\\varphi_0 > 0$',
        ],
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'parseval',
        gives: `${overLine('psi(x,tau)^2')} = a(0,tau)^2 + sum(a(n,tau)^2, n, 1, infinity)`,
        why: 'Parseval’s theorem, as the eigenfunctions are complete.',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'root', gives: 's(tau) = sqrt(1 + w(tau))', why: 'A name for the ratio of norms.' },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'length',
        gives: 'r(tau) = c(0)*exp(-E(0)*tau)*s(tau)',
        why: 'A name for the norm of ψ, as the next line shows.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'norm',
        using: ['parseval', 'coefficients', 'length', 'root', 'excited'],
        gives: `${overLine('psi(x,tau)^2')} = r(tau)^2`,
        why: 'Its square is the integral of ψ².',
      },
    )
    .apply(
      { rule: 'postulate' },
      { id: 'unit', gives: `${overLine('phi(0,x)^2')} = 1`, why: 'The ground state has norm 1.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'expanded',
        gives: `${DISTANCE} = ${overLine('psi(x,tau)^2')}/r(tau)^2 - 2*${overLine('phi(0,x)*psi(x,tau)')}/r(tau) + ${overLine('phi(0,x)^2')}`,
        why: 'The squared distance of the normalised ψ from φ₀, multiplied out.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'overlap',
        using: ['coefficient'],
        gives: `${overLine('phi(0,x)*psi(x,tau)')} = a(0,tau)`,
        why: 'The overlap of the two is the lowest coefficient.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'distance',
        from: 'expanded',
        using: ['norm', 'overlap', 'unit', 'coefficients', 'length'],
        gives: `${DISTANCE} = 2 - 2/s(tau)`,
        why: 'All three integrals put in: an exact formula for the distance.',
      },
    )
    .apply(
      { rule: 'inequality', rest: '(s(tau) - 1)^2*(s(tau) + 2)/s(tau)' },
      {
        id: 'simpler',
        using: ['distance', 'root'],
        gives: `${DISTANCE} <= w(tau)`,
        why: 'What is missing is $(s - 1)^2 (s + 2)/s \\ge 0$, as $w = s^2 - 1$.',
        provenance: 'corrected',
      },
    )
    .section('The gap sets the pace')
    .apply(
      { rule: 'postulate' },
      {
        id: 'order',
        gives: 'E(n) >= E(1)',
        why: 'Levels are counted upwards.',
        when: ['$n \\ge 1$'],
      },
    )
    .apply(
      { rule: 'exponentialBound', from: { order: '2*tau' } },
      {
        id: 'faster',
        gives: 'exp(-2*(E(n) - E(1))*tau) <= 1',
        why: 'No excited level decays more slowly than the first one.',
        when: ['$n \\ge 1$', '$\\tau \\ge 0$'],
      },
    )
    .apply(
      { rule: 'multiply', by: `c(n)^2/c(0)^2*${RATE}` },
      {
        id: 'each',
        gives: `c(n)^2/c(0)^2*exp(-2*(E(n) - E(0))*tau) <= c(n)^2/c(0)^2*${RATE}`,
        why: 'The same for what each level weighs.',
        when: ['$n \\ge 1$'],
      },
    )
    .apply(
      { rule: 'sumOver', over: 'n', from: '1', to: 'infinity' },
      {
        id: 'together',
        gives: `${EXCITED} <= ${RATE}*sum(c(n)^2/c(0)^2, n, 1, infinity)`,
        why: 'The same for all excited levels together.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'excited-bound',
        using: ['excited'],
        gives: `w(tau) <= w(0)*${RATE}`,
        why: 'The excited levels shrink at least by the factor $e^{-2 (E_1 - E_0) \\tau}$.',
      },
    )
    .apply(
      { rule: 'inequality', from: { simpler: '1', 'excited-bound': '1' } },
      {
        id: 'convergence',
        gives: `${DISTANCE} <= w(0)*${RATE}`,
        why: 'So the distance is at most $\\sqrt{w(0)} \\, e^{-(E_1 - E_0) \\tau}$ with $\\sqrt{w(0)}$ the norm of the excited part at the start over $c_0$: it goes to 0 where the gap is positive, the more slowly the smaller the gap. The factor √2 that is often written is not needed.',
        when: ['$E_1 > E_0$', '$c_0 > 0$', '$\\tau \\ge 0$'],
        provenance: 'corrected',
      },
    )
}

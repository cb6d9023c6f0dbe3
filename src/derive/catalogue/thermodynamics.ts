import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { symbols } from '../vocabulary.js'

/** Levels are numbered from 0 and written as an index. The functions of two levels share their letters with the general ones. */
const LANGUAGE = new Language({
  symbols: symbols('n', 'beta', 'omega', 'Delta'),
  functions: {
    E: { of: ['n'], domain: 'real', meaning: 'energy of a level', indices: 1 },
    p: { of: ['n', 'beta'], domain: 'positive', meaning: 'thermal probability of a level', indices: 1 },
    Z: { of: ['beta'], domain: 'positive', meaning: 'partition function' },
    F: { of: ['beta'], domain: 'real', meaning: 'free energy' },
    U: { of: ['beta'], domain: 'real', meaning: 'internal energy' },
    S: { of: ['beta'], domain: 'real', meaning: 'entropy' },
    C: { of: ['beta'], domain: 'real', meaning: 'heat capacity' },
    Z_2: { of: ['beta'], domain: 'positive', meaning: 'partition function of two levels', shown: 'Z' },
    p_1: { of: ['beta'], domain: 'positive', meaning: 'thermal probability of the upper level' },
    U_2: { of: ['beta'], domain: 'real', meaning: 'internal energy of two levels', shown: 'U' },
    C_2: { of: ['beta'], domain: 'real', meaning: 'heat capacity of two levels', shown: 'C' },
  },
  positive: ['sinh(beta*omega/2)'],
})

/** Infinitely many levels. */
const over = (body: string): string => `sum(${body}, n, 0, infinity)`

/** Z, F, U, S and C of a system of levels, from Tr exp(−βH); of the oscillator, and of two levels. */
export function thermodynamics(): Derivation {
  return new Derivation('Thermodynamics of levels', LANGUAGE)
    .section('Any levels')
    .apply(
      { rule: 'define' },
      {
        id: 'partition',
        gives: `Z(beta) = ${over('exp(-beta*E(n))')}`,
        why: 'The trace of exp(−βH), over all levels. A state in imaginary time, exp(−Hτ)ψ(0), is not it: its weights are cₙ² exp(−2Eₙτ), thermal (at β = 2τ) only where all cₙ² are equal.',
        when: ['the sum converges'],
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'share', gives: 'p(n,beta) = exp(-beta*E(n))/Z(beta)', why: 'The probability of a level.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'normal',
        using: ['share', 'partition'],
        gives: `${over('p(n,beta)')} = 1`,
        why: 'They add to 1.',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'energy', gives: `U(beta) = ${over('E(n)*p(n,beta)')}`, why: 'The mean energy.' },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'slope',
        using: ['energy', 'share', 'partition'],
        gives: 'U(beta) = -diff(log(Z(beta)), beta)',
        why: 'Z knows it.',
      },
    )
    .apply({ rule: 'define' }, { id: 'free', gives: 'F(beta) = -log(Z(beta))/beta', why: 'The free energy.' })
    .apply(
      { rule: 'define' },
      {
        id: 'entropy',
        gives: `S(beta) = -${over('p(n,beta)*log(p(n,beta))')}`,
        why: 'The entropy of the probabilities.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'legendre',
        using: ['entropy', 'energy', 'free', 'share', 'partition'],
        gives: 'S(beta) = beta*(U(beta) - F(beta))',
        why: 'As −ln p = βE + ln Z: F = U − TS.',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'capacity',
        gives: 'C(beta) = -beta^2*diff(U(beta), beta)',
        why: 'The heat capacity, dU/dT with T = 1/β.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'fluctuation',
        using: ['capacity', 'energy', 'share', 'partition'],
        gives: `C(beta) = beta^2*${over('(E(n) - U(beta))^2*p(n,beta)')}`,
        why: 'It is β² times the variance of the energy.',
      },
    )
    .apply(
      { rule: 'inequality', rest: `beta^2*${over('(E(n) - U(beta))^2*p(n,beta)')}` },
      {
        id: 'stable',
        using: ['fluctuation'],
        gives: 'C(beta) >= 0',
        why: 'Adding energy never lowers the temperature.',
      },
    )
    .section('Oscillator')
    .apply(
      { rule: 'specialise', where: { E: 'omega*(n + 1/2)' } },
      {
        id: 'oscillator',
        from: 'partition',
        gives: `Z(beta) = ${over('exp(-beta*omega*(n + 1/2))')}`,
        why: 'The levels of a harmonic bowl with curvature h are ω(n + 1/2) with ω² = 2Dh.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      {
        id: 'oscillator-partition',
        gives: 'Z(beta) = 1/(2*sinh(beta*omega/2))',
        why: 'A geometric sum.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'oscillator-free',
        from: 'free',
        using: ['oscillator-partition'],
        gives: 'F(beta) = log(2*sinh(beta*omega/2))/beta',
        why: 'Z put into the free energy.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'oscillator-energy',
        from: 'slope',
        using: ['oscillator-partition'],
        gives: 'U(beta) = omega/(2*tanh(beta*omega/2))',
        why: 'Z put into the internal energy.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'oscillator-entropy',
        from: 'legendre',
        using: ['oscillator-energy', 'oscillator-free'],
        gives: 'S(beta) = beta*omega/(2*tanh(beta*omega/2)) - log(2*sinh(beta*omega/2))',
        why: 'Both put into the entropy.',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'oscillator-capacity',
        from: 'capacity',
        using: ['oscillator-energy'],
        gives: 'C(beta) = (beta*omega/2)^2/sinh(beta*omega/2)^2',
        why: 'The internal energy put into the heat capacity.',
      },
    )
    .section('Two levels')
    .apply(
      { rule: 'define' },
      {
        id: 'two',
        gives: 'Z_2(beta) = sum(exp(-beta*n*Delta), n, 0, 1)',
        why: 'The sums end where the levels do; here there are two, at 0 and Δ.',
      },
    )
    .apply(
      { rule: 'evaluate' },
      { id: 'two-partition', gives: 'Z_2(beta) = 1 + exp(-beta*Delta)', why: 'Two terms.' },
    )
    .apply(
      { rule: 'define' },
      { id: 'upper', gives: 'p_1(beta) = exp(-beta*Delta)/Z_2(beta)', why: 'The share of the upper level.' },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'two-share',
        using: ['two-partition'],
        gives: 'p_1(beta) = sigmoid(-beta*Delta)',
        why: 'That share is a Sigmoid.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'define' },
      { id: 'two-energy', gives: 'U_2(beta) = Delta*p_1(beta)', why: 'The mean energy.' },
    )
    .apply(
      { rule: 'define' },
      { id: 'two-heat', gives: 'C_2(beta) = -beta^2*diff(U_2(beta), beta)', why: 'The heat capacity.' },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'two-capacity',
        using: ['two-energy', 'two-share'],
        gives: 'C_2(beta) = (beta*Delta)^2*exp(beta*Delta)/(1 + exp(beta*Delta))^2',
        why: 'Schottky’s hump: small where T is far below the distance of the levels, and small far above.',
      },
    )
    .apply(
      { rule: 'differentiate', by: 'beta' },
      {
        id: 'two-peak',
        gives:
          'diff(C_2(beta), beta) = beta*Delta^2*exp(beta*Delta)/(1 + exp(beta*Delta))^2*(2 - beta*Delta*tanh(beta*Delta/2))',
        why: 'The hump stands where βΔ tanh(βΔ/2) = 2, at βΔ = 2.3994.',
      },
    )
}

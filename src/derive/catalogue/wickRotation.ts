import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, symbols } from '../vocabulary.js'
import type { Where } from '../where.js'

/**
 * ψ(x, t), ψ(x, τ) and ψ(x, s) are three functions with one letter: psi, psi_tau and psi_s, related by
 * psi(x, t) = psi_tau(x, i t) = psi_s(x, e^{iθ} t).
 */
const LANGUAGE = new Language({
  symbols: symbols('x', 't', 'tau', 's', 'theta', 'hbar', 'm', 'D', 'k', 'E', 'zeta_0'),
  functions: {
    psi: FUNCTIONS.psi,
    psi_tau: { ...FUNCTIONS.psi, of: ['x', 'tau'], shown: 'psi', meaning: 'wave function in imaginary time' },
    psi_s: { ...FUNCTIONS.psi, of: ['x', 's'], shown: 'psi', meaning: 'wave function at a Wick angle' },
    V: FUNCTIONS.V,
    zeta: FUNCTIONS.zeta,
  },
})

const IMAGINARY: Where = { psi: 'psi_tau(x, i*t)', tau: 'i*t' }
const ROTATED: Where = { psi: 'psi_s(x, exp(i*theta)*t)', s: 'exp(i*theta)*t' }
const MODE: Where = { psi: 'exp(i*k*x - i*E*t)', zeta: 'zeta_0', E: 'D*k^2 + zeta_0' }
const QUARTER_TURN: Where = { psi_s: 'psi_tau(x, s)', theta: 'pi/2', s: 'tau' }

/**
 * From Schrödinger's equation to the QDE: i ∂ₜψ = [−D ∂ₓ² + ζ] ψ with D = ħ/2m and ζ = V/ħ. Reading a learning
 * objective as ζ is a postulate, and is shown as one.
 */
export function qde(): Derivation {
  return new Derivation('The quantum dynamic equation', LANGUAGE)
    .apply(
      { rule: 'postulate' },
      {
        id: 'schroedinger',
        gives: 'i*hbar*diff(psi(x,t), t) = -hbar^2/(2*m)*diff(psi(x,t), x, 2) + V(x)*psi(x,t)',
        why: 'Schrödinger’s equation for a particle of mass m in the potential V, where the argument starts.',
        when: ['$\\hbar > 0$', '$m > 0$'],
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'multiply', by: '1/hbar' },
      {
        id: 'divided',
        gives: 'i*diff(psi(x,t), t) = -hbar/(2*m)*diff(psi(x,t), x, 2) + V(x)/hbar*psi(x,t)',
        why: 'Divide by ħ, so that every coefficient is a rate.',
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'diffusion',
        gives: 'D = hbar/(2*m)',
        why: 'The one convention used here: D = ħ/2m goes with ζ = V/ħ; D = ħ²/2m would go with ζ = V, and the two must not be mixed.',
        when: ['$\\hbar > 0$', '$m > 0$'],
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'postulate' },
      {
        id: 'equivalence',
        gives: 'zeta(x) = V(x)/hbar',
        why: 'Potential-energy equivalence: the learning objective ζ takes the place of the potential. An analogy that is postulated, not derived.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'insert' },
      {
        id: 'qde',
        from: 'divided',
        using: ['diffusion', 'equivalence'],
        gives: 'i*diff(psi(x,t), t) = -D*diff(psi(x,t), x, 2) + zeta(x)*psi(x,t)',
        why: 'The quantum dynamic equation; from here on ħ = 1 and H is the bracket on the right.',
        provenance: 'paper',
      },
    )
}

/**
 * From Schrödinger's equation through the QDE to imaginary time, with the sign of the rotation pinned, and to a
 * general angle: ∂ₛψ = −i e^{−iθ} Hψ, θ = 0 real, θ = π/2 imaginary time.
 */
export function wickRotation(): Derivation {
  return qde()
    .entitled('From Schrödinger’s equation to imaginary time')
    .apply(
      { rule: 'identity', where: IMAGINARY },
      {
        id: 'chain',
        gives: 'diff(psi(x,t), t) = i*diff(psi_tau(x,tau), tau)',
        at: 'tau = i*t',
        why: 'Wick rotation τ = it: the chain rule for an undefined function.',
        when: ['$\\psi$ continues analytically from real $t$ to $t = -i \\tau$'],
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'changeVariable', where: IMAGINARY },
      {
        id: 'rotated',
        from: 'qde',
        gives: '-diff(psi_tau(x,tau), tau) = -D*diff(psi_tau(x,tau), x, 2) + zeta(x)*psi_tau(x,tau)',
        why: 'Put it into the QDE; i · i = −1.',
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'multiply', by: '-1' },
      {
        id: 'imaginary',
        gives: 'diff(psi_tau(x,tau), tau) = D*diff(psi_tau(x,tau), x, 2) - zeta(x)*psi_tau(x,tau)',
        why: 'Imaginary time: diffusion with the sink ζ.',
        provenance: 'paper',
      },
    )
    .apply(
      { rule: 'solution', where: MODE },
      {
        id: 'mode',
        from: 'qde',
        gives: 'psi(x,t) = exp(i*k*x - i*E*t)',
        why: 'To fix the sign, take one mode: where ζ is the constant ζ₀, a plane wave solves the QDE.',
        when: ['$E = D \\, k^{2} + \\zeta_{0}$'],
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'identity', where: { t: '-i*tau' } },
      {
        id: 'decay',
        gives: 'exp(i*k*x - i*E*t) = exp(i*k*x)*exp(-E*tau)',
        at: 't = -i*tau',
        why: 'With τ = it the mode decays, the faster the higher its energy: the ground state is what remains.',
        when: ['$E > 0$ for decay'],
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'identity', where: { t: 'i*tau' } },
      {
        id: 'growth',
        gives: 'exp(i*k*x - i*E*t) = exp(i*k*x)*exp(E*tau)',
        at: 't = i*tau',
        why: 'The other sign, τ = −it, makes it grow without bound. So τ = it is the rotation.',
        when: ['$E > 0$ for growth'],
        provenance: 'corrected',
      },
    )
    .apply(
      { rule: 'changeVariable', where: ROTATED },
      {
        id: 'angle',
        from: 'qde',
        gives: 'i*exp(i*theta)*diff(psi_s(x,s), s) = -D*diff(psi_s(x,s), x, 2) + zeta(x)*psi_s(x,s)',
        why: 'Any Wick angle θ: time runs along t = s exp(−iθ).',
        when: ['$0 \\le \\theta \\le \\pi/2$', '$s \\ge 0$'],
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'multiply', by: '-i*exp(-i*theta)' },
      {
        id: 'general',
        gives: 'diff(psi_s(x,s), s) = -i*exp(-i*theta)*(-D*diff(psi_s(x,s), x, 2) + zeta(x)*psi_s(x,s))',
        why: 'So ψ(s) = exp(−i exp(−iθ) s H) ψ(0): θ = 0 is real time.',
        provenance: 'derived',
      },
    )
    .apply(
      { rule: 'specialise', where: QUARTER_TURN },
      {
        id: 'quarter-turn',
        gives: 'diff(psi_tau(x,tau), tau) = D*diff(psi_tau(x,tau), x, 2) - zeta(x)*psi_tau(x,tau)',
        at: 'theta = pi/2',
        why: 'A quarter turn, θ = π/2 and s = τ, gives the imaginary-time equation back.',
        provenance: 'derived',
      },
    )
}

import { classicalLimit } from './catalogue/classicalLimit.js'
import { convergence } from './catalogue/convergence.js'
import { covarianceFlow } from './catalogue/covarianceFlow.js'
import { diffusionModel } from './catalogue/diffusionModel.js'
import { feynmanKac } from './catalogue/feynmanKac.js'
import { fokkerPlanck } from './catalogue/fokkerPlanck.js'
import { freeMotion } from './catalogue/freeMotion.js'
import { gaussianFlow } from './catalogue/gaussianFlow.js'
import { halfNewton } from './catalogue/halfNewton.js'
import { linearPotential } from './catalogue/linearPotential.js'
import { ornsteinUhlenbeck } from './catalogue/ornsteinUhlenbeck.js'
import { oscillator } from './catalogue/oscillator.js'
import { replicator } from './catalogue/replicator.js'
import { reverseDiffusion } from './catalogue/reverseDiffusion.js'
import { sigmoid } from './catalogue/sigmoid.js'
import { softmax } from './catalogue/softmax.js'
import { spectral } from './catalogue/spectral.js'
import { taylor } from './catalogue/taylor.js'
import { thermodynamics } from './catalogue/thermodynamics.js'
import { qde, wickRotation } from './catalogue/wickRotation.js'

export { Derivation, derivation, type StepText } from './derivation.js'
export { DerivationError } from './errors.js'
export type { Equation, Formula, Sign } from './formula.js'
export { Language } from './language.js'
export { proveEqual, residual } from './prove.js'
export { type Move, type Obligation, type Relation, RULES, type RuleName } from './rules/index.js'
export type { Step } from './step.js'
export type { Domain, FunctionEntry, SymbolEntry, Vocabulary, VocabularyInput } from './vocabulary.js'
export type { Where } from './where.js'
export type { Testimony } from './witness.js'

/** The derivations that ship, from the equation to what it is for. */
export const derive: {
  /** Schrödinger → QDE. */
  readonly qde: typeof qde
  /** Schrödinger → QDE → imaginary time and every Wick angle between. */
  readonly wickRotation: typeof wickRotation
  /** Spectral form in real and imaginary time, the energy's descent, and the bias of the ground state. */
  readonly spectral: typeof spectral
  /** Convergence to the ground state, ‖ψ/‖ψ‖ − φ₀‖ ≤ (‖ψ⊥(0)‖/c₀) e^{−(E₁−E₀)τ}, with its conditions. */
  readonly convergence: typeof convergence
  /** Taylor orders 0, 1, 2 of the objective in one or more dimensions, the Newton point, and how far they hold. */
  readonly taylor: typeof taylor
  /** Order 0: free motion in real and in imaginary time. */
  readonly freeMotion: typeof freeMotion
  /** Order 1: free fall in real time, gradient descent with the variance as its rate in imaginary time. */
  readonly linearPotential: typeof linearPotential
  /** Order 2: levels of an oscillator, and Mehler’s kernel in real and in imaginary time. */
  readonly oscillator: typeof oscillator
  /** Mean and variance of a normal population: gradient descent whose rate is the variance. */
  readonly gaussianFlow: typeof gaussianFlow
  /** The Gaussian flow solved, and its rate √(2Dh): between gradient descent and Newton. */
  readonly halfNewton: typeof halfNewton
  /** The Gaussian flow in two dimensions: the covariance as the preconditioner of the descent. */
  readonly covarianceFlow: typeof covarianceFlow
  /** Feynman–Kac: one step as a Gaussian mean with a weight, and the mean over all paths where it is known. */
  readonly feynmanKac: typeof feynmanKac
  /** Imaginary time as a population: mass, replicator–diffusion equation, Price’s identity. */
  readonly replicator: typeof replicator
  /** Z, F, U, S, C of any levels, of the oscillator and of two levels. */
  readonly thermodynamics: typeof thermodynamics
  /** The classical limit of the thermal state and its first Wigner–Kirkwood correction. */
  readonly classicalLimit: typeof classicalLimit
  /** Softmax by four routes: D = 0, replicator equation, Boltzmann distribution, least free energy. */
  readonly softmax: typeof softmax
  /** The Sigmoid of two levels, and its quantum correction where they are coupled. */
  readonly sigmoid: typeof sigmoid
  /** Fokker–Planck ↔ QDE both ways: Langevin descent on a loss, its potential, and Doob’s transform. */
  readonly fokkerPlanck: typeof fokkerPlanck
  /** Langevin descent on a harmonic loss: transition density and rates. */
  readonly ornsteinUhlenbeck: typeof ornsteinUhlenbeck
  /** The forward processes of diffusion models: variance exploding as order 0, variance preserving as order 2. */
  readonly diffusionModel: typeof diffusionModel
  /** The reverse process: score, probability flow, Tweedie’s formula, and why τ → −τ is not it. */
  readonly reverseDiffusion: typeof reverseDiffusion
} = {
  qde,
  wickRotation,
  spectral,
  convergence,
  taylor,
  freeMotion,
  linearPotential,
  oscillator,
  gaussianFlow,
  halfNewton,
  covarianceFlow,
  feynmanKac,
  replicator,
  thermodynamics,
  classicalLimit,
  softmax,
  sigmoid,
  fokkerPlanck,
  ornsteinUhlenbeck,
  diffusionModel,
  reverseDiffusion,
}

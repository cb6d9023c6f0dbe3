/** One state, drawn over the objective that it lives in. */
import {
  Drawable,
  type EvolutionFigure,
  evolutionFigure,
  type ProblemRecord,
  type WaveFigure,
  waveFigure,
} from '../figure/index.js'
import { interpolate, type WaveFunction } from '../grid/index.js'
import type { Hamiltonian } from './hamiltonian.js'
import type { Line } from './line.js'

export class Portrait extends Drawable {
  readonly state: WaveFunction
  /** ⟨H⟩. */
  readonly energy: number
  private readonly hamiltonian: Hamiltonian
  private readonly problem: ProblemRecord
  private readonly drawnOn: () => Line

  /** @param drawnOn what a state in one dimension is drawn on */
  constructor(hamiltonian: Hamiltonian, problem: ProblemRecord, state: WaveFunction, drawnOn: () => Line) {
    super()
    this.drawnOn = drawnOn
    this.hamiltonian = hamiltonian
    this.problem = problem
    this.state = state
    this.energy = hamiltonian.energy(state).mean
  }

  override figure(): EvolutionFigure | WaveFigure {
    const { hamiltonian, problem, state, energy } = this
    const { axes } = hamiltonian.grid
    if (axes.length > 1)
      return waveFigure({
        problem,
        axes: axes.map((axis) => axis.coordinates),
        zeta: hamiltonian.zeta,
        psi: [state.values],
        frames: { symbol: '', values: [0] },
        energy: [energy],
      })
    const { x, zeta } = this.drawnOn()
    const psi = [interpolate(state, [x])]
    const line = {
      problem,
      angle: 0,
      readings: ['born' as const],
      x,
      zeta,
      times: [0],
      psi,
      energy: [energy],
    }
    const alt = `The wave function ψ(${axes[0].name}) over the objective ζ, coloured by phase: ${this.toString()}.`
    return { ...evolutionFigure(line), title: 'Wave function', alt }
  }

  override toString(): string {
    return `${this.state.toString()}; ⟨H⟩ = ${this.energy.toPrecision(10)}`
  }
}

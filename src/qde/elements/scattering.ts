/**
 * Stationary scattering −D ψ″ + ζψ = Eψ on elements, outside which ζ is constant: with k = √((E − ζ₋)/D) on the left and
 * q = √((E − ζ₊)/D) on the right,
 *
 *   ψ = e^{ik(x−a)} + r e^{−ik(x−a)}  at the left end a,      ψ = t e^{iq(x−b)}  at the right end b.
 *
 * Both are conditions of the third kind, ψ′(a) = ik(2 − ψ(a)) and ψ′(b) = iq ψ(b), so that the weak form is a linear
 * system with an outgoing wave, which has one solution at every energy. In the basis of an element's own states with
 * ψ = 0 at both ends, (ε_i − E) c_i = −(b_i − E m_i)·(the values at its ends), so they are eliminated one by one and a tridiagonal system of
 * the vertices remains; a state with ε_i next to E is kept among its unknowns.
 *
 * Where E < ζ₊, q = iκ, and the wave is reflected wholly.
 */
import { symmetricEigen } from '../../numeric/index.js'
import { congruent, integrals, orthonormalInterior, type Samples } from './element.js'
import { DEGREE, SHAPES } from './reference.js'
import { type SturmLiouville, sampled } from './sturmLiouville.js'

export interface Amplitudes {
  /** Amplitude of the reflected wave at a, re and im. */
  readonly reflected: readonly [number, number]
  /** Amplitude of the transmitted wave at b. */
  readonly transmitted: readonly [number, number]
}

/** An element with its inner states diagonal. */
interface Condensed {
  /** Levels of the inner states, and what couples each to the left and the right end. */
  readonly levels: Float64Array
  readonly left: Coupling
  readonly right: Coupling
  /** Energy and mass of the linear functions of the two ends: left², left·right, right². */
  readonly energy: readonly [number, number, number]
  readonly mass: readonly [number, number, number]
}

/** Energy and mass between inner states and the linear function of an end, whose kinetic part vanishes. */
interface Coupling {
  readonly energy: Float64Array
  readonly mass: Float64Array
}

/** Distance |ε − E|, as a share of |E| + |ε|, below which an inner state is kept as an unknown. */
const NEAR = 1e-3

/** A solver for any number of energies. */
export function scattering(
  problem: Pick<SturmLiouville, 'D' | 'vertices' | 'potential'>,
): (energy: number, k: number, q: number, closed: boolean) => Amplitudes {
  const { D } = problem
  const elements = sampled({ ...problem, ends: ['free', 'free'] }).map(condensed)
  return (energy: number, k: number, q: number, closed: boolean): Amplitudes => {
    const unknowns: Unknowns = { size: elements.length + 1, kept: [] }
    elements.forEach((one, e) => {
      one.levels.forEach((level, i) => {
        if (Math.abs(level - energy) < NEAR * (Math.abs(level) + Math.abs(energy)))
          unknowns.kept.push({ e, i, at: unknowns.size++ })
      })
    })
    const system = new ComplexSystem(unknowns.size)
    elements.forEach((one, e) => {
      addElement(system, one, e, energy, unknowns)
    })
    const last = elements.length
    // The ends' terms D ψ′v of the weak form; a closed side decays with κ = q.
    system.add(0, 0, 0, -D * k)
    system.add(last, last, closed ? D * q : 0, closed ? 0 : -D * q)
    const solution = system.solve(0, 0, -2 * D * k)
    return {
      reflected: [solution[0] - 1, solution[1]],
      transmitted: [solution[2 * last], solution[2 * last + 1]],
    }
  }
}

interface Unknowns {
  size: number
  readonly kept: { readonly e: number; readonly i: number; readonly at: number }[]
}

function condensed(samples: Samples): Condensed {
  const { mass, energy } = integrals(samples)
  const basis = orthonormalInterior(mass)
  const [inMass, inEnergy] = [congruent(mass, basis), congruent(energy, basis)]
  const inner = DEGREE - 1
  const block = new Float64Array(inner * inner)
  for (let i = 0; i < inner; i++)
    for (let j = 0; j < inner; j++) block[i * inner + j] = inEnergy[(i + 2) * SHAPES + j + 2]
  const { values, vectors } = symmetricEigen(block, inner)
  const coupling = (matrix: Float64Array, end: 0 | 1): Float64Array =>
    Float64Array.from(vectors, (vector) =>
      vector.reduce((sum, v, i) => sum + v * matrix[end * SHAPES + i + 2], 0),
    )
  return {
    levels: values,
    left: { energy: coupling(inEnergy, 0), mass: coupling(inMass, 0) },
    right: { energy: coupling(inEnergy, 1), mass: coupling(inMass, 1) },
    energy: [inEnergy[0], inEnergy[1], inEnergy[SHAPES + 1]],
    mass: [inMass[0], inMass[1], inMass[SHAPES + 1]],
  }
}

function addElement(
  system: ComplexSystem,
  { levels, left, right, energy, mass }: Condensed,
  e: number,
  E: number,
  { kept }: Unknowns,
): void {
  let [ll, lr, rr] = energy.map((v, i) => v - E * mass[i])
  for (let i = 0; i < levels.length; i++) {
    const [a, b] = [left, right].map((end) => end.energy[i] - E * end.mass[i])
    const own = kept.find((state) => state.e === e && state.i === i)
    if (own === undefined) {
      const weight = 1 / (levels[i] - E)
      ll -= weight * a * a
      lr -= weight * a * b
      rr -= weight * b * b
    } else {
      system.add(own.at, own.at, levels[i] - E, 0)
      system.pair(e, own.at, a)
      system.pair(e + 1, own.at, b)
    }
  }
  system.add(e, e, ll, 0)
  system.pair(e, e + 1, lr)
  system.add(e + 1, e + 1, rr, 0)
}

/** A small complex symmetric system, by Gaussian elimination with partial pivoting. */
class ComplexSystem {
  private readonly n: number
  private readonly re: Float64Array
  private readonly im: Float64Array

  constructor(n: number) {
    this.n = n
    this.re = new Float64Array(n * n)
    this.im = new Float64Array(n * n)
  }

  add(i: number, j: number, re: number, im: number): void {
    this.re[i * this.n + j] += re
    this.im[i * this.n + j] += im
  }

  /** A real entry and its mirror image. */
  pair(i: number, j: number, value: number): void {
    this.add(i, j, value, 0)
    this.add(j, i, value, 0)
  }

  /** The solution, interleaved, for a right-hand side that vanishes but in row `at`. */
  solve(at: number, bRe: number, bIm: number): Float64Array {
    const { n, re, im } = this
    const x = new Float64Array(2 * n)
    x[2 * at] = bRe
    x[2 * at + 1] = bIm
    const size = (i: number, j: number): number => Math.abs(re[i * n + j]) + Math.abs(im[i * n + j])
    for (let c = 0; c < n; c++) {
      let best = c
      for (let i = c + 1; i < n; i++) if (size(i, c) > size(best, c)) best = i
      if (best !== c) this.swap(best, c, x)
      for (let i = c + 1; i < n; i++) {
        if (size(i, c) === 0) continue
        const [fr, fi] = quotient(re[i * n + c], im[i * n + c], re[c * n + c], im[c * n + c])
        for (let j = c; j < n; j++) {
          re[i * n + j] -= fr * re[c * n + j] - fi * im[c * n + j]
          im[i * n + j] -= fr * im[c * n + j] + fi * re[c * n + j]
        }
        x[2 * i] -= fr * x[2 * c] - fi * x[2 * c + 1]
        x[2 * i + 1] -= fr * x[2 * c + 1] + fi * x[2 * c]
      }
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) {
        x[2 * i] -= re[i * n + j] * x[2 * j] - im[i * n + j] * x[2 * j + 1]
        x[2 * i + 1] -= re[i * n + j] * x[2 * j + 1] + im[i * n + j] * x[2 * j]
      }
      x.set(quotient(x[2 * i], x[2 * i + 1], re[i * n + i], im[i * n + i]), 2 * i)
    }
    return x
  }

  private swap(a: number, b: number, x: Float64Array): void {
    const { n, re, im } = this
    for (let j = 0; j < n; j++) {
      ;[re[a * n + j], re[b * n + j]] = [re[b * n + j], re[a * n + j]]
      ;[im[a * n + j], im[b * n + j]] = [im[b * n + j], im[a * n + j]]
    }
    for (let part = 0; part < 2; part++)
      [x[2 * a + part], x[2 * b + part]] = [x[2 * b + part], x[2 * a + part]]
  }
}

function quotient(a: number, b: number, c: number, d: number): [number, number] {
  const square = c * c + d * d
  return [(a * c + b * d) / square, (b * c - a * d) / square]
}

/**
 * Annealing of spins: the quantum dynamic equation on the hypercube with a falling transverse field, and the master
 * equation of single flips with a falling temperature (Kadowaki and Nishimori, Phys. Rev. E 58, 5355 (1998)). A spin that
 * costs ΔE flips at the rate 1/(1 + e^{ΔE/T}) (heat bath).
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import { affineStep, dot, type Parts } from './affine.js'
import { Annealing, type AnnealingTime } from './annealing.js'
import { kineticOf, type SpinSpace, spinLevels, spinSpace } from './hypercube.js'
import { masterStep } from './masterStep.js'
import { monitorOf, sayOutrun } from './monitor.js'
import { type AnnealingSchedule, type Dial, dialOf } from './schedule.js'

export interface SpinOptions extends DriveOptions {
  /** Number of spins, 1 to 14. */
  readonly spins: number
  /** Energy of a state of spins, each +1 or −1. */
  readonly energy: (spins: readonly number[]) => number
  /**
   * The transverse field Γ (D on the graph), or the temperature. As a function of time it may be infinite at t = 0: the
   * run begins with all states alike then.
   */
  readonly schedule: AnnealingSchedule
  readonly until: number
  /** Default `real`. */
  readonly time?: AnnealingTime
  /** Wanted error of the last state; default 1e-6. */
  readonly tolerance?: number
  /** Equal intervals of time at whose ends results are recorded; default 50. */
  readonly frames?: number
}

const MOST_SPINS = 14
const FRAMES = 50
/** First step, as a share of the time, and growth of a step. */
const FIRST = 1e-7
const GROWTH = [0.2, 2.5] as const
/** Energies that are this close are one. */
const SAME = 1e-12
/** Where a field that is infinite at the beginning is looked at first, as a share of the time. */
const BEGINNING = 1e-3

/**
 * @throws PsilabError `parameter` for options out of range or an energy that is not finite
 * @example
 * annealSpins({ spins: 8, energy: (s) => -s[0] * s[1], schedule: linear(3, 0), until: 100 })
 */
export function annealSpins(options: SpinOptions): Annealing {
  requireKeys('annealSpins', options, [
    'spins',
    'energy',
    'schedule',
    'until',
    'time',
    'tolerance',
    'frames',
    'progress',
    'signal',
  ])
  const spins = requireInteger('spins', options.spins, 1, MOST_SPINS)
  const until = requireNumber('until', options.until, 'a finite number > 0', (t) => t > 0)
  const frames = requireInteger('frames', options.frames ?? FRAMES, 1, 10_000)
  const tolerance = requireNumber(
    'tolerance',
    options.tolerance ?? 1e-6,
    '1e-10 to 0.01',
    (v) => v >= 1e-10 && v <= 0.01,
  )
  const time = options.time ?? 'real'
  if (time !== 'real' && time !== 'imaginary' && time !== 'classical')
    refuse('time', 'real, imaginary, classical', time)
  if (typeof options.energy !== 'function') refuse('energy', 'a function of the spins', options.energy)
  requireDriving(options)
  const zeta = Float64Array.from({ length: 2 ** spins }, (_, i) =>
    requireNumber(
      'energy',
      options.energy(Array.from({ length: spins }, (__, s) => (((i >> s) & 1) === 1 ? -1 : 1))),
      'a finite number for every state',
      () => true,
    ),
  )
  const space = spinSpace(spins, zeta)
  const quantum = time !== 'classical'
  const symbol = quantum ? 'Γ' : 'T'
  if (!quantum && typeof options.schedule !== 'function' && options.schedule?.kind === 'adaptive')
    refuse('schedule', 'any but adaptive in classical time', 'adaptive')
  const dial = spinDial(options.schedule, until, symbol, (D) => spinLevels(space, D).resistance)
  const times = Array.from({ length: frames + 1 }, (_, k) => (until * k) / frames)
  const watchman = new Watchman(0, until, options)
  const lowest = zeta.reduce((low, e) => Math.min(low, e))
  const grounds = Float64Array.from(zeta, (e) => (e - lowest < SAME * (1 + Math.abs(lowest)) ? 1 : 0))
  const flow = quantum ? quantumFlow(space, dial, time) : classicalFlow(zeta, dial)
  const least = dial.to > 0 ? dial.to : 1e-3 * dial.at(until / 2)
  const monitor = monitorOf(dial, least, (D) =>
    quantum && Number.isFinite(D) ? spinLevels(space, D) : { gap: Number.NaN, resistance: Number.NaN },
  )
  const outrun = sayOutrun(monitor, time === 'imaginary' ? 'τ' : 't', symbol, 'the gap')
  const states = [flow.start]
  const reached = (notes: readonly string[]): Annealing => {
    const rows = states.map((state, k) => {
      const D = dial.at(times[k])
      const density = flow.density(state)
      const zetaMean = dot(density, zeta)
      const { fidelity, excess } = flow.compare(state, D, zetaMean)
      return { D, residual: zetaMean - lowest, excess, fidelity, probability: dot(density, grounds) }
    })
    const column = (name: keyof (typeof rows)[number]): Float64Array =>
      Float64Array.from(rows, (row) => row[name])
    return new Annealing({
      time,
      dial: symbol,
      schedule: `${spins} spins, ${dial.text}`,
      until,
      times: Float64Array.from(times.slice(0, states.length)),
      D: column('D'),
      residual: column('residual'),
      excess: column('excess'),
      fidelity: column('fidelity'),
      probability: column('probability'),
      region: 'P(lowest states)',
      monitor,
      error: tolerance,
      notes: [...outrun, ...notes],
      complete: states.length === times.length,
    })
  }
  watchman.snapshot = () => reached([]).figure()
  follow(flow, times, tolerance, watchman, states)
  watchman.report()
  for (const note of outrun) console.warn(note)
  const last = times[states.length - 1]
  return reached(last === until ? [] : [`stopped at t = ${Number(last.toPrecision(6))} of ${until}`])
}

/** The dial; a function of time may be infinite at 0. */
function spinDial(
  schedule: AnnealingSchedule,
  until: number,
  symbol: string,
  resistance: (D: number) => number,
): Dial {
  if (typeof schedule !== 'function') return dialOf(schedule, until, symbol, () => resistance)
  const beginning = BEGINNING * until
  const regular = dialOf(
    (t) => schedule(t === 0 ? beginning : t),
    until,
    symbol,
    () => resistance,
  )
  return { ...regular, at: (t) => (t === 0 ? schedule(0) : regular.at(t)) }
}

interface Flow {
  readonly start: Parts
  /** Power of the step with which its error falls. */
  readonly order: number
  step(state: Parts, t: number, h: number): { readonly next: Parts; readonly error: number }
  /** Probability of each corner. */
  density(state: Parts): Float64Array
  compare(state: Parts, D: number, zetaMean: number): { readonly fidelity: number; readonly excess: number }
}

function quantumFlow(space: SpinSpace, dial: Dial, time: 'real' | 'imaginary'): Flow {
  const first = dial.at(0)
  const ground = Number.isFinite(first) ? spinLevels(space, first).ground : space.uniform
  return {
    start: time === 'real' ? [ground, new Float64Array(space.size)] : [ground],
    order: 5,
    step: (state, t, h) => affineStep(space, dial.at, state, t, h),
    density(state) {
      const [re, im] = state.map((part) => space.lift(part))
      return re.map((v, i) => v * v + (im === undefined ? 0 : im[i] * im[i]))
    },
    compare(state, D, zetaMean) {
      if (!Number.isFinite(D)) return { fidelity: dot(state[0], space.uniform) ** 2, excess: Number.NaN }
      const { ground: still, energy } = spinLevels(space, D)
      const kinetic = state.reduce((sum, part) => sum + dot(part, kineticOf(space, part)), 0)
      return {
        fidelity: state.reduce((sum, part) => sum + dot(part, still) ** 2, 0),
        excess: D * kinetic + zetaMean - energy,
      }
    },
  }
}

function classicalFlow(zeta: Float64Array, dial: Dial): Flow {
  const size = zeta.length
  const equilibrium = (T: number): Float64Array => {
    const lowest = zeta.reduce((low, e) => Math.min(low, e))
    const weight = zeta.map((e) => (e === lowest ? 1 : Math.exp((lowest - e) / T)))
    const sum = weight.reduce((a, b) => a + b)
    return weight.map((w) => w / sum)
  }
  // Each step in energy occurs many times: its rate is computed once a time.
  const steps = new Map<number, number>()
  const kinds: number[] = []
  const flips = Array.from({ length: Math.log2(size) }, (_, s) => 1 << s).map((bit) =>
    Uint32Array.from({ length: size }, (_, i) => {
      const rise = zeta[i ^ bit] - zeta[i]
      const key = Math.round(rise / SAME)
      let kind = steps.get(key)
      if (kind === undefined) {
        kind = kinds.push(rise) - 1
        steps.set(key, kind)
      }
      return kind
    }),
  )
  const rates = (t: number, p: Float64Array): Float64Array => {
    const T = dial.at(t)
    const rate = kinds.map((rise) => (rise === 0 ? 1 / 2 : 1 / (1 + Math.exp(rise / T))))
    const change = new Float64Array(size)
    flips.forEach((kind, s) => {
      for (let i = 0; i < size; i++) {
        const flow = rate[kind[i]] * p[i]
        change[i] -= flow
        change[i ^ (1 << s)] += flow
      }
    })
    return change
  }
  return {
    start: [equilibrium(dial.at(0))],
    order: 5,
    step([p], t, h) {
      const { next, error } = masterStep(rates, p, t, h)
      return { next: [next], error }
    },
    density: ([p]) => p,
    compare([p], T, zetaMean) {
      const still = equilibrium(T)
      return {
        fidelity: p.reduce((sum, v, i) => sum + Math.sqrt(Math.max(0, v) * still[i]), 0) ** 2,
        excess: zetaMean - dot(still, zeta),
      }
    },
  }
}

/**
 * Adds the states at the recorded times to the first, as many as are reached: steps whose errors add up to the tolerance at
 * most.
 */
function follow(
  flow: Flow,
  times: readonly number[],
  tolerance: number,
  watchman: Watchman,
  states: Parts[],
): void {
  const until = times[times.length - 1]
  let [t, h, state] = [0, FIRST * until, flow.start]
  for (const end of times.slice(1)) {
    while (t < end) {
      if (watchman.poll(t)) return
      const left = end - t
      const last = h >= 0.999 * left
      const step = last ? left : h
      const { next, error } = flow.step(state, t, step)
      // The share of the error that the whole run has for this step.
      const allowed = tolerance * Math.max(step / until, 1e-4)
      const factor = 0.85 * (allowed / Math.max(error, 1e-300)) ** (1 / flow.order)
      if (error > allowed) {
        h = step * Math.max(GROWTH[0], factor)
        continue
      }
      state = next
      t = last ? end : t + step
      h = Math.max(last ? h : 0, step * Math.min(GROWTH[1], Math.max(GROWTH[0], factor)))
    }
    states.push(state)
  }
}

function refuse(parameter: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem: 'of the wrong kind', allowed, got })
}

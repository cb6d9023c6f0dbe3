/** The contour of a metastable well: real over the well and its barriers, turned where the wave runs out. */
import { PsilabError } from '../../error.js'
import { compileComplex } from '../../expr/index.js'
import { evaluateAt, type Objective } from '../../objective/index.js'
import type { Stretch } from './operator.js'

/** A side of the well: `open` where ζ falls below the level again behind a barrier. */
export interface Side {
  readonly open: boolean
  /** Top of the barrier, or of what is looked at where the side is closed. */
  readonly top: number
  readonly height: number
}

export interface ContourDemand {
  readonly objective: Objective
  readonly D: number
  readonly energy: number
  readonly well: number
  readonly sides: readonly [left: Side, right: Side]
  /** Angle θ of the turned parts. */
  readonly angle: number
}

/** Largest phase ∫|√((ζ − E)/D)| ds of an element, and parts of the well's width of which one may span one, where it is not turned. */
const PHASE = 8
const PARTS = 4
/** Decay ∫Re √((ζ − E)/D) dz at which ψ = e^{−DECAY} ends the contour. */
const DECAY = 40
/** Steps in which the phase is added up: a share of the well's width, and of 1/√|(ζ − E)/D|. */
const STEP = 1 / 100
const TURN = 0.1
/** How far, as a share of an element with a jump at its end, ζ is taken inside of that. */
const INSIDE = 1e-9
/** Most elements. */
const MOST = 400
/** Where ζ counts as constant, as a share of its range, for functions and for ζ with kinks. */
const LEVEL = 1e-13
/** Steps in which a place beyond the barrier is looked for. */
const LOOKED_AT = 20_000

type ComplexLine = (z: Float64Array) => Float64Array

/** ζ off the real line: of a smooth expression its continuation, else undefined. */
function continuation({ source, breaks, variables, parameters }: Objective): ComplexLine | undefined {
  if (source === undefined || breaks !== undefined) return undefined
  const f = compileComplex(source, {
    variables,
    complex: variables,
    ...(parameters === undefined ? {} : { parameters }),
  })
  return (z) => f([z])
}

/** The elements of the contour, from left to right. */
export function contour(demand: ContourDemand): Stretch[] {
  const [left, right] = [half(demand, -1), half(demand, 1)]
  return [...left.reverse(), ...right]
}

/** The elements from the well outwards. */
function half({ objective, D, energy, well, sides, angle }: ContourDemand, direction: 1 | -1): Stretch[] {
  const side = sides[direction < 0 ? 0 : 1]
  const width = sides[1].top - sides[0].top
  const real = (s: Float64Array): Float64Array => evaluateAt(objective, [s])
  const analytic = continuation(objective)
  const seam = side.open
    ? analytic === undefined
      ? levelFrom(objective, well, direction, side, energy)
      : outerTurning(real, energy, side, direction, width)
    : undefined
  // At the seam itself ζ may jump.
  const constant = seam === undefined ? 0 : real(Float64Array.of(seam + direction * STEP * width))[0]
  const turn: readonly [number, number] = [Math.cos(angle), Math.sin(angle)]
  const zetaAt = (s: Float64Array, turned: boolean): Float64Array => {
    if (!turned) return interleaved(real(s))
    if (analytic === undefined) return interleaved(s.map(() => constant))
    return analytic(
      Float64Array.from(
        { length: 2 * s.length },
        (_, i) => (i % 2 === 0 ? seam! : 0) + (s[i >> 1] - seam!) * turn[i % 2],
      ),
    )
  }
  // The top of the barrier is an end of elements too: up to there ψ counts as in the well.
  const breaks = [
    ...breaksBeyond(objective, well, direction, seam ?? well + direction * 1e3 * width),
    side.top,
  ].toSorted((a, b) => direction * (a - b))
  const cuts = [well]
  let [s, phase, decay] = [well, 0, 0]
  const stretches: Stretch[] = []
  const cut = (turned: boolean): void => {
    const [a, b] = [cuts[cuts.length - 1], s]
    cuts.push(s)
    phase = 0
    stretches.push({
      from: Math.min(a, b),
      to: Math.max(a, b),
      turn: turned ? turn : [1, 0],
      zeta: (points) => zetaAt(objective.breaks === undefined ? points : withinOf(points), turned),
    })
    if (stretches.length > MOST)
      throw new PsilabError({
        code: 'too-large',
        parameter: 'problem',
        problem: `the wave needs more than ${MOST} elements between its well and where it has left`,
        allowed: 'a level nearer to the top of its barrier, or a barrier nearer to its well',
      })
  }
  while (decay < DECAY) {
    const turned = seam !== undefined && direction * (s - seam) >= 0
    const [a, b] = zetaAt(Float64Array.of(s), turned)
    const [kr, ki] = root((a - energy) / D, b / D)
    const modulus = Math.hypot(kr, ki)
    let next = s + direction * Math.min(STEP * width, TURN / Math.max(modulus, 1e-9 / width))
    const corner = [...breaks, ...(seam === undefined ? [] : [seam])].find(
      (x) => direction * (x - s) > 0 && direction * (next - x) >= 0,
    )
    if (corner !== undefined) next = corner
    const step = Math.abs(next - s)
    phase += modulus * step
    // κz′ = √((ζ − E)/D) e^{iθ}, on the branch on which the wave dies out: real in a barrier.
    if (turned) decay += Math.abs(kr * turn[0] - ki * turn[1]) * step
    else if (seam === undefined && a > energy && direction * (s - side.top) >= 0) decay += kr * step
    else if (seam === undefined && a > energy && !side.open) decay += kr * step
    s = next
    if (
      corner !== undefined ||
      phase >= PHASE ||
      Math.abs(s - cuts[cuts.length - 1]) >= (turned ? width : width / PARTS)
    )
      cut(turned)
  }
  if (s !== cuts[cuts.length - 1]) cut(seam !== undefined)
  return stretches
}

/** √(a + ib) with a real part ≥ 0. */
function root(a: number, b: number): [number, number] {
  const r = Math.hypot(a, b)
  const re = Math.sqrt((r + a) / 2)
  const im = Math.sqrt((r - a) / 2)
  return [re, b < 0 ? -im : im]
}

/** The points, those at the ends moved into the element: at a jump ζ has two values. */
function withinOf(points: Float64Array): Float64Array {
  const [from, to] = [points[0], points[points.length - 1]]
  const inside = INSIDE * (to - from)
  return points.map((s) => Math.min(Math.max(s, from + inside), to - inside))
}

function interleaved(v: Float64Array): Float64Array {
  const z = new Float64Array(2 * v.length)
  v.forEach((u, i) => {
    z[2 * i] = u
  })
  return z
}

/** Kinks and jumps between the well and the seam. */
function breaksBeyond(objective: Objective, well: number, direction: 1 | -1, end: number): number[] {
  const ends = direction < 0 ? ([end, well] as const) : ([well, end] as const)
  return (
    objective.breaks?.(ends[0] - 1e-9, ends[1] + 1e-9)?.filter((x) => direction * (x - well) > 1e-12) ?? []
  )
}

/** Where the wave of this energy is free again. */
function outerTurning(
  real: (s: Float64Array) => Float64Array,
  energy: number,
  { top }: Side,
  direction: 1 | -1,
  width: number,
): number {
  let s = top
  for (let i = 0; real(Float64Array.of(s))[0] > energy; i++) {
    s += direction * STEP * width
    if (i > LOOKED_AT)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'levels',
        problem: `the level near ${energy.toPrecision(6)} is bound: ζ stays above it beyond the barrier`,
        allowed: 'levels that the wave can leave',
      })
  }
  return s + direction * 0.1 * width
}

/** From where on a ζ that is known by its real values alone is constant. */
function levelFrom(
  objective: Objective,
  well: number,
  direction: 1 | -1,
  side: Side,
  energy: number,
): number {
  const reach = Math.abs(side.top - well)
  const x = Float64Array.from({ length: 4001 }, (_, i) => side.top + (direction * reach * (40 * i)) / 4000)
  const v = evaluateAt(objective, [x])
  const end = v[v.length - 1]
  const last = v.findLastIndex((u) => Math.abs(u - end) > LEVEL * Math.abs(side.height - energy))
  if (last >= 0 && last < v.length - 100) {
    // A jump is met to the last bit.
    const jump =
      objective.breaks?.(
        Math.min(x[last], x[last + 1]) - 1e-9 * reach,
        Math.max(x[last], x[last + 1]) + 1e-9 * reach,
      ) ?? []
    return jump[jump.length - 1] ?? x[last + 1]
  }
  throw new PsilabError({
    code: 'parameter',
    parameter: 'problem',
    problem: `ζ = ${objective.text} has no continuation to complex ${objective.variables[0]}, and does not become constant within ${(40 * reach).toPrecision(3)} of its barrier`,
    allowed: 'a smooth expression, or a ζ that levels off',
  })
}

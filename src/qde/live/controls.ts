/** Sliders with ranges from the problem: a factor of ten to each side of what is a scale, the box for what is a place. */
import type { ControlRecord } from '../../figure/index.js'
import type { Axis } from '../../grid/index.js'
import type { Packet } from '../initialState.js'

type Control = ControlRecord

/** Widths at which |ψ|² of a packet has fallen to 5e-9 of its peak. */
const REACH = 6.2
/** Share of a chosen box at each end where no packet is put. */
const MIDDLE = 0.25
/** Digits to which ends of ranges are rounded, outward from the value. */
const DIGITS = 3

/** From value/factor to value·factor. */
function aboutScale(
  name: string,
  label: string,
  value: number,
  factor: number,
  most = Number.MAX_VALUE,
): Control {
  const upper = Math.max(value, Math.min(most, tidy(value * factor)))
  const lower = Math.min(value, tidy(value / factor))
  return { name, label, lower, upper: upper > lower ? upper : 2 * value, value, scale: 'log' }
}

function between(name: string, label: string, lower: number, upper: number, value: number): Control {
  return { name, label, lower: Math.min(lower, value), upper: Math.max(upper, value), value, scale: 'linear' }
}

function tidy(value: number): number {
  return Number(value.toPrecision(DIGITS))
}

/** D over two decades; each constant from the negative of twice its value to twice its value. */
export function problemControls(
  D: number,
  parameters: Readonly<Record<string, number>> = {},
): readonly Control[] {
  const constants = Object.entries(parameters).map(([name, value]) => {
    const reach = value === 0 ? 1 : tidy(2 * Math.abs(value))
    return between(`parameters.${name}`, name, -reach, reach, value)
  })
  const usable = Number.isFinite(10 * D) && D / 10 > 0
  return [...(usable ? [aboutScale('D', 'D', D, 10)] : []), ...constants].filter(isUsable)
}

/** β over two decades on a line and one in a plane, where many levels soon are too many. */
export function temperatureControls(beta: number, dimension: number): readonly Control[] {
  return [aboutScale('beta', 'β', beta, dimension === 1 ? 10 : 3)].filter(isUsable)
}

export interface MotionSliders {
  readonly axes: readonly Axis[]
  readonly angle: number
  /** Beginning and end of the run. */
  readonly from: number
  readonly until: number
  readonly packet: Packet | undefined
  /** Whether the box was given. */
  readonly given: boolean
  /** Only where |ψ|² is drawn: ψ itself is a density in imaginary time alone, and while it is real. */
  readonly born: boolean
}

/** Wick angle from real to imaginary time, the end of the run, and place, width and wave number of the packet. */
export function motionControls({
  axes,
  angle,
  from,
  until,
  packet,
  given,
  born,
}: MotionSliders): readonly Control[] {
  const closed = axes.every(({ layer }) => layer === 0)
  const length = until - from
  const motion = [
    ...(closed && born ? [between('angle', 'θ', 0, Math.PI / 2, angle)] : []),
    ...(from === 0 ? [aboutScale('until', 'until', length, 4)] : []),
  ]
  if (packet === undefined) return motion.filter(isUsable)
  const own = axes.flatMap((axis, d) => {
    const { name, lower, upper } = axis
    const room = upper - lower
    const of = axes.length === 1 ? '' : ` ${name}`
    const sigma = packet.sigma[d]
    // In a box that was given a packet fits that is REACH of its widths from the ends; one that was chosen gives way,
    // and what lies outside of its middle is high up in ζ.
    const walled = axis.boundary !== 'periodic'
    const margin = !given ? MIDDLE * room : walled ? Math.min(0.4 * room, REACH * sigma) : 0
    const nearest = Math.min(packet.x0[d] - lower, upper - packet.x0[d])
    const widest = given ? (walled ? nearest / REACH : room / 12) : room / 16
    const fastest = tidy(Math.max(2 * Math.abs(packet.k0[d]), 2 / sigma))
    return [
      between(`x0.${name}`, `x₀${of}`, tidy(lower + margin), tidy(upper - margin), packet.x0[d]),
      aboutScale(`sigma.${name}`, `σ${of}`, sigma, 4, tidy(Math.max(sigma, widest))),
      ...(born ? [between(`k0.${name}`, `k₀${of}`, -fastest, fastest, packet.k0[d])] : []),
    ]
  })
  return [...motion, ...own].filter(isUsable)
}

/** Whether there is anything between the ends. */
function isUsable({ lower, upper, scale }: Control): boolean {
  return (
    Number.isFinite(lower) && Number.isFinite(upper) && lower < upper && (scale === 'linear' || lower > 0)
  )
}

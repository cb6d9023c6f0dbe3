import { FigureError } from '../errors.js'
import { packed } from './packed.js'
import {
  between,
  finite,
  LABEL,
  list,
  NAME,
  named,
  oneOf,
  record,
  type Schema,
  type TypeOf,
  union,
  where,
  whole,
} from './schema.js'

const controlFields = record(
  {
    /** What it controls: `D`, `angle`, `beta`, `initial.center`, `parameters.a`. */
    name: NAME,
    label: LABEL,
    lower: finite,
    upper: finite,
    value: finite,
    scale: oneOf('linear', 'log'),
  },
  { step: between(0, Number.MAX_VALUE) },
)

/** A slider: the number `name` from `lower` to `upper`, at first at `value`. */
export interface ControlRecord extends TypeOf<typeof controlFields> {}
export const control: Schema<ControlRecord> = named(
  'ControlRecord',
  where(controlFields, ({ lower, upper, value, scale }, name) => {
    const refuse = (field: string, expected: string, got: number): never => {
      throw new FigureError({ code: 'invalid', name: `${name}.${field}`, expected, got: String(got) })
    }
    if (!(lower < upper)) refuse('upper', `above ${lower}`, upper)
    if (scale === 'log' && !(lower > 0)) refuse('lower', 'above 0 on a logarithmic scale', lower)
    if (value < lower || value > upper) refuse('value', `from ${lower} to ${upper}`, value)
  }),
)

/** ζ on the problem's grid, in one to three dimensions. */
const samples = packed(1, 3)

const packetFields = record({
  form: oneOf('packet'),
  /** One number an axis: place, standard deviation of |ψ|², and momentum. */
  center: list(finite, 3, 1),
  sigma: list(finite, 3, 1),
  momentum: list(finite, 3, 1),
})

/** A Gaussian packet. */
export interface PacketRecord extends TypeOf<typeof packetFields> {}

const samplesFields = record({
  form: oneOf('samples'),
  /** Re ψ and Im ψ on the problem's grid. */
  re: samples,
  im: samples,
})

/** Samples of ψ. */
export interface SamplesRecord extends TypeOf<typeof samplesFields> {}

/** ψ at time 0. */
export type InitialRecord = PacketRecord | SamplesRecord
const initial: Schema<InitialRecord> = union('form', packetFields, samplesFields)

/** The sliders that change it. */
const controls = list(control, 40)

const evolutionFields = record(
  {
    computation: oneOf('evolution'),
    controls,
    initial,
    /** Last time and number of frames. */
    until: finite,
    frames: whole(1, 10_000),
    /** Wick angle in radians. */
    angle: finite,
  },
  {
    /** ζ on the problem's grid, where it is no expression. */
    zeta: samples,
  },
)

/** Evolution from an initial state. */
export interface LiveEvolution extends TypeOf<typeof evolutionFields> {}

const eigenstatesFields = record(
  {
    computation: oneOf('eigenstates'),
    controls,
    /** How many, from the lowest. */
    count: whole(1, 1000),
  },
  {
    /** ζ on the problem's grid, where it is no expression. */
    zeta: samples,
  },
)

/** The lowest eigenstates. */
export interface LiveEigenstates extends TypeOf<typeof eigenstatesFields> {}

const thermodynamicsFields = record(
  {
    computation: oneOf('thermodynamics'),
    controls,
    /** Lowest and highest temperature. */
    lower: finite,
    upper: finite,
  },
  {
    /** ζ on the problem's grid, where it is no expression. */
    zeta: samples,
  },
)

/** Thermodynamic curves. */
export interface LiveThermodynamics extends TypeOf<typeof thermodynamicsFields> {}

/** What the page needs beyond the problem to compute the figure anew, and the sliders that change it. */
export type LiveRecord = LiveEvolution | LiveEigenstates | LiveThermodynamics
export const live: Schema<LiveRecord> = named(
  'LiveRecord',
  union('computation', evolutionFields, eigenstatesFields, thermodynamicsFields),
)

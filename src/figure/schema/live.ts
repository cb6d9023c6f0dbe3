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
  text,
  union,
  where,
  whole,
} from './schema.js'

const controlFields = record(
  {
    /** What it controls: `D`, `angle`, `beta`, `until`, `x0.x`, `sigma.x`, `k0.x`, `parameters.a`. */
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

/** The tree of an expression in postfix notation. */
const tree = list(text(80), 4000, 1)

const objectiveFields = record(
  {
    /** Names of the coordinates. */
    variables: list(NAME, 3, 1),
    /** ζ in TeX and in plain text. */
    tex: text(4000),
    text: text(4000),
  },
  {
    value: tree,
    /** Derivatives by the coordinates; absent where ζ has kinks. */
    gradient: list(tree, 3, 1),
    /** Expressions at whose zeros ζ may have a kink or a jump. */
    breaks: list(tree, 64),
    /** Without a tree: ζ on the problem's grid. */
    zeta: packed(1, 3),
  },
)

/** ζ as trees that are compiled in the page, or as samples; nothing in it is evaluated as code. */
export interface ObjectiveRecord extends TypeOf<typeof objectiveFields> {}
const objective: Schema<ObjectiveRecord> = named('ObjectiveRecord', objectiveFields)

const axes = 3
const gridFields = record(
  {},
  {
    lower: list(finite, axes, 1),
    upper: list(finite, axes, 1),
    intervals: list(whole(2, 65_536), axes, 1),
    boundary: list(oneOf('periodic', 'walls', 'zero-flux', 'absorbing'), axes, 1),
  },
)

/** What the user fixed of the grid, one a coordinate; the rest is chosen from ζ and D. */
export interface GridRecord extends TypeOf<typeof gridFields> {}

/** Samples on the problem's grid. */
const samples = packed(1, 3)

const packetFields = record({
  form: oneOf('packet'),
  /** One number an axis: place, standard deviation of |ψ|², and wave number. */
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

const shared = {
  /** The sliders that change the figure. */
  controls: list(control, 40),
  objective,
  grid: gridFields,
}

const portraitFields = record(
  {
    form: oneOf('phase space', 'wigner', 'husimi'),
    /** Which of the states. */
    index: whole(0, 10_000),
  },
  {
    /** σ of the coherent states, where it was given. */
    width: between(1e-300, 1e300),
    /** Diffusion coefficient of the current, where it was given. */
    D: between(1e-300, 1e300),
  },
)

/** One of the states that are computed, in phase space. */
export interface PhasePortraitRecord extends TypeOf<typeof portraitFields> {}

/** Shown in place of the computation's own figure. */
const portrayed = { portrait: portraitFields }

const problemFields = record({ computation: oneOf('problem'), ...shared })

/** ζ itself. */
export interface LiveProblem extends TypeOf<typeof problemFields> {}

const evolutionFields = record(
  {
    computation: oneOf('evolution'),
    ...shared,
    initial,
    /** Beginning and end, and Wick angle in radians. */
    from: finite,
    until: finite,
    angle: between(0, Math.PI / 2),
    reading: oneOf('born', 'population', 'both'),
  },
  {
    /** Number of equal intervals between the frames, or their times as shares of the way from beginning to end. */
    frames: whole(1, 10_000),
    shares: list(between(0, 1), 10_000),
    method: oneOf('strang', 'chin4a', 'blanesMoan4', 'chebyshev', 'lanczos', 'crankNicolson'),
    tolerance: between(1e-13, 0.1),
    steps: whole(1, 5_000_000),
    ...portrayed,
  },
)

/** Evolution from an initial state. */
export interface LiveEvolution extends TypeOf<typeof evolutionFields> {}

const eigenstatesFields = record(
  {
    computation: oneOf('eigenstates'),
    ...shared,
    /** How many, from the lowest. */
    count: whole(1, 256),
  },
  portrayed,
)

/** The lowest eigenstates. */
export interface LiveEigenstates extends TypeOf<typeof eigenstatesFields> {}

const thermodynamicsFields = record(
  { computation: oneOf('thermodynamics'), ...shared },
  {
    /** Where they were given; else they are chosen from the levels. */
    temperatures: list(between(1e-300, 1e300), 1000, 1),
    route: oneOf('spectrum', 'kernel', 'closed form'),
  },
)

/** Thermodynamic curves. */
export interface LiveThermodynamics extends TypeOf<typeof thermodynamicsFields> {}

const densityFields = record(
  {
    computation: oneOf('densityMatrix'),
    ...shared,
    /** The inverse temperature, in the inverse of ζ's unit. */
    beta: between(1e-300, 1e300),
  },
  { route: oneOf('spectrum', 'kernel', 'closed form'), ...portrayed },
)

/** ρ = e^{−βH}/Z in positions. */
export interface LiveDensityMatrix extends TypeOf<typeof densityFields> {}

/** What the page needs beyond the problem to compute the figure anew, and the sliders that change it. */
export type LiveRecord =
  | LiveProblem
  | LiveEvolution
  | LiveEigenstates
  | LiveThermodynamics
  | LiveDensityMatrix
export const live: Schema<LiveRecord> = named(
  'LiveRecord',
  union(
    'computation',
    problemFields,
    evolutionFields,
    eigenstatesFields,
    thermodynamicsFields,
    densityFields,
  ),
)

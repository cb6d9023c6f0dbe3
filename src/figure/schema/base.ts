import { FIGURE_VERSION } from '../version.js'
import { live } from './live.js'
import { problem } from './problem-record.js'
import {
  byName,
  type Fields,
  finite,
  LABEL,
  list,
  NAME,
  named,
  oneOf,
  type RecordOf,
  record,
  type Schema,
  SENTENCE,
  type TypeOf,
  text,
  whole,
} from './schema.js'

const provenanceFields = record(
  {
    /** Version of ψlab that made the figure. */
    psilab: text(40),
  },
  {
    seed: finite,
    /** Short SHA-256 of the problem, the same for all figures of one problem. */
    problem: text(64),
  },
)

/** Where a figure comes from. */
export interface Provenance extends TypeOf<typeof provenanceFields> {}
const provenance: Schema<Provenance> = named('Provenance', provenanceFields)

const viewFields = record(
  {},
  {
    /** Index of the frame shown. */
    frame: whole(0, 1e6),
    /** Values of the sliders by the names of the controls. */
    values: byName(finite, 40),
    /** Colour map of phases. */
    map: NAME,
    /** The point that sections in space go through. */
    slice: list(finite, 3, 3),
  },
)

/** How the figure was last looked at. */
export interface ViewRecord extends TypeOf<typeof viewFields> {}
const view: Schema<ViewRecord> = named('ViewRecord', viewFields)

const baseFields = {
  version: oneOf(FIGURE_VERSION),
  title: LABEL,
  /** One sentence for a reader who cannot see the figure: peaks, norm, energies. */
  alt: SENTENCE,
  provenance,
}

const baseMaybe = {
  problem,
  /** What computes the figure anew in the page. */
  live,
  view,
}

// Named, so that declaration files keep the comments.
type Base = typeof baseFields
type BaseMaybe = typeof baseMaybe
export interface BaseFields extends Base {}
export interface BaseOptional extends BaseMaybe {}
const base: BaseFields = baseFields
const baseOptional: BaseOptional = baseMaybe

/** The schema of one kind of figure: what every figure has, and these fields besides. */
export function kind<const K extends string, R extends Fields, O extends Fields = Record<never, never>>(
  kind: K,
  fields: R,
  optional: O = {} as O,
): Schema<RecordOf<{ kind: Schema<K> } & BaseFields & R, BaseOptional & O>> {
  return record({ kind: oneOf(kind), ...base, ...fields }, { ...baseOptional, ...optional })
}

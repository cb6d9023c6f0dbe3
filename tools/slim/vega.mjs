// What pages are sent of Vega: the packages of transforms that no figure uses are left out of every bundle, and the
// geography that only they need.
import { fileURLToPath } from 'node:url'

/** @param {string} name */
const beside = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Packages of transforms that no figure uses. */
export const UNUSED_TRANSFORMS = [
  'vega-crossfilter',
  'vega-force',
  'vega-geo',
  'vega-hierarchy',
  'vega-label',
  'vega-regression',
  'vega-voronoi',
  'vega-wordcloud',
]

/** Packages of which only names remain. */
const GEOGRAPHY = ['vega-projection', 'd3-geo', 'topojson-client']

/**
 * The module to bundle for each package that is left out: an `alias` of rolldown, webpack and rspack alike.
 * @type {Record<string, string>}
 */
export const SLIM = Object.fromEntries([
  ...UNUSED_TRANSFORMS.map((name) => [name, beside('nothing.mjs')]),
  ...GEOGRAPHY.map((name) => [name, beside('geography.mjs')]),
])

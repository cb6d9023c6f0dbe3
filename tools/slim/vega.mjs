// What pages are sent of Vega: what no figure uses is left out of every bundle.
import { fileURLToPath } from 'node:url'

/** @param {string} name */
const beside = (name) => fileURLToPath(new URL(name, import.meta.url))

/** Packages of transforms that no figure uses. */
const NOTHING = [
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
const ABSENT = ['d3-dsv', 'd3-geo', 'topojson-client', 'vega-projection', 'vega-selections']

/**
 * The module to bundle for each package of which not all is needed: an `alias` of rolldown, webpack and rspack alike.
 * @type {Record<string, string>}
 */
export const SLIM = {
  ...Object.fromEntries(NOTHING.map((name) => [name, beside('nothing.mjs')])),
  ...Object.fromEntries(ABSENT.map((name) => [name, beside('absent.mjs')])),
  'd3-scale-chromatic': beside('schemes.mjs'),
  'vega-encode': beside('encode.mjs'),
  'vega-transforms': beside('transforms.mjs'),
}

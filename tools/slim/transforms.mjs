// @ts-nocheck: the sources of Vega have no types.
// The transforms of vega-transforms that figures use: rows that are filtered, faceted, and passed on.
export { default as aggregate } from '../../node_modules/vega-transforms/src/Aggregate.js'
export { default as collect } from '../../node_modules/vega-transforms/src/Collect.js'
export { default as facet } from '../../node_modules/vega-transforms/src/Facet.js'
export { default as filter } from '../../node_modules/vega-transforms/src/Filter.js'
export { default as prefacet } from '../../node_modules/vega-transforms/src/PreFacet.js'
export { default as proxy } from '../../node_modules/vega-transforms/src/Proxy.js'
export { default as relay } from '../../node_modules/vega-transforms/src/Relay.js'
export { default as sieve } from '../../node_modules/vega-transforms/src/Sieve.js'

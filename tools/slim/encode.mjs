// @ts-nocheck: the sources of Vega have no types.
// The transforms of vega-encode that figures use: scales, axes, and marks from rows.
export { default as axisticks } from '../../node_modules/vega-encode/src/AxisTicks.js'
export { default as datajoin } from '../../node_modules/vega-encode/src/DataJoin.js'
export { default as encode } from '../../node_modules/vega-encode/src/Encode.js'
export { default as scale } from '../../node_modules/vega-encode/src/Scale.js'
export { default as sortitems } from '../../node_modules/vega-encode/src/SortItems.js'

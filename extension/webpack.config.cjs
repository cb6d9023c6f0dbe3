const { SLIM } = require('../tools/slim/vega.mjs')

module.exports = { resolve: { alias: SLIM } }

'use strict'
// What kernel.json starts. It parses on any Node, however old, so that an old one is told what to install; everything
// newer is loaded after the check.
var refusal = require('./node-version.cjs').refusal(process.versions.node)

if (refusal) {
  console.error(refusal)
  process.exit(1)
}
require('./load.cjs')

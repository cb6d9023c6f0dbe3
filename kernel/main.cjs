'use strict'
// What kernel.json starts. It parses on any Node, however old, so that an old one is told what to install; everything
// newer is loaded after the check.
var refusal = require('./node-version.cjs').refusal(process.versions.node)
// The launcher of the Python package names a program that says it in the notebook, too.
var speaker = process.env.PSILAB_REFUSAL

if (refusal) {
  console.error(refusal)
  if (speaker) {
    speaker = speaker.split('\n')
    // biome-ignore lint/style/useNodejsImportProtocol: the oldest Nodes do not know it.
    require('child_process').spawnSync(speaker[0], speaker.slice(1).concat(refusal), { stdio: 'inherit' })
  }
  process.exit(1)
}
require('./load.cjs')

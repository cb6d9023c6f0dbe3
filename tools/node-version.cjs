'use strict'
// Written for any Node: no syntax newer than ES5.

/**
 * Why this Node cannot run ψlab, or null. The bundler and the test runner share the range ^20.19 || >=22.12.
 * @param {string} version for example '20.19.0'
 * @returns {string | null}
 */
exports.refusal = function refusal(version) {
  var parts = version.split('.').map(Number)
  var major = parts[0] || 0
  var minor = parts[1] || 0
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return null
  return (
    'ψlab needs Node 20.19 or newer (in line 22: 22.12 or newer) and this is Node ' +
    version +
    ': install a current one from https://nodejs.org or with a version manager, then run the command again.'
  )
}

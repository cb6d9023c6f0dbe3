import { Failure } from './failure.mjs'
import { shown } from './paths.mjs'

/**
 * Causes that npm's and pip's own messages tell apart, the first match counts.
 * @type {readonly { pattern: RegExp, sentence: (tool: string) => string }[]}
 */
const causes = [
  {
    pattern: /ENOSPC|No space left on device/,
    sentence: (tool) =>
      `The disk is full, so ${tool} could not finish: free some space and run the command again`,
  },
  {
    pattern:
      /CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|certificate has expired|CERT_/,
    sentence: (tool) =>
      `${tool} does not trust the certificate of its registry: tell ${tool} your network's certificate (npm: cafile, pip: PIP_CERT) and run the command again`,
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|Temporary failure in name resolution|Network is unreachable/,
    sentence: (tool) =>
      `${tool} cannot reach its registry: connect this machine to the network (or set ${tool}'s proxy) and run the command again`,
  },
  {
    pattern: /Missing: .* from lock file|package-lock\.json.* are in sync/,
    sentence: () => 'package.json and package-lock.json disagree: run `npm install` and commit the lock file',
  },
  {
    pattern:
      /requires a different Python|Requires-Python|Failed building wheel|Failed to build|subprocess-exited-with-error/,
    sentence: (tool) =>
      `${tool} finds no ready-made package for this Python: set PYTHON to a Python between 3.10 and 3.14 and run the command again`,
  },
  {
    pattern: /EACCES|EPERM|Permission denied/,
    sentence: (tool) =>
      `${tool} may not write in this folder: make the checkout yours and run the command again`,
  },
]

/**
 * The sentence for a failed tool.
 * @param {string} tool 'npm' or 'pip'
 * @param {string} output what it printed
 * @param {string} log where that is kept
 */
export function causeOf(tool, output, log) {
  const known = causes.find(({ pattern }) => pattern.test(output))
  const sentence =
    known?.sentence(tool) ?? `${tool} failed: its last lines say why, and running the command again is safe`
  return new Failure(`${sentence} (all it said: ${shown(log)}).`)
}

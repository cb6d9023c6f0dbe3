// Bundles the plugin for JupyterLab: @jupyter/builder driven by Node, with the host's own package list from npm.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)
const cli = path.join(path.dirname(require.resolve('@jupyter/builder')), 'build-labextension.js')
const core = require.resolve('@jupyterlab/core-meta/core.package.json')
const { status } = spawnSync(
  process.execPath,
  [cli, '--core-package-file', core, ...process.argv.slice(2), import.meta.dirname],
  {
    stdio: 'inherit',
  },
)
process.exit(status ?? 1)

/** `npm run bench [-- W1 W5 …]`: items beside the rivals that are installed. */

import { ensureBuilds } from '../tools/setup/builds.mjs'
import { Failure } from '../tools/setup/failure.mjs'
import { stopAll } from '../tools/setup/processes.mjs'
import { bench } from './bench.mjs'

process.once('SIGINT', () => {
  void stopAll().then(() => process.exit(130))
})
try {
  await ensureBuilds(['library'])
  await bench(process.argv.slice(2))
} catch (error) {
  await stopAll()
  console.error(error instanceof Failure ? error.message : error)
  process.exitCode = 1
}

/**
 * `node main.js <connection file>`: the kernel, as its kernelspec starts it.
 */
import { fileURLToPath } from 'node:url'
import { ExecutorProcess } from './front/executorProcess.js'
import { Kernel } from './front/kernel.js'
import { kernelInfo } from './front/kernelInfo.js'
import { watchParent } from './front/parentWatch.js'
import { LanguageClient } from './language/client.js'
import { languageProcess } from './language/languageProcess.js'
import { Snapshots } from './language/snapshot.js'
import { readVersions } from './versions.js'
import { type Connection, readConnection } from './wire/connection.js'

const [file] = process.argv.slice(2)
if (!file) {
  console.error(
    'Usage: node main.js <connection file>. Jupyter starts the kernel so; a user starts JupyterLab.',
  )
  process.exit(2)
}

let connection: Connection
try {
  connection = readConnection(file)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

// The type checker takes longest to start, hence before the library of the sockets is loaded.
const language = new LanguageClient(
  languageProcess(new Snapshots(fileURLToPath(new URL('./language', import.meta.url)))),
)
const { Sockets } = await import('./wire/sockets.js')

const sockets = new Sockets(connection)
const kernel = new Kernel({
  send: (channel, message) => sockets.send(channel, message),
  executor: new ExecutorProcess(new URL('./executor/main.js', import.meta.url)),
  language,
  info: kernelInfo(readVersions()),
  // The last messages leave first.
  stopped: () => void sockets.close().then(() => process.exit(0)),
})
process.on('SIGINT', () => kernel.interrupt())
process.on('SIGTERM', () => kernel.stop())
watchParent(() => kernel.stop())
try {
  await sockets.open(kernel)
} catch (error) {
  console.error(`The kernel cannot listen at ${connection.ip}: ${(error as Error).message}.`)
  process.exit(1)
}
kernel.start()

/**
 * `node main.js <connection file>`: the kernel, as its kernelspec starts it.
 */
import { watchParent } from './front/parentWatch.js'
import { LanguageClient } from './language/client.js'
import { readConnection } from './wire/connection.js'

const [file] = process.argv.slice(2)
if (!file) {
  console.error(
    'Usage: node main.js <connection file>. Jupyter starts the kernel so; a user starts JupyterLab.',
  )
  process.exit(2)
}

// The type checker takes longest to start, hence before the library of the sockets is loaded.
const language = new LanguageClient()
const { Kernel } = await import('./front/kernel.js')

const kernel = new Kernel(readConnection(file), language)
process.on('SIGINT', () => kernel.interrupt())
process.on('SIGTERM', () => void kernel.stop())
watchParent(() => void kernel.stop())
await kernel.start()

/**
 * `node main.js <connection file>`: the kernel, as its kernelspec starts it.
 */
import { Kernel } from './front/kernel.js'
import { watchParent } from './front/parentWatch.js'
import { readConnection } from './wire/connection.js'

const [file] = process.argv.slice(2)
if (!file) {
  console.error(
    'Usage: node main.js <connection file>. Jupyter starts the kernel so; a user starts JupyterLab.',
  )
  process.exit(2)
}

const kernel = new Kernel(readConnection(file))
process.on('SIGINT', () => kernel.interrupt())
process.on('SIGTERM', () => void kernel.stop())
watchParent(() => void kernel.stop())
await kernel.start()

import { Failure } from './setup/failure.mjs'
import { stopAll } from './setup/processes.mjs'

const commands = {
  start: () => import('./commands/start.mjs'),
  test: () => import('./commands/test.mjs'),
  build: () => import('./commands/build.mjs'),
  wheel: () => import('./commands/wheel.mjs'),
  notebooks: () => import('./commands/notebooks.mjs'),
  picture: () => import('./commands/picture.mjs'),
}

/**
 * Runs one command; a Failure ends it with its sentence, a signal with every child process ended too.
 * @param {string[]} argv
 */
export async function main([name = '', ...args]) {
  let ending = false
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      ending = true
      void stopAll().then(() => process.exit(signal === 'SIGINT' ? 130 : 143))
    })
  }
  try {
    if (!Object.hasOwn(commands, name))
      throw new Failure(`There is no command "${name}": use ${Object.keys(commands).join(', ')}.`)
    const { run } = await commands[/** @type {keyof typeof commands} */ (name)]()
    process.exitCode = await run(args)
  } catch (error) {
    await stopAll()
    if (ending) return
    console.error(
      `\n${error instanceof Failure ? error.message : error instanceof Error ? error.stack : error}`,
    )
    process.exitCode = 1
  }
}

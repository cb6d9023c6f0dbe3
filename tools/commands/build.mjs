import { setUp } from '../setup/index.mjs'

/** `npm run build`: library, kernel and extension. */
export async function run() {
  await setUp({ jupyter: false, tests: false })
  return 0
}

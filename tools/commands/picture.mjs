import { copyFileSync } from 'node:fs'
import { at } from '../setup/paths.mjs'
import { run as test } from './test.mjs'

/** `npm run picture`: the README's picture, as the end-to-end test sees the guide's first notebook. */
export async function run() {
  const code = await test(['e2e'])
  if (code === 0) copyFileSync(at('test', 'e2e', 'screenshots', 'readme.png'), at('docs', 'first-steps.png'))
  return code
}

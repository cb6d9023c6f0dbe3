/** ψlab as a candidate of `npm run bench:thermal`: every item through its public names. */
import { PSILAB_VERSION } from '../../src/dist/figure/index.js'
import * as psilab from '../../src/dist/index.js'
import { serve } from '../serve.mjs'
import { items } from './items.mjs'

/** @typedef {import('../serve.mjs').Request & { input: unknown }} Request */

const works = Object.fromEntries(
  items.map(({ id, ours }) => [
    id,
    /** @param {import('../serve.mjs').Request} request */
    (request) => {
      const run = ours(psilab, /** @type {Request} */ (request).input)
      /** @type {ArrayLike<number>} */
      let answer = []
      return {
        run() {
          const started = performance.now()
          answer = run()
          return { seconds: (performance.now() - started) / 1000 }
        },
        result: () => Float64Array.from(answer),
      }
    },
  ]),
)
const work = Object.fromEntries(items.map(({ id }) => [id, [{ name: '', threads: 1 }]]))
await serve({ name: 'ψlab', version: PSILAB_VERSION, language: 'TypeScript', work }, works)

// `node tools/standalone.mjs`: what a file of figures carries besides them, in src/dist/page/standalone.json: the script
// that draws them, the style, and the hashes by which the file's own policy lets these two run and nothing else.
import { writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { pageScript } from '../src/dist/figure/index.js'
import { liveWorker } from './live-worker.mjs'
import { at } from './setup/paths.mjs'
import { besides } from './slim/page.mjs'
import { SLIM } from './slim/vega.mjs'

const bundle = await rolldown({
  input: at('src/page/standalone/main.ts'),
  platform: 'browser',
  resolve: { alias: SLIM },
  transform: { define: { PSILAB_LIVE_WORKER: JSON.stringify(await liveWorker()) } },
  checks: { eval: false },
})
const { output } = await bundle.generate({ format: 'iife', minify: true, codeSplitting: false })
await bundle.close()
if (output.length !== 1) throw new Error('The script of a file of figures is one.')
const script = pageScript(output[0].code.trim())
writeFileSync(at('src/dist/page/standalone.json'), JSON.stringify({ script, ...besides(script) }))

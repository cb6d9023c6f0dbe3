// `node tools/standalone.mjs`: what a file of figures carries besides them, in src/dist/page/standalone.json: the script
// that draws them, the style, and the hashes by which the file's own policy lets these two run and nothing else.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { liveWorker } from './live-worker.mjs'
import { at } from './setup/paths.mjs'
import { SLIM } from './slim/vega.mjs'

/** @param {string} text */
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`

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
// A script in a page ends where its text says so; the same strings, spelt otherwise.
const script = output[0].code.trim().replaceAll(/<(?=\/script|script|!--)/gi, '\\x3C')
const style = ['src/page/style.css', 'src/page/standalone/style.css']
  .map((file) => readFileSync(at(file), 'utf8'))
  .join('\n')
  .replaceAll(/\/\*[\s\S]*?\*\//g, '')
  .replaceAll(/\s+/g, ' ')
  .trim()
const template = { script, style, scriptHash: hash(script), styleHash: hash(style) }
writeFileSync(at('src/dist/page/standalone.json'), JSON.stringify(template))

// `node tools/live-worker.mjs`: src/dist/live/worker.json with the script of the worker that computes figures: one
// classic script that also runs from a blob URL. What it never does is left out of it: reading text, writing files.
import { mkdirSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { at } from './setup/paths.mjs'

/** Modules that stand for work of the kernel, and what calls them comes to. */
const ABSENT = new Map([
  [
    'parse',
    'export const [DIFF, AT] = ["diff", "at"]; export const parse = () => { throw new Error("No text is read here.") }',
  ],
  [
    'display',
    'const none = () => Promise.reject(new Error("No files are written here.")); export { none as filesModule, none as mimeBundle }',
  ],
  [
    'tabulated',
    'const none = () => { throw new Error("No files are written here.") }; export { none as csvOf, none as npzOf }',
  ],
  [
    'csv',
    'const none = () => { throw new Error("No files are written here.") }; export { none as csvCell, none as csvLine, none as figureCsv, none as writeCsv }',
  ],
  [
    'npz',
    'const none = () => { throw new Error("No files are written here.") }; export { none as figureNpz, none as readNpz, none as writeNpz }',
  ],
  // Of Mehler's kernel the values and the trace are used, by what knows its own dimension.
  ['gaussianState', 'export class GaussianState {} export const requireDimension = () => {}'],
  ['lineGaussian', 'export const applyLine = () => { throw new Error("Kernels are not applied here.") }'],
  ['composeLine', 'export const composeLine = () => { throw new Error("Kernels are not composed here.") }'],
  ['quadrature', 'export const applyToField = () => { throw new Error("Kernels are not applied here.") }'],
])

/** The compression of files: figures come to a worker inflated, and none leaves it as a file. */
const FFLATE =
  'const none = () => { throw new Error("Nothing is compressed here.") }; export { none as deflateSync, none as Inflate, none as zlibSync, none as unzlibSync, none as zipSync, none as unzipSync }'

/** @type {import('rolldown').Plugin} */
const withoutKernel = {
  name: 'without-kernel',
  resolveId: (specifier) => {
    if (specifier === 'fflate') return '\0absent:fflate'
    const name = /\/(\w+)\.js$/.exec(specifier)?.[1] ?? ''
    return ABSENT.has(name) ? `\0absent:${name}` : null
  },
  load: (id) => {
    if (!id.startsWith('\0absent:')) return null
    const name = id.slice(8)
    return name === 'fflate' ? FFLATE : ABSENT.get(name)
  },
}

/** The script. */
export async function liveWorker() {
  const bundle = await rolldown({
    input: at('src/live/main.ts'),
    platform: 'browser',
    checks: { eval: false },
    treeshake: { moduleSideEffects: (id) => id.endsWith('live/main.ts') },
    plugins: [withoutKernel],
  })
  const { output } = await bundle.generate({ format: 'iife', minify: true, codeSplitting: false })
  await bundle.close()
  if (output.length !== 1) throw new Error('The script of a worker is one.')
  return output[0].code
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(at('src/dist/live'), { recursive: true })
  writeFileSync(at('src/dist/live/worker.json'), JSON.stringify({ script: await liveWorker() }))
}

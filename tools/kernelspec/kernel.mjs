import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { at } from '../setup/paths.mjs'
import { installed } from './packages.mjs'

const compiled = at('kernel', 'dist')

/** Loads a module of the compiled kernel. @param {string} name */
const load = (name) => import(pathToFileURL(path.join(compiled, name)).href)

/**
 * Programs that Node starts by their path, and a module that files beside the notebook import; each lies where its
 * source does.
 */
const PROGRAMS = [
  'main',
  'executor/main',
  'executor/controlThread',
  'executor/localModules',
  'executor/tslab',
]

/** What a module of the compiled kernel is in the bundle. @param {string} module @param {string} code */
const replaced = (module, code) => ({
  name: module,
  /** @param {string} id */
  load: (id) => (id === path.join(compiled, `${module}.js`) ? code : null),
})

/** A snapshot is made of one file, and can hold no loader of modules. */
const inOneFile = [
  replaced('language/typescript', "import ts from 'typescript'\nexport { ts }"),
  replaced('language/gatherOwnFiles', 'export const gatherOwnFiles = undefined'),
]

/** The programs share one TypeScript. */
const besideTheLanguage = replaced(
  'language/typescript',
  `import { createRequire } from 'node:module'
export const ts = createRequire(import.meta.url)('../language/typescript.cjs')`,
)

/**
 * The kernel's own programs, each in few files.
 * @param {string} folder the kernelspec's folder
 */
export async function writeKernel(folder) {
  const target = path.join(folder, 'dist')
  const programs = await rolldown({
    input: Object.fromEntries(PROGRAMS.map((name) => [name, path.join(compiled, `${name}.js`)])),
    platform: 'node',
    external: ['zeromq', 'psilab'],
    plugins: [besideTheLanguage],
  })
  await programs.write({ dir: target, format: 'esm', chunkFileNames: '_[name].js' })
  await programs.close()
  await Promise.all([
    writeCommonJs(path.join(compiled, 'language', 'main.js'), path.join(target, 'language', 'main.cjs')),
    writeCommonJs(
      installed('typescript', 'lib', 'typescript.js'),
      path.join(target, 'language', 'typescript.cjs'),
    ),
  ])
  const { gatherOwnFiles } = await load('language/gatherOwnFiles.js')
  writeFileSync(
    path.join(target, 'language', 'types.json'),
    JSON.stringify(Object.fromEntries(gatherOwnFiles())),
  )
  const { Snapshots } = await load('language/snapshot.js')
  await new Snapshots(path.join(target, 'language')).make()
}

/** @param {string} input @param {string} file */
async function writeCommonJs(input, file) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    // TypeScript looks for it and does without.
    external: ['source-map-support'],
    plugins: inOneFile,
  })
  const { output } = await bundle.generate({ file, format: 'cjs', minify: true })
  await bundle.close()
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, asAscii(output[0].code))
}

/**
 * A program's text stays in memory: V8 keeps one byte for each character where none needs two.
 * @param {string} code
 */
const asAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { at } from '../setup/paths.mjs'
import { copyPackage, installed, requiredFiles } from './packages.mjs'

/** What the library asks Node for by name at run time, which a bundle cannot hold. */
const FILES = {
  '@resvg/resvg-wasm': ['index.js', 'index_bg.wasm'],
  'dejavu-fonts-ttf': [
    'LICENSE',
    'ttf/DejaVuSans.ttf',
    'ttf/DejaVuSans-Bold.ttf',
    'ttf/DejaVuSerif-Italic.ttf',
  ],
}

/** MathJax, as `src/figure/still/tex.ts` requires it. */
const MATHJAX = [
  'mathjax',
  'input/tex',
  'output/svg',
  'adaptors/liteAdaptor',
  'handlers/html',
  'core/MathItem',
  'core/MmlTree/SerializedMmlVisitor',
  'input/tex/base/BaseConfiguration',
  'input/tex/ams/AmsConfiguration',
].map((module) => `mathjax-full/js/${module}.js`)

/** The packages that write PDF, which `src/figure/still/pdfkit.ts` requires, in a file that is read when a PDF is asked for. */
const pdfInOneFile = {
  name: 'pdfkit',
  /** @param {string} id */
  load: (id) =>
    id === at('src/dist/figure/still/pdfkit.js')
      ? `export const pdfPackages = async () => {
  const [{ default: PDFDocument }, { default: drawSvg }] = await Promise.all([
    import(${JSON.stringify(installed('pdfkit', 'js', 'pdfkit.browser.mjs'))}),
    import('svg-to-pdfkit'),
  ])
  return { PDFDocument, drawSvg }
}`
      : null,
}

/**
 * The package psilab with all that it needs: in few files.
 * @param {string} folder the kernelspec's folder
 */
export async function writeLibrary(folder) {
  const target = path.join(folder, 'node_modules', 'psilab')
  const manifest = JSON.parse(readFileSync(at('src', 'package.json'), 'utf8'))
  const { name, version, description, license, type } = manifest
  const exports = {
    '.': './index.js',
    './figure': './figure.js',
    './page/standalone.json': './standalone.json',
    './package.json': './package.json',
  }
  mkdirSync(target, { recursive: true })
  writeFileSync(
    path.join(target, 'package.json'),
    `${JSON.stringify({ name, version, description, license, type, exports }, null, 2)}\n`,
  )
  const bundle = await rolldown({
    // What writes files is found beside the rest, by the name that the library imports.
    input: {
      index: at('src/dist/index.js'),
      figure: at('src/dist/figure/index.js'),
      files: at('src/dist/figure/files.js'),
    },
    platform: 'node',
    checks: { eval: false },
    plugins: [pdfInOneFile],
  })
  await bundle.write({ dir: target, format: 'esm', chunkFileNames: '_[name].js' })
  await bundle.close()
  cpSync(at('src/dist/page/standalone.json'), path.join(target, 'standalone.json'))
  for (const [name, files] of Object.entries(FILES)) copyPackage(folder, name, files)
  for (const [name, files] of requiredFiles(MATHJAX)) copyPackage(folder, name, [...files])
}

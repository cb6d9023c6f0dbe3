import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { at } from '../setup/paths.mjs'

/** @param {...string} parts a path in a package that is installed here */
export const installed = (...parts) => at('node_modules', ...parts)

/**
 * Copies files of an installed package, to be found there by Node's own resolution.
 * @param {string} folder the kernelspec's folder
 * @param {string} name of the package
 * @param {readonly string[]} entries files and folders in the package; its manifest and licence come with them
 */
export function copyPackage(folder, name, entries) {
  for (const entry of ['package.json', ...entries]) {
    const target = path.join(folder, 'node_modules', name, entry)
    mkdirSync(path.dirname(target), { recursive: true })
    cpSync(installed(name, entry), target, {
      recursive: true,
      dereference: true,
      filter: (file) => !/\.map$/.test(file),
    })
  }
}

/** The ABI of the oldest Node that runs the kernel, 20: what zeromq was compiled against for older ones stays away. */
const OLDEST_ABI = 115

/** The compiled parts of zeromq for every platform, as its loader looks for them. */
export function zeromqAddons() {
  /** @type {Record<string, string>} */
  const manifest = JSON.parse(readFileSync(installed('zeromq', 'build', 'manifest.json'), 'utf8'))
  return Object.entries(manifest)
    .filter(([config]) => JSON.parse(config).abi >= OLDEST_ABI)
    .map(([, file]) => `build/${file.replaceAll('\\', '/')}`)
}

/**
 * CommonJS files and all that they require, by the names of their packages.
 * @param {readonly string[]} entries paths below `node_modules`
 * @returns {Map<string, Set<string>>} paths within each package
 */
export function requiredFiles(entries) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map()
  const queue = entries.map((entry) => installed(entry))
  for (let file = queue.pop(); file; file = queue.pop()) {
    const [name, inner] = splitPackage(path.relative(installed(), file))
    const files = found.get(name) ?? new Set()
    found.set(name, files)
    if (files.has(inner)) continue
    files.add(inner)
    for (const [, request = ''] of readFileSync(file, 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g)) {
      if (request.startsWith('.')) queue.push(withExtension(path.resolve(path.dirname(file), request)))
    }
  }
  return found
}

/** @param {string} file */
const withExtension = (file) => (path.extname(file) ? file : `${file}.js`)

/** @param {string} file a path below `node_modules` @returns {[string, string]} package, and path in it */
function splitPackage(file) {
  const parts = file.split(path.sep)
  const length = parts[0]?.startsWith('@') ? 2 : 1
  return [parts.slice(0, length).join('/'), parts.slice(length).join('/')]
}

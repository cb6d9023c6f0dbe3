import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ignored = new Set(['node_modules', 'dist', 'lib', 'labextension', 'kernelspec', '.DS_Store'])

/**
 * @param {string} entry a file or folder
 * @returns {string[]} the files in it, built ones left out, in a fixed order
 */
export function filesIn(entry) {
  if (!existsSync(entry)) return []
  const found = readdirSync(path.dirname(entry), { withFileTypes: true }).find(
    (e) => e.name === path.basename(entry),
  )
  if (!found?.isDirectory()) return [entry]
  return readdirSync(entry, { withFileTypes: true })
    .filter((e) => !ignored.has(e.name) && !e.name.endsWith('.tsbuildinfo'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((e) => (e.isDirectory() ? filesIn(path.join(entry, e.name)) : [path.join(entry, e.name)]))
}

/**
 * A hash of names and contents.
 * @param {string} base names are taken relative to this folder
 * @param {readonly string[]} entries files and folders, relative to `base`
 * @param {readonly string[]} [facts] further text that the result depends on
 */
export function contentHash(base, entries, facts = []) {
  const hash = createHash('sha256')
  for (const fact of facts) hash.update(`${fact}\0`)
  for (const file of entries.flatMap((entry) => filesIn(path.join(base, entry)))) {
    hash
      .update(`${path.relative(base, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * A stamp lies inside what it vouches for, so that whoever deletes the one deletes the other.
 * @param {string} file
 * @param {string} hash
 */
export const isStamped = (file, hash) => existsSync(file) && readFileSync(file, 'utf8') === hash

/**
 * @param {string} file
 * @param {string} hash
 */
export function stamp(file, hash) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, hash)
}

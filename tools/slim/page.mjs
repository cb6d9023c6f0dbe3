// What stands beside the script of a page of figures: its style, without what only writers read, and the hashes by
// which the page's own policy lets these two run and nothing else.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const FILES = ['../../src/page/style.css', '../../src/page/standalone/style.css']

/** @param {string} script */
export function besides(script) {
  const style = FILES.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
    .join('\n')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return { style, scriptHash: hash(script), styleHash: hash(style) }
}

/** @param {string} text */
const hash = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`

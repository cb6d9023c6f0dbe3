/**
 * Modules of Node that few cells import: the checker reads their declarations, a third of Node's, when a cell or a
 * package names them, and until then keeps them from memory. Nothing that is global refers to them.
 */
import { PACKAGES } from './ownFiles.js'

const FILES: Readonly<Record<string, readonly string[]>> = {
  cluster: ['cluster', 'node:cluster'],
  domain: ['domain', 'node:domain'],
  http2: ['http2', 'node:http2'],
  https: ['https', 'node:https'],
  'inspector.generated': ['inspector', 'inspector/promises', 'node:inspector', 'node:inspector/promises'],
  punycode: ['punycode', 'node:punycode'],
  repl: ['repl', 'node:repl'],
  sea: ['node:sea'],
  test: ['node:test', 'node:test/reporters'],
  trace_events: ['trace_events', 'node:trace_events'],
  v8: ['v8', 'node:v8'],
  wasi: ['wasi', 'node:wasi'],
  zlib: ['zlib', 'node:zlib'],
}

const fileOf = (name: string): string => `${PACKAGES}/@types/node/${name}.d.ts`

/** The file that declares a module, by the module's name. */
export const RARE_MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries(FILES).flatMap(([name, modules]) => modules.map((module) => [module, fileOf(name)])),
)

const QUOTED = new RegExp(`(["'\`])(${[...RARE_MODULES.keys()].join('|')})\\1`, 'g')

/** The files of the modules whose names a text quotes. */
export function rareFilesOf(text: string): string[] {
  return Array.from(text.matchAll(QUOTED), ([, , module]) => RARE_MODULES.get(module!)!)
}

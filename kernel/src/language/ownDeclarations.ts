/**
 * The declarations that every cell sees, in three files: the standard library, Node, and what the kernel has of its
 * own.
 */
import type { OwnFiles } from './ownFiles.js'
import { passOn, rollUpGlobals, rollUpModules } from './rollup.js'

/** Where the declarations lie among the checker's own files. */
export interface Entries {
  /** The files of the standard library for this Node. */
  readonly standard: readonly string[]
  /** The index of Node's types. */
  readonly node: string
  /** Files of Node's types that stay files of their own. */
  readonly apart: ReadonlySet<string>
  /** Modules that are imported as files. */
  readonly modules: readonly string[]
}

/**
 * Those that hold everything, and those that pass it on or have become empty; all others as they are.
 *
 * @param standardFile Where the standard library is to lie.
 * @param moduleFile Where the modules are to lie.
 */
export function ownDeclarations(
  own: OwnFiles,
  entries: Entries,
  standardFile: string,
  moduleFile: string,
): OwnFiles {
  // Run from its sources, the kernel has no declarations of its own: there the sources serve.
  const modules = entries.modules.filter((file) => own.has(file))
  const standard = rollUpGlobals(own, entries.standard)
  const node = rollUpGlobals(own, [entries.node], entries.apart)
  const rolled = rollUpModules(own, modules)
  const texts = new Map(own)
  for (const file of [...node.files, ...rolled.files]) texts.delete(file)
  // A package that asks for a part of the standard library has it already.
  for (const file of standard.files) texts.set(file, '')
  texts.set(standardFile, standard.text)
  texts.set(entries.node, node.text)
  texts.set(moduleFile, rolled.text)
  for (const file of modules) texts.set(file, passOn(own, file))
  return texts
}

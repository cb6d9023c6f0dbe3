/**
 * The declarations that every cell sees, in three files: the standard library, Node, and what the kernel has of its
 * own.
 */
import { passOn, rollUpGlobals, rollUpModules } from './rollup.js'

export interface OwnFiles {
  /** The files of the standard library for this Node. */
  readonly standard: readonly string[]
  /** The index of Node's types. */
  readonly node: string
  /** Modules that are imported as files. */
  readonly modules: readonly string[]
}

/**
 * Texts by file: those that hold everything, and those that pass it on or have become empty.
 *
 * @param standardFile Where the standard library is to lie.
 * @param moduleFile Where the modules are to lie.
 */
export function ownDeclarations(
  own: OwnFiles,
  standardFile: string,
  moduleFile: string,
): ReadonlyMap<string, string> {
  const standard = rollUpGlobals(own.standard)
  // A package that asks for a part of the standard library has it already.
  const texts = new Map([...standard.files].map((file) => [file, '']))
  texts.set(standardFile, standard.text)
  texts.set(own.node, rollUpGlobals([own.node]).text)
  texts.set(moduleFile, rollUpModules(own.modules))
  for (const file of own.modules) texts.set(file, passOn(file))
  return texts
}

/**
 * `__psilab__`: what the script of a cell calls, by the names that the language service writes into it.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as cell from './cell.js'
import { caught } from './evaluate.js'
import { checkpoint, endOfStatement, epoch, interrupted, interruptible } from './interrupt.js'
import { beginTime, endTime, say, who } from './lineHelpers.js'
import { importModule, importNames, loadedLibrary, notebookRequire } from './modules.js'
import { libraryRun } from './progress/libraryRuns.js'
import { setResult } from './runCell.js'
import { currentRun } from './runs.js'
import { reach } from './scripts.js'

const filename = join(process.cwd(), 'notebook.ts')
const url = pathToFileURL(filename).href
const runtime = {
  beginTime,
  caught,
  checkpoint: (began: number): void => checkpoint(began, currentRun),
  endOfStatement,
  endTime,
  epoch,
  import: interruptible(importModule),
  importNames: interruptible(importNames),
  /** The module `psilab`; the cell has waited for it. */
  library: loadedLibrary,
  reach,
  say,
  /** Takes the value of the last expression. */
  result: setResult,
  /** `import.meta` of a cell. */
  meta: { url, filename, dirname: process.cwd() },
  who,
}

/** The names that scripts may call. */
export type RuntimeName = keyof typeof runtime

/** Puts the kernel's names into the global scope, where cells may declare their own over them. */
export function installRuntime(): void {
  const names: Record<string, unknown> = {
    __psilab__: runtime,
    require: notebookRequire(filename),
    __filename: filename,
    __dirname: process.cwd(),
    ...cell,
  }
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false })
  }
  // Library code that knows Jupyter but not this kernel finds the channels here.
  Object.defineProperty(globalThis, Symbol.for('Jupyter.comms'), { value: cell.comms })
  Object.defineProperty(globalThis, Symbol.for('psilab.interrupted'), {
    value: () => interrupted(currentRun()),
  })
  Object.defineProperty(globalThis, Symbol.for('psilab.progress'), { value: libraryRun })
}

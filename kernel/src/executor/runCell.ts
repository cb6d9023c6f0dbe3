/**
 * One cell from its script to its outcome.
 */
import type { Outcome, RunCommand } from '../channel/protocol.js'
import { type MimeBundle, toBundle } from './bundle.js'
import { displaysSent, isHandle } from './display.js'
import { errorReport } from './errorReport.js'
import { evaluate } from './evaluate.js'
import { allowInput } from './input.js'
import { endCell, Interrupted } from './interrupt.js'
import { loadLibrary } from './modules.js'
import { publish, report } from './output.js'
import { endLibraryProgress } from './progress/libraryRuns.js'
import { stopBars } from './progress/progress.js'
import { beginRun, currentRun } from './runs.js'
import { addScript, reached, reachedPlace } from './scripts.js'

/** The values of the last expressions of running cells, by the numbers of their runs. */
const results = new Map<number, unknown>()

/** Gives the running cells up. */
const giveUp = new Map<number, (reason: Interrupted) => void>()

/** Takes the value of a cell's last expression. */
export function setResult(value: unknown): void {
  const run = currentRun()
  if (giveUp.has(run)) results.set(run, value)
}

/** Stops the running cells as far as the event loop can: an awaiting cell ends here. */
export function interruptCells(): void {
  for (const reject of giveUp.values()) reject(new Interrupted())
}

/** Runs a cell and reports its outcome. */
export async function runCell(command: RunCommand): Promise<void> {
  const { run } = command
  beginRun(run)
  const interrupted = new Promise<never>((_, reject) => {
    giveUp.set(run, reject)
  })
  const outcome = await Promise.race([perform(command), interrupted]).catch(
    (error: unknown): Outcome => ({
      status: 'error',
      error: errorReport(error, reachedPlace(command.run)),
      reached: reached(command.run),
    }),
  )
  giveUp.delete(run)
  results.delete(run)
  allowInput(run, false)
  endCell(run)
  if (outcome.status === 'error') stopBars(run)
  endLibraryProgress()
  report({ type: 'done', run, outcome })
}

async function perform(command: RunCommand): Promise<Outcome> {
  const { run, mode } = command
  addScript(run, command)
  allowInput(run, command.allowInput)
  if (command.prelude.length > 0) await loadLibrary()
  await evaluate(command.script, run)
  const value = results.get(run)
  const shown = mode !== 'silent' && value !== undefined && !isHandle(value)
  const data = shown || mode === 'expression' ? await toBundle(value) : undefined
  await displaysSent()
  if (mode === 'expression') return { status: 'ok', data }
  if (data) publishResult(data, command.count)
  return { status: 'ok' }
}

function publishResult(data: MimeBundle, count: number): void {
  publish('execute_result', { execution_count: count, data, metadata: {} })
}

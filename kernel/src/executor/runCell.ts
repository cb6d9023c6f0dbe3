/**
 * One cell from its script to its outcome.
 */
import type { Outcome, RunCommand } from '../channel/protocol.js'
import { type MimeBundle, toBundle } from './bundle.js'
import { displaysSent, isHandle } from './display.js'
import { errorReport } from './errorReport.js'
import { evaluate } from './evaluate.js'
import { allowInput } from './input.js'
import { Interrupted } from './interrupt.js'
import { loadLibrary } from './modules.js'
import { publish, report } from './output.js'
import { endLibraryProgress } from './progress/libraryRuns.js'
import { stopBars } from './progress/progress.js'
import { beginRun } from './runs.js'
import { addScript, reached, reachedPlace } from './scripts.js'

/** The value of the last expression of the running cell. */
export const last: { value: unknown } = { value: undefined }

/** Gives the running cell up; `undefined` when none runs. */
let giveUp: ((reason: Interrupted) => void) | undefined

/** Stops the running cell as far as the event loop can: an awaiting cell ends here. */
export function interruptCell(): void {
  giveUp?.(new Interrupted())
}

/** Runs a cell and reports its outcome. */
export async function runCell(command: RunCommand): Promise<void> {
  beginRun(command.run)
  const interrupted = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const outcome = await Promise.race([perform(command), interrupted]).catch(
    (error: unknown): Outcome => ({
      status: 'error',
      error: errorReport(error, reachedPlace(command.run)),
      reached: reached(command.run),
    }),
  )
  giveUp = undefined
  if (outcome.status === 'error') stopBars(command.run)
  endLibraryProgress()
  report({ type: 'done', run: command.run, outcome })
}

async function perform(command: RunCommand): Promise<Outcome> {
  const { run, mode } = command
  addScript(run, command)
  allowInput(command.allowInput)
  if (command.prelude.length > 0) await loadLibrary()
  last.value = undefined
  await evaluate(command.script, run)
  const { value } = last
  last.value = undefined
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

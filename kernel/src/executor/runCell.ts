/**
 * One cell from its script to its outcome.
 */
import type { Outcome, RunCommand } from '../channel/protocol.js'
import { type MimeBundle, metadataOf, toBundle } from './bundle.js'
import { displaysSent, isHandle } from './display.js'
import { errorReport } from './errorReport.js'
import { evaluate } from './evaluate.js'
import { allowInput } from './input.js'
import { endAwaiting, endCell, endOfStatement, giveUp, Interrupted, spare } from './interrupt.js'
import { loadLibrary } from './modules.js'
import { publish, report } from './output.js'
import { endLibraryProgress } from './progress/libraryRuns.js'
import { stopBars } from './progress/progress.js'
import { beginRun, currentRun, endRun } from './runs.js'
import { addScript, reached, reachedPlace } from './scripts.js'
import { endStreams, hasStreams } from './stream/figureStream.js'

/** The values of the last expressions of running cells, by the numbers of their runs. */
const results = new Map<number, unknown>()

/** A cell that runs. */
interface Running {
  /** Ends it with Interrupted. */
  readonly giveUp: () => void
  /** Whether it draws what a stopped computation has handed back. */
  draws: boolean
}

const cells = new Map<number, Running>()

/** Takes the value of a cell's last expression. */
export function setResult(value: unknown): void {
  const run = currentRun()
  if (cells.has(run)) results.set(run, value)
}

/** Stops the running cells as far as the event loop can: an awaiting cell ends here. */
export function interruptCells(): void {
  for (const [run, cell] of cells) {
    endAwaiting(
      () => cell.draws,
      () => {
        if (cells.get(run) === cell) cell.giveUp()
      },
    )
  }
}

/** Runs a cell and reports its outcome. */
export async function runCell(command: RunCommand): Promise<void> {
  const { run } = command
  beginRun(run, command.cell)
  const { promise, reject } = withReject()
  const cell: Running = {
    giveUp() {
      giveUp(run)
      reject(new Interrupted())
    },
    draws: false,
  }
  cells.set(run, cell)
  const outcome = await Promise.race([perform(command, cell), promise]).catch(
    (error: unknown): Outcome => ({
      status: 'error',
      error: errorReport(error, reachedPlace(run)),
      reached: reached(run),
    }),
  )
  if (hasStreams(run)) {
    cell.draws = true
    if (outcome.status === 'error') spare()
    await endStreams(run)
  }
  cells.delete(run)
  results.delete(run)
  allowInput(run, false)
  endCell(run)
  endRun(run)
  if (outcome.status === 'error') stopBars(run)
  endLibraryProgress()
  report({ type: 'done', run, outcome })
}

async function perform(command: RunCommand, cell: Running): Promise<Outcome> {
  const { run, mode } = command
  addScript(run, command)
  allowInput(run, command.allowInput)
  if (command.prelude.length > 0) await loadLibrary()
  const stopped = await evaluate(command.script, run).catch((error: unknown) => {
    if (error instanceof Interrupted && results.has(run)) return error
    throw error
  })
  if (stopped) {
    cell.draws = true
    spare()
  }
  const value = results.get(run)
  const shown = mode !== 'silent' && value !== undefined && !isHandle(value)
  const data = shown || mode === 'expression' ? await toBundle(value) : undefined
  await displaysSent(run)
  if (mode === 'expression') return { status: 'ok', data }
  if (data) publishResult(data, command.count)
  if (stopped) throw stopped
  endOfStatement(run)
  return { status: 'ok' }
}

function withReject(): { promise: Promise<never>; reject: (reason: Error) => void } {
  let reject!: (reason: Error) => void
  const promise = new Promise<never>((_, settle) => {
    reject = settle
  })
  return { promise, reject }
}

function publishResult(data: MimeBundle, count: number): void {
  publish('execute_result', { execution_count: count, data, metadata: metadataOf(data) })
}

/**
 * The executor: the process in which cells run. It may be ended at any time without harm to the kernel.
 */
import { Worker } from 'node:worker_threads'
import type { Command, CommCommand, RunCommand } from '../channel/protocol.js'
import { receiveComm } from './comm.js'
import type { ControlData } from './controlThread.js'
import type { Delivery } from './delivery.js'
import { errorText } from './errorReport.js'
import { connectInbox, inboxMemory, inboxPort } from './inbox.js'
import { acknowledge, Interrupted, memory } from './interrupt.js'
import { captureStreams, report } from './output.js'
import { interruptCells, runCell } from './runCell.js'
import { leaveRun, runOfPromise, trackRuns, within } from './runs.js'
import { installRuntime } from './runtime.js'
import { installStackTraces } from './stack.js'

// Library frames are trimmed from reports: enough must be kept for the user's own to be among them.
Error.stackTraceLimit = 50
process.argv = [process.execPath, 'notebook']

// Failures outside of a cell's own flow, such as in a timer, are shown under the cell that they come from.
process.on('uncaughtException', (error) => {
  showFailure(error)
  leaveRun()
})
process.on('unhandledRejection', (reason, promise) =>
  within(runOfPromise(promise), () => showFailure(reason)),
)

installStackTraces()
captureStreams()
trackRuns()
installRuntime()

const control = new Worker(new URL('./controlThread.js', import.meta.url), {
  workerData: { memory, inbox: inboxPort, inboxMemory } satisfies ControlData,
  transferList: [inboxPort],
})
connectInbox(
  (watch) => control.postMessage(watch),
  ({ head, parts }) => receiveComm(head, parts),
)
control.on('message', ({ head, parts }: Delivery<Command>) => {
  leaveRun()
  switch (head.type) {
    case 'run':
      void runCell(head satisfies RunCommand)
      break
    case 'interrupt':
      acknowledge()
      interruptCells()
      break
    default:
      receiveComm(head satisfies CommCommand, parts)
  }
})
control.once('online', () => report({ type: 'ready' }))

function showFailure(error: unknown): void {
  if (!(error instanceof Interrupted)) process.stderr.write(errorText(error))
}

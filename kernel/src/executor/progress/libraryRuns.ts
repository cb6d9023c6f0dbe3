/**
 * Long runs of a library, told to front ends that ask for it: over a comm, so that nothing of it is in the notebook.
 *
 * A front end opens a comm to {@link TARGET}. From then on each message has `{ fraction, secondsLeft }` of the run that
 * goes on in the cell whose request is the message's parent, and `{ fraction: undefined }` when none does any more.
 */
import { type Comm, comms } from '../comm.js'

const TARGET = 'psilab.progress'

/** Milliseconds for which a run goes on before it is told of, and between two messages. */
const PATIENCE = 800
const EVERY = 200
/** Milliseconds after its last word from which on another run may speak in place of one: that may have failed. */
const SILENT = 1000

interface Progress {
  /** Share of the way that is done, 0 to 1. */
  readonly fraction: number
  readonly secondsLeft: number | undefined
}

interface Run {
  readonly began: number
  /** When it has last been heard of. */
  heard: number
  /** When it has last been told of. */
  told: number
}

const channels = new Set<Comm>()
/** The run that is told of: of runs inside of one another, the outermost. */
let speaker: Run | undefined
/** Whether front ends show a run. */
let shown = false

comms.register(TARGET, (channel) => {
  channels.add(channel)
  channel.onClose = () => channels.delete(channel)
})

/** For a run that begins now: takes what it says, or is undefined when nobody listens. */
export function libraryRun(): ((progress: Progress) => void) | undefined {
  if (channels.size === 0) return undefined
  const now = performance.now()
  if (speaker && now - speaker.heard < SILENT) return undefined
  const run: Run = { began: now, heard: now, told: now }
  speaker = run
  return ({ fraction, secondsLeft }) => {
    if (speaker !== run) return
    const at = performance.now()
    run.heard = at
    if (fraction >= 1) speaker = undefined
    if (at - run.began < PATIENCE || (at - run.told < EVERY && fraction < 1)) return
    run.told = at
    shown = true
    for (const channel of channels) channel.send({ fraction, secondsLeft })
  }
}

/** The cell has ended, and every run in it. */
export function endLibraryProgress(): void {
  speaker = undefined
  if (!shown) return
  shown = false
  for (const channel of channels) channel.send({})
}

/**
 * How far long runs of a library are, told to front ends that ask, and what they have come to so far, as a figure.
 * Nothing of it is in the notebook.
 *
 * A library finds {@link libraryRun} under the symbol `psilab.progress` of the global object and asks it once a run. A
 * front end opens a comm to the target `psilab.progress` and gets `{ fraction, secondsLeft, cell }` of the run that
 * goes on in the cell whose request is the message's parent, and `{ fraction: undefined }` when none does any more. To a
 * page that says `{ ready }` figures are sent over the same comm, as frames of a stream are.
 */
import type { Figure } from 'psilab/figure'
import { type Comm, comms } from '../comm.js'
import { watchComm } from '../inbox.js'
import { cellOf, currentRun } from '../runs.js'
import { Sender } from '../stream/sender.js'

const TARGET = 'psilab.progress'

/** Milliseconds for which a run goes on before it is told of, and between two messages. */
const PATIENCE = 800
const EVERY = 200
/** Milliseconds after its last word from which on another run may speak in place of one: that may have failed. */
const SILENT = 1000
/** Least milliseconds between two figures, and the share of a run's time that they may take. */
const EVERY_FIGURE = 100
const SHARE = 0.025

interface Progress {
  /** Share of the way that is done, 0 to 1. */
  readonly fraction: number
  readonly secondsLeft: number | undefined
}

/** Makes a figure payload of what a run has come to; undefined where there is nothing yet. */
type Snapshot = () => Figure | undefined

/** Takes what a run says of itself. */
type Listener = (progress: Progress, snapshot?: Snapshot) => void

interface Run {
  readonly began: number
  /** When it has last been heard of. */
  heard: number
  /** When it has last been told of. */
  told: number
  /** When the next figure may be made. */
  next: number
}

const channels = new Map<Comm, Sender>()
/** The run that is told of: of runs inside of one another, the outermost. */
let speaker: Run | undefined
/** Whether front ends show a run. */
let shown = false

comms.register(TARGET, (channel) => {
  watchComm(channel.id)
  const sender = new Sender(channel, () => undefined)
  channels.set(channel, sender)
  channel.onMessage = ({ data }) => sender.receive(data)
  channel.onClose = () => {
    sender.end()
    channels.delete(channel)
  }
})

/** For a run that begins now: takes what it says, or is undefined when nobody listens. */
export function libraryRun(): Listener | undefined {
  if (channels.size === 0) return undefined
  const now = performance.now()
  if (speaker && now - speaker.heard < SILENT) return part(speaker)
  const run: Run = { began: now, heard: now, told: now, next: now + PATIENCE }
  speaker = run
  return ({ fraction, secondsLeft }, snapshot) => {
    if (speaker !== run) return
    const at = performance.now()
    run.heard = at
    if (fraction >= 1) speaker = undefined
    if (at - run.began < PATIENCE) return
    if (at - run.told >= EVERY || fraction >= 1) {
      run.told = at
      shown = true
      const cell = cellOf(currentRun())
      for (const channel of channels.keys()) channel.send({ fraction, secondsLeft, cell })
    }
    if (fraction < 1 && snapshot) picture(run, snapshot)
  }
}

/** For a run inside of another one: that tells how far it is, and this one what it looks like. */
function part(whole: Run): Listener {
  return (_, snapshot) => {
    if (speaker === whole && snapshot) picture(whole, snapshot)
  }
}

/** Shows a run, if somebody sees it and it costs little. */
function picture(run: Run, snapshot: Snapshot): void {
  const began = performance.now()
  if (began < run.next) return
  const senders = [...channels.values()].filter((sender) => sender.isFree())
  if (senders.length === 0) return
  try {
    const figure = snapshot()
    if (figure) for (const sender of senders) sender.send(figure)
  } catch {
    // It cannot be drawn yet; the run goes on.
  }
  const end = performance.now()
  run.next = end + Math.max(EVERY_FIGURE, (end - began) / SHARE)
}

/** The cell has ended, and every run in it. */
export function endLibraryProgress(): void {
  speaker = undefined
  if (!shown) return
  shown = false
  for (const channel of channels.keys()) channel.send({})
}

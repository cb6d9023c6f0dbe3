/** The script of files that code writes: figures in a page of their own, with the worker in the script. */
import { createLiveSession, type LiveWorker } from '../../live/index.js'
import { standalonePage } from './page.js'

/** The script of the worker that computes figures: the build puts its text here. */
declare const PSILAB_LIVE_WORKER: string

let workerUrl: string | undefined

function liveWorker(): LiveWorker {
  workerUrl ??= URL.createObjectURL(new Blob([PSILAB_LIVE_WORKER], { type: 'text/javascript' }))
  return new Worker(workerUrl) as unknown as LiveWorker
}

void standalonePage((figure) => Promise.resolve(createLiveSession(figure, liveWorker)))

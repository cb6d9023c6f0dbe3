/** Figures computed in the page: the worker's script comes with the first figure that has sliders. */
import type { Figure } from 'psilab/figure'
import type { LiveWorker } from 'psilab/live'
import type { LiveSession } from 'psilab/page'

let script: Promise<string> | undefined

async function scriptUrl(): Promise<string> {
  const { default: worker } = await import('psilab/live/worker.json')
  return URL.createObjectURL(new Blob([worker.script], { type: 'text/javascript' }))
}

/** What computes a figure anew; undefined for one that says not how. */
export async function liveSession(figure: Figure): Promise<LiveSession | undefined> {
  if (!figure.live) return undefined
  const { createLiveSession } = await import('psilab/live')
  script ??= scriptUrl()
  const url = await script
  return createLiveSession(figure, () => new Worker(url) as unknown as LiveWorker)
}

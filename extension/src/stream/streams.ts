/** All streams of this page, by the names that outputs know them by. */
import { FIGURE_MIME } from 'psilab/figure'
import type { Painter } from './mailbox.js'
import type { Stream } from './stream.js'

/** This page's name among all that watch a stream. */
export const PAGE: string = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`

/** The stream that an output's metadata names. */
export function streamOf(metadata: Readonly<Record<string, unknown>>): string | undefined {
  const { stream } = (metadata[FIGURE_MIME] ?? {}) as { readonly stream?: unknown }
  return typeof stream === 'string' ? stream : undefined
}

const streams = new Map<string, Stream>()
/** Painters whose stream has not come yet. */
const waiting = new Map<string, Set<Painter>>()

export function addStream(stream: Stream): void {
  streams.set(stream.id, stream)
  for (const painter of waiting.get(stream.id) ?? []) stream.add(painter)
  waiting.delete(stream.id)
}

export function removeStream(stream: Stream): void {
  if (streams.get(stream.id) === stream) streams.delete(stream.id)
}

export function findStream(id: string): Stream | undefined {
  return streams.get(id)
}

/** Paints a stream from now on, or from its beginning on; returns what ends that. */
export function watchStream(id: string, painter: Painter): () => void {
  const stream = streams.get(id)
  if (stream) stream.add(painter)
  else waiting.set(id, (waiting.get(id) ?? new Set()).add(painter))
  return () => {
    waiting.get(id)?.delete(painter)
    streams.get(id)?.remove(painter)
  }
}

/** Streams rest while the page is hidden, and the kernel hears of it when the page goes. */
export function followPage(): void {
  document.addEventListener('visibilitychange', () => {
    for (const stream of streams.values()) stream.attend()
  })
  window.addEventListener('pagehide', () => {
    for (const stream of streams.values()) stream.leave()
  })
}

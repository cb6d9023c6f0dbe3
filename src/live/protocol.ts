/** What page and worker say to each other; figures travel detached, their bytes copied. */
import type { Values } from './request.js'

/** To the worker. */
export type Request =
  /** The figure whose sliders are to move: the first message, once. */
  | { readonly type: 'open'; readonly figure: unknown; readonly buffers: readonly Uint8Array[] }
  /** Show these values; what is shown while a slider moves, or the whole figure. A newer request supersedes an older. */
  | {
      readonly type: 'compute'
      readonly id: number
      readonly values: Values
      readonly frame: number
      readonly whole: boolean
    }

/** From the worker. */
export type Reply =
  | {
      readonly type: 'figure'
      readonly id: number
      readonly figure: unknown
      readonly buffers: readonly Uint8Array[]
      /** Milliseconds that it took. */
      readonly took: number
    }
  /** A newer request came first. */
  | { readonly type: 'dropped'; readonly id: number }
  /** One sentence for readers; without an id the figure itself cannot be computed. */
  | { readonly type: 'failed'; readonly id?: number; readonly message: string }

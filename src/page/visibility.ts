/**
 * Where a node is: what is on the screen is painted, what is near is drawn, what is far for long gives its memory back.
 */

export interface VisibilityWatcher {
  /** The node comes within a screen of what can be seen. */
  readonly near: () => void
  /** The node comes on the screen or leaves it. */
  readonly visible: (visible: boolean) => void
  /** The node has been far away for long. */
  readonly far: () => void
  /** The first time that it is known where the node is. */
  readonly known: () => void
}

/** Pixels around the screen within which figures are drawn ahead. */
const AHEAD = '800px'

/** Milliseconds far away after which a drawing is given back. */
const LONG = 60_000

/** Returns what ends the watch. */
export function watchVisibility(node: Element, watcher: VisibilityWatcher): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const last = (entries: readonly IntersectionObserverEntry[]): boolean =>
    entries[entries.length - 1]!.isIntersecting
  const near = new IntersectionObserver(
    (entries) => {
      clearTimeout(timer)
      if (last(entries)) watcher.near()
      else timer = setTimeout(watcher.far, LONG)
      watcher.known()
    },
    // The page's own margin, and that of whatever scrolls in it.
    { rootMargin: AHEAD, scrollMargin: AHEAD } as IntersectionObserverInit,
  )
  const visible = new IntersectionObserver((entries) => {
    watcher.visible(last(entries))
  })
  near.observe(node)
  visible.observe(node)
  return () => {
    clearTimeout(timer)
    near.disconnect()
    visible.disconnect()
  }
}

/** Calls back when a node has its first size and whenever its width changes. */
export function watchWidth(node: HTMLElement, changed: () => void): () => void {
  let width = -1
  const observer = new ResizeObserver(() => {
    if (node.clientWidth === width) return
    width = node.clientWidth
    changed()
  })
  observer.observe(node)
  return () => {
    observer.disconnect()
  }
}

/** Resolves with the next frame of the page; in a hidden page, once it is shown. */
export const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

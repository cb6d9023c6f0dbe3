/**
 * The figures that are open in this page, in notebooks, consoles and files, and which of them is meant.
 */
import type { Figure } from 'psilab/figure'

export interface OpenFigure {
  readonly node: HTMLElement
  /** What is shown now; undefined where a sentence stands in its place. */
  readonly figure: Figure | undefined
  pause(): void
  resume(): void
}

const open = new Set<OpenFigure>()

/** The figure that was pressed or focused last. */
let touched: OpenFigure | undefined

/** Adds a figure; returns what takes it out again. */
export function addOpenFigure(figure: OpenFigure): () => void {
  const touch = (): void => {
    touched = figure
  }
  figure.node.addEventListener('pointerdown', touch, true)
  figure.node.addEventListener('focusin', touch)
  open.add(figure)
  return () => {
    figure.node.removeEventListener('pointerdown', touch, true)
    figure.node.removeEventListener('focusin', touch)
    open.delete(figure)
    if (touched === figure) touched = undefined
  }
}

export const openFigures = (): readonly OpenFigure[] => [...open]

/** The figure that was pressed or focused last in a place, else the one of which most can be seen there. */
export function activeFigure(place: Element | undefined): OpenFigure | undefined {
  const here = [...open].filter(({ node, figure }) => figure && place?.contains(node) && isSeen(node))
  if (touched && here.includes(touched)) return touched
  return here.toSorted((a, b) => seenHeight(b.node) - seenHeight(a.node))[0]
}

const isSeen = (node: HTMLElement): boolean => node.isConnected && node.getClientRects().length > 0

/** Pixels of a node's height inside of the window. */
function seenHeight(node: HTMLElement): number {
  const { top, bottom } = node.getBoundingClientRect()
  return Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0))
}

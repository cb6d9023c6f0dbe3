/**
 * Lines in the width that there is. Left sides share a column, so that the signs stand below each other; one that would
 * take more than its share stands above its sign instead. Right sides are broken between their pieces; a piece that is
 * wider than its column is set smaller, and below a size that can be read it scrolls.
 */
import { isStacked } from '../figure/index.js'

/** Least size of a piece as a share of the full one. */
const SMALLEST = 0.7

/** The size, as a share, at which pieces fit into a column. */
export function pieceSize(widest: number, column: number): number {
  if (column <= 0 || widest <= column) return 1
  return Math.max(SMALLEST, (0.99 * column) / widest)
}

const widthOf = (part: Element): number => part.getBoundingClientRect().width

const widthsOf = (side: Element): readonly number[] => [...side.children].map(widthOf)

/** Fits every section of a derivation. */
export function layOut(root: HTMLElement): void {
  for (const section of root.querySelectorAll<HTMLElement>('.psilab-lines')) {
    const lines = [...section.querySelectorAll<HTMLElement>('.psilab-line')]
    for (const line of lines) {
      line.classList.remove('psilab-stacked')
      for (const side of sidesOf(line)) side.style.fontSize = ''
    }
    const room = widthOf(lines[0]!)
    if (room === 0) continue
    const above = lines.map((line) => {
      const [left, sign, right] = [...line.children].map((part) =>
        widthsOf(part).reduce((sum, width) => sum + width, 0),
      ) as [number, number, number]
      return isStacked(left, sign + right, room)
    })
    for (const [k, line] of lines.entries()) line.classList.toggle('psilab-stacked', above[k])
    for (const line of lines) {
      for (const side of sidesOf(line)) {
        const size = pieceSize(Math.max(...widthsOf(side)), side.clientWidth)
        if (size < 1) side.style.fontSize = `${size}em`
      }
    }
  }
}

function sidesOf(line: HTMLElement): HTMLElement[] {
  return [...line.querySelectorAll<HTMLElement>('.psilab-left, .psilab-right')]
}

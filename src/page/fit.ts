/**
 * Formulas that are wider than their place are set smaller; below a size that can be read they scroll.
 */

/** Size of a formula relative to its text, and the least that it is set at. */
const [SIZE, SMALLEST] = [1.1, 0.6]

/** Share of the place that a fitted formula takes: widths round. */
const FILL = 0.98

/** The size, relative to the text, at which a formula that is `natural` wide at full size fits into `room`. */
export function fittedSize(natural: number, room: number): number {
  if (room <= 0 || natural <= room) return SIZE
  return Math.max(SMALLEST, (SIZE * FILL * room) / natural)
}

/** Set every formula in a figure at the size that fits its place. */
export function fitFormulas(root: HTMLElement): void {
  for (const place of root.querySelectorAll<HTMLElement>('.psilab-equation')) {
    place.style.fontSize = ''
    const natural = place.querySelector('mjx-math')?.getBoundingClientRect().width ?? place.scrollWidth
    const size = fittedSize(natural, place.clientWidth)
    if (size !== SIZE) place.style.fontSize = `${size}em`
  }
}

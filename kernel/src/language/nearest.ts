/**
 * The known name that is meant by one that is not known.
 */

/** How much of a word may be wrong. */
const TOLERANCE = 0.28

/** The name with the fewest slips, if they are few; `undefined` where none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let fewest = Math.max(1, Math.floor(name.length * TOLERANCE)) + 0.5
  for (const known of names) {
    if (known === name || Math.abs(known.length - name.length) >= fewest) continue
    // Case is half a slip; of one letter, a slip is the whole name.
    const lower = slips(name.toLowerCase(), known.toLowerCase())
    const distance = lower === 0 ? 0.5 : lower
    if (distance < fewest && (distance < 1 || name.length > 2)) {
      best = known
      fewest = distance
    }
  }
  return best
}

/**
 * Letters to insert, drop or replace and neighbours to swap, to make one word of the other.
 * Optimal string alignment: F. J. Damerau, Commun. ACM 7 (1964) 171.
 */
function slips(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, beforeLast[j - 2]! + 1)
      }
      row.push(least)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}

/**
 * Seeded random numbers: Marsaglia's xorshift generator of 32 bits (J. Stat. Softw. 8(14), 2003),
 * enough for starting vectors and demonstrations, the same sequence on every machine.
 */

/** A source of uniform numbers in [0, 1). */
export type Random = () => number

/** @param seed any integer; zero is replaced, since the generator has no zero state. */
export function xorshift(seed: number): Random {
  let state = seed | 0 || 0x9e3779b9
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/**
 * Threefry-4x32 with 20 rounds: a bijection of four 32-bit words (the counter) for every key of four, so well mixed
 * that consecutive counters give random numbers. Each pair of words passes through
 *
 *   MIX: a ← a + b,  b ← rotl(b, R) ⊕ a,
 *
 * with the words permuted between the rounds, and every fourth round adds the key anew.
 *
 * Reference: Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC11 (2011).
 */

/** Four 32-bit words. */
export type Block = readonly [number, number, number, number]

/** Rotations of the two pairs in rounds 0–7, then again from the first. */
export const ROTATIONS = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
] as const

/** Rounds, and rounds from one addition of the key to the next. */
export const ROUNDS = 20
export const INJECTED_EVERY = 4

/** The constant of the key schedule: the fifth word of the key is its exclusive or with the other four. */
export const PARITY = 0x1bd11bda

/** The five words of the key schedule. */
export function keySchedule([a, b, c, d]: Block): readonly number[] {
  return [a, b, c, d, PARITY ^ a ^ b ^ c ^ d]
}

/** One block; words in and out are any integers, taken modulo 2³², and come out signed. */
export function threefry(key: Block, counter: Block): Block {
  const schedule = keySchedule(key)
  const x = counter.map((word, i) => (word + schedule[i]) | 0) as [number, number, number, number]
  const mix = (a: number, b: number, bits: number): void => {
    x[a] = (x[a] + x[b]) | 0
    x[b] = ((x[b] << bits) | (x[b] >>> (32 - bits))) ^ x[a]
  }
  for (let round = 0; round < ROUNDS; round++) {
    const [first, second] = ROTATIONS[round % ROTATIONS.length]
    // The permutation of the words is one of names: words 1 and 3 change places each round.
    const even = round % 2 === 0
    mix(0, even ? 1 : 3, first)
    mix(2, even ? 3 : 1, second)
    const injected = (round + 1) / INJECTED_EVERY
    if (Number.isInteger(injected)) {
      for (let i = 0; i < 4; i++) x[i] = (x[i] + schedule[(injected + i) % 5]) | 0
      x[3] = (x[3] + injected) | 0
    }
  }
  return x
}

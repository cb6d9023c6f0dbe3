/**
 * Random numbers that depend on nothing but a seed, a path and how many came before: the seed is a Threefry key, each
 * entry of the path makes a new key of the last by one block, and the numbers are blocks of consecutive counters. Chains,
 * walkers and samples that draw each from a path of its own give the same results in any order and on any number of
 * workers.
 */
import { PsilabError, requireInteger } from '../../error.js'
import { INSPECT } from '../../shown.js'
import { type Block, threefry } from './threefry.js'
import { blockWriter, LANES, MOST_BLOCKS } from './vectors.js'
import { LAYERS, TAIL, ziggurat } from './ziggurat.js'

/** The last word of the counter: 0 for numbers, so that a key never serves for both. */
const CHILD = 1

const ULP = 2 ** -53

/** The bits that name a layer. */
const LAYER = LAYERS - 1

const { unit, inside, heights } = ziggurat()

/** A sequence of random numbers. All methods draw from the one sequence, whatever the sizes asked for. */
export class RandomStream {
  readonly #key: Block
  /** Words that are made and not drawn are those from #at on. */
  #words: Int32Array = NONE
  #at = 0
  /** Counter of the next block. */
  #next = 0

  constructor(key: Block) {
    this.#key = key
  }

  [INSPECT](): string {
    return 'stream of random numbers: uniform(), normal(), at(...path)'
  }

  /**
   * The stream at a path below this one, independent of it and of how much it was drawn from.
   * @param path integers from 0 to 2⁵³ − 1
   */
  at(...path: readonly number[]): RandomStream {
    return new RandomStream(path.reduce<Block>(childKey, this.#key))
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    if (this.#at === this.#words.length) this.#refill()
    const low = this.#words[this.#at++]
    const high = this.#words[this.#at++]
    return ((high >>> 0) * 2 ** 21 + (low >>> 11)) * ULP
  }

  /** Normal of mean 0 and variance 1. */
  normal(): number {
    if (this.#at === this.#words.length) this.#refill()
    const low = this.#words[this.#at++]
    const place = this.#words[this.#at++] * 2 ** 21 + (low >>> 11) + 0.5
    const layer = low & LAYER
    return Math.abs(place) < inside[layer] ? place * unit[layer] : this.#atTheEdge(layer, place * unit[layer])
  }

  /** A whole number from 0 to n − 1, each as likely as any other. @param n an integer from 1 to 2⁵³ */
  integer(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 2 ** 53)) requireInteger('n', n, 1, 2 ** 53)
    // Each value is a bin of so many of the 2⁵³; what is left over is drawn again. The quotient of two such integers
    // does not round up to the next whole number.
    const bin = Math.floor(2 ** 53 / n)
    for (;;) {
      const value = Math.floor((this.uniform() * 2 ** 53) / bin)
      if (value < n) return value
    }
  }

  /** Fills an array as `uniform` would. */
  fillUniform(out: Float64Array): void {
    for (let i = 0; i < out.length; ) {
      if (this.#at === this.#words.length) this.#refill()
      const words = this.#words
      let at = this.#at
      for (const end = Math.min(out.length, i + (words.length - at) / 2); i < end; i++, at += 2)
        out[i] = ((words[at + 1] >>> 0) * 2 ** 21 + (words[at] >>> 11)) * ULP
      this.#at = at
    }
  }

  /** Fills an array as `normal` would. */
  fillNormal(out: Float64Array): void {
    for (let i = 0; i < out.length; ) {
      if (this.#at === this.#words.length) this.#refill()
      const words = this.#words
      let at = this.#at
      for (const end = Math.min(out.length, i + (words.length - at) / 2); i < end; i++) {
        const low = words[at]
        const place = words[at + 1] * 2 ** 21 + (low >>> 11) + 0.5
        const layer = low & LAYER
        at += 2
        if (Math.abs(place) < inside[layer]) out[i] = place * unit[layer]
        else {
          this.#at = at
          out[i++] = this.#atTheEdge(layer, place * unit[layer])
          at = this.#at
          break
        }
      }
      this.#at = at
    }
  }

  /** What a layer gives at a place that is not under the curve for certain: its tail, its wedge, or another draw. */
  #atTheEdge(layer: number, x: number): number {
    if (layer === 0) return this.#tail() * Math.sign(x)
    const height = heights[layer] + this.uniform() * (heights[layer + 1] - heights[layer])
    return height < Math.exp((-x * x) / 2) ? x : this.normal()
  }

  /** |x| given |x| > r (Marsaglia, Technometrics 6, 101 (1964)). */
  #tail(): number {
    for (;;) {
      const beyond = -Math.log(1 - this.uniform()) / TAIL
      if (-2 * Math.log(1 - this.uniform()) >= beyond * beyond) return TAIL + beyond
    }
  }

  /** Makes words: few for a stream that is drawn from little, ever more until a buffer that fits the nearest cache. */
  #refill(): void {
    const blocks = Math.min(MOST_BLOCKS, Math.max(LANES, this.#words.length / 2))
    if (this.#words.length !== 4 * blocks) this.#words = new Int32Array(4 * blocks)
    blockWriter()(this.#key, this.#next, blocks, this.#words)
    this.#next += blocks
    this.#at = 0
  }
}

const NONE = new Int32Array(0)

function childKey(key: Block, entry: number): Block {
  return threefry(key, [...wordsOf('path', entry), 0, CHILD])
}

function wordsOf(parameter: string, value: number): readonly [number, number] {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem: 'out of range',
      allowed: 'an integer from 0 to 2⁵³ − 1',
      got: value,
    })
  return [value | 0, Math.floor(value / 2 ** 32)]
}

/**
 * A stream of random numbers: the same for the same seed and path on every machine, and independent of every other.
 * @param seed an integer from 0 to 2⁵³ − 1
 * @param path integers of the same range: which chain, which walker, which block of samples
 * @throws PsilabError `parameter` for anything else
 * @example
 * randomStream(1).normal()
 * randomStream(1, chain, block).fillNormal(steps)
 */
export function randomStream(seed: number, ...path: readonly number[]): RandomStream {
  return new RandomStream([...wordsOf('seed', seed), 0, 0]).at(...path)
}

/**
 * What is measured. D = ½ throughout, so that H = k²/2 + V.
 *
 * A `strang` item advances ψ by Strang steps whose tables are the same files for every candidate; in the
 * others a candidate may take any way to an answer of the stated accuracy.
 */

/**
 * @typedef {object} Target
 * @property {string} text as it is shown
 * @property {string} of label of the measured candidate, or of a group of them: its fastest member counts
 * @property {string} [to] label of the candidate it is compared with; without it `limit` is in seconds
 * @property {'most' | 'least'} bound `most`: seconds(of)/seconds(to) ≤ limit; `least`: seconds(to)/seconds(of) ≥ limit
 * @property {number} limit
 * @property {'at least' | 'aim'} rank
 */

/**
 * @typedef {object} Item
 * @property {string} id as it is chosen on the command line
 * @property {string} title
 * @property {'strang' | 'accuracy' | 'ground' | 'levels' | 'thermal' | 'dense'} work
 * @property {readonly number[]} shape points along each axis
 * @property {number} length of the box along each axis, which is centred on 0
 * @property {number} steps
 * @property {number} dt
 * @property {boolean} real imaginary time with a real ψ
 * @property {readonly number[]} temperatures
 * @property {number} levels
 * @property {number} tolerance of the check, see accuracy.mjs
 * @property {string} check what is checked, in words
 * @property {string} baseline label of the candidate that ratios are given to
 * @property {readonly Target[]} targets
 */

const nothing = {
  shape: [],
  length: 0,
  steps: 0,
  dt: 0,
  real: false,
  temperatures: [],
  levels: 0,
  targets: [],
}

/** Relative 2-norm of the difference of two fields after the same steps: rounding of some 10⁴ transforms. */
const SAME_STEPS = 1e-11
const FFTW = 'FFTW C, 1 thread'
const FFTW2 = 'FFTW C, 2 threads'
/** Groups: the fastest candidate whose label begins so, at most `threads` threads. */
export const ENGINE = 'ψlab'
export const ENGINE2 = 'ψlab, 2 threads'

/**
 * @param {string} of
 * @param {string} to
 * @param {number} atLeast
 * @param {number} aim
 * @param {string} text
 * @returns {Target[]}
 */
const most = (of, to, atLeast, aim, text) => [
  { text: `${text} ≤ ${atLeast} ×`, of, to, bound: 'most', limit: atLeast, rank: 'at least' },
  { text: `${text} ≤ ${aim} ×`, of, to, bound: 'most', limit: aim, rank: 'aim' },
]

/**
 * @param {string} of
 * @param {string} to
 * @param {number} limit
 * @param {string} text
 * @param {Target['rank']} [rank]
 * @returns {Target[]}
 */
const least = (of, to, limit, text, rank = 'at least') => [{ text, of, to, bound: 'least', limit, rank }]

/**
 * @param {string} of
 * @param {number} limit seconds
 * @param {Target['rank']} rank
 * @returns {Target}
 */
const within = (of, limit, rank) => ({
  text: `≤ ${limit * 1000} ms`,
  of,
  bound: 'most',
  limit,
  rank,
})

/** @type {readonly Item[]} */
export const items = [
  {
    ...nothing,
    id: 'W1',
    title: '1-D, N = 4096, 10 000 Strang steps',
    work: 'strang',
    shape: [4096],
    length: 40,
    steps: 10_000,
    dt: 1e-3,
    tolerance: SAME_STEPS,
    check: 'final ψ beside FFTW’s',
    baseline: FFTW,
    targets: [
      ...most(ENGINE, FFTW, 1.45, 1.2, 'ψlab / FFTW C, one thread'),
      ...least(ENGINE, 'SciPy, 1 worker', 2.2, 'faster than SciPy by ≥ 2.2 ×'),
      ...least(ENGINE, 'pyFFTW, 1 thread', 1, 'level with pyFFTW', 'aim'),
    ],
  },
  {
    ...nothing,
    id: 'W2',
    title: '2-D, 512², 200 Strang steps',
    work: 'strang',
    shape: [512, 512],
    length: 20,
    steps: 200,
    dt: 2e-3,
    tolerance: SAME_STEPS,
    check: 'final ψ beside FFTW’s',
    baseline: FFTW,
    targets: [
      ...most(ENGINE, FFTW, 1.4, 1, 'ψlab / FFTW C, one thread'),
      ...most(ENGINE2, FFTW2, 1.4, 1, 'ψlab / FFTW C, two threads'),
      ...least(ENGINE2, 'Python', 1, 'two threads: faster than every Python peer'),
    ],
  },
  {
    ...nothing,
    id: 'W3',
    title: '3-D, 128³, 20 Strang steps',
    work: 'strang',
    shape: [128, 128, 128],
    length: 16,
    steps: 20,
    dt: 2e-3,
    tolerance: SAME_STEPS,
    check: 'final ψ beside FFTW’s',
    baseline: FFTW,
    targets: [
      ...most(ENGINE, FFTW, 0.9, 0.7, 'ψlab / FFTW C, one thread'),
      ...most(ENGINE2, FFTW2, 0.9, 0.7, 'ψlab / FFTW C, two threads'),
      ...least(ENGINE, 'SciPy, 1 worker', 3, 'faster than SciPy by ≥ 3 ×, one thread'),
      ...least(ENGINE2, 'SciPy, 2 workers', 3, 'faster than SciPy by ≥ 3 ×, two threads'),
    ],
  },
  {
    ...nothing,
    id: 'A1',
    title: '1-D, N = 512, t = 1, V = x²/2 + 0.05x⁴, to an error of 1e-8',
    work: 'accuracy',
    shape: [512],
    length: 20,
    tolerance: 1e-8,
    check: 'ψ beside a Chebyshev series',
    baseline: 'SciPy, Strang',
    targets: [
      within(ENGINE, 2e-4, 'at least'),
      ...least(ENGINE, 'SciPy, Strang', 300, 'faster than SciPy’s Strang by ≥ 300 ×'),
      ...least(ENGINE, 'SciPy, Strang', 500, 'faster than SciPy’s Strang by ≥ 500 ×', 'aim'),
    ],
  },
  {
    ...nothing,
    id: 'W4-1D',
    title: 'ground state, V₁ = (x² − 4)²/8',
    work: 'ground',
    shape: [1024],
    length: 16,
    tolerance: 1e-10,
    check: 'E₀ beside the reference',
    baseline: 'SciPy, dense sinc basis',
  },
  {
    ...nothing,
    id: 'W4-2D',
    title: 'ground state, V₁ + y²/2 + 0.1xy',
    work: 'ground',
    shape: [256, 256],
    length: 16,
    tolerance: 1e-10,
    check: 'E₀ beside the reference',
    baseline: 'SciPy, contracted bases',
    targets: [within(ENGINE, 0.02, 'at least'), within(ENGINE, 0.01, 'aim')],
  },
  {
    ...nothing,
    id: 'W5-1D',
    title: 'lowest 20 eigenpairs, V₁',
    work: 'levels',
    shape: [96],
    length: 18,
    levels: 20,
    tolerance: 1e-8,
    check: 'Eₙ beside the references',
    baseline: 'SciPy, dense sinc basis',
    targets: [within(ENGINE, 2e-3, 'at least'), within(ENGINE, 1e-3, 'aim')],
  },
  {
    ...nothing,
    id: 'W5-2D',
    title: 'lowest 20 eigenpairs, V₁ + y²/2 + 0.1xy',
    work: 'levels',
    shape: [128, 128],
    length: 18,
    levels: 20,
    tolerance: 1e-8,
    check: 'Eₙ beside the references',
    baseline: 'SciPy, contracted bases',
    targets: [within(ENGINE, 0.07, 'at least'), within(ENGINE, 0.025, 'aim')],
  },
  {
    ...nothing,
    id: 'W6',
    title: 'thermodynamic curve of V₁ at 200 temperatures from 0.05 to 5',
    work: 'thermal',
    shape: [256],
    length: 18,
    temperatures: Array.from({ length: 200 }, (_, k) => 0.05 * 100 ** (k / 199)),
    tolerance: 1e-9,
    check: 'F beside the sum over converged levels',
    baseline: 'NumPy, dense sinc basis',
    targets: [within(ENGINE, 0.015, 'at least'), within(ENGINE, 0.005, 'aim')],
  },
  {
    ...nothing,
    id: 'W6-dense',
    title: 'all levels of V₁ on 1024 points, a dense symmetric matrix',
    work: 'dense',
    shape: [1024],
    length: 18,
    tolerance: 1e-8,
    check: 'Eₙ beside LAPACK’s; the greatest are 2·10⁴',
    baseline: 'LAPACK, 1 thread',
    targets: [
      {
        text: 'ψlab / LAPACK, one thread ≤ 1.5 ×',
        of: ENGINE,
        to: 'LAPACK, 1 thread',
        bound: 'most',
        limit: 1.5,
        rank: 'aim',
      },
    ],
  },
  {
    ...nothing,
    id: 'W7',
    title: 'imaginary time, real ψ, 512², 200 Strang steps',
    work: 'strang',
    shape: [512, 512],
    length: 20,
    steps: 200,
    dt: 2e-3,
    real: true,
    tolerance: SAME_STEPS,
    check: 'final ψ beside FFTW’s',
    baseline: FFTW,
    targets: [...most(ENGINE, FFTW, 1.4, 1, 'ψlab / FFTW r2c, one thread')],
  },
]

/**
 * Shapes away from those that the engine was tuned on, each with the tuned one of its dimension, and the steps
 * of one measurement.
 * @type {readonly { shape: readonly number[], tuned: readonly number[], steps: number }[]}
 */
export const offTuned = [
  { shape: [1000], tuned: [4096], steps: 4000 },
  { shape: [3072], tuned: [4096], steps: 1500 },
  { shape: [65536], tuned: [4096], steps: 60 },
  { shape: [384, 384], tuned: [512, 512], steps: 40 },
  { shape: [96, 96, 96], tuned: [128, 128, 128], steps: 10 },
]

/** Most that a point of those may cost beside a point of the tuned shape. */
export const OFF_TUNED = 1.6

/** Lengths of the curve of cost against N. */
export const lengths = [
  64, 128, 256, 512, 1000, 1024, 2048, 3072, 4096, 8192, 16384, 32768, 65536, 131072, 262144,
]

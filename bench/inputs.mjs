/**
 * The inputs of an item as files of doubles in native order, the same for every candidate:
 *
 *   psi.f64      ψ(0)                                   half.f64, whole.f64   e^{−aV/2}, e^{−aV}
 *   k0.f64 …     e^{−aκ²/2} of each axis, FFT order     reference.f64         ψ(1) of the item `accuracy`
 *   matrix.f64   symmetric, of the item `dense`
 *
 * with a = i·dt, complex numbers as (re, im), or with a = dt and real numbers where the item is real. A mode of
 * a plane takes the product of its axes' factors; no table holds the 1/n of a transform.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { coupledOscillators, doubleWell, quartic, ring, wavenumbers } from './potentials.mjs'
import { chebyshevPropagate, sincMatrix } from './references.mjs'

/** Mean, width σ of |ψ|² and wave number of the packet along each axis. */
const PACKET = [
  { x0: -1, sigma: 0.7, k0: 1 },
  { x0: 0.5, sigma: 0.6, k0: -0.5 },
  { x0: 0.3, sigma: 0.8, k0: 0.8 },
]

/**
 * @param {number} d which axis
 * @param {Float64Array} x
 * @param {boolean} real
 * @returns {Float64Array} the packet along one axis, (re, im), normalised on the points
 */
export function packetLine(d, x, real) {
  const { x0, sigma, k0 } = PACKET[d]
  const line = new Float64Array(2 * x.length)
  let norm = 0
  x.forEach((at, j) => {
    const magnitude = Math.exp(-(((at - x0) / (2 * sigma)) ** 2))
    const phase = real ? 0 : k0 * (at - x0)
    line[2 * j] = magnitude * Math.cos(phase)
    line[2 * j + 1] = magnitude * Math.sin(phase)
    norm += magnitude * magnitude
  })
  return line.map((v) => v / Math.sqrt(norm))
}

/**
 * Points of a grid in C order.
 * @param {readonly number[]} shape
 * @param {(index: readonly number[], i: number) => void} visit
 */
function eachPoint(shape, visit) {
  const index = shape.map(() => 0)
  const size = shape.reduce((product, n) => product * n, 1)
  for (let i = 0; i < size; i++) {
    visit(index, i)
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] += 1
      if (index[d] < shape[d]) break
      index[d] = 0
    }
  }
}

/**
 * @typedef {object} Tables
 * @property {Float64Array} psi
 * @property {Float64Array} half
 * @property {Float64Array} whole
 * @property {readonly Float64Array[]} kinetic
 */

/**
 * @param {Pick<import('./items.mjs').Item, 'shape' | 'length' | 'dt' | 'real'>} item
 * @returns {Tables}
 */
export function strangTables({ shape, length, dt, real }) {
  const size = shape.reduce((product, n) => product * n, 1)
  const width = real ? 1 : 2
  const axes = shape.map((n) => ring(n, length))
  const packets = axes.map((x, d) => packetLine(d, x, real))
  const [psi, half, whole] = [0, 1, 2].map(() => new Float64Array(width * size))
  /** @param {Float64Array} table @param {number} i @param {number} exponent e^{−i·exponent}, or e^{−exponent} */
  const set = (table, i, exponent) => {
    if (real) table[i] = Math.exp(-exponent)
    else {
      table[2 * i] = Math.cos(exponent)
      table[2 * i + 1] = -Math.sin(exponent)
    }
  }
  eachPoint(shape, (index, i) => {
    const V = coupledOscillators(index.map((j, d) => axes[d][j]))
    set(half, i, (dt * V) / 2)
    set(whole, i, dt * V)
    let [re, im] = [1, 0]
    for (const [d, j] of index.entries()) {
      const [a, b] = [packets[d][2 * j], packets[d][2 * j + 1]]
      ;[re, im] = [re * a - im * b, re * b + im * a]
    }
    psi[width * i] = re
    if (!real) psi[width * i + 1] = im
  })
  const kinetic = shape.map((n) => {
    const table = new Float64Array(width * n)
    wavenumbers(n, length).forEach((k, j) => {
      set(table, j, (dt * k * k) / 2)
    })
    return table
  })
  return { psi, half, whole, kinetic }
}

/**
 * Writes what the candidates of an item read.
 * @param {string} folder
 * @param {Pick<import('./items.mjs').Item, 'shape' | 'length' | 'dt' | 'real' | 'work'>} item
 */
export function writeInputs(folder, item) {
  mkdirSync(folder, { recursive: true })
  /** @param {string} name @param {Float64Array} values */
  const write = (name, values) => writeFileSync(path.join(folder, `${name}.f64`), values)
  if (item.work === 'strang') {
    const { psi, half, whole, kinetic } = strangTables(item)
    write('psi', psi)
    write('half', half)
    write('whole', whole)
    kinetic.forEach((table, d) => {
      write(`k${d}`, table)
    })
  } else if (item.work === 'accuracy') {
    const x = ring(item.shape[0], item.length)
    const psi = packetLine(0, x, false)
    write('psi', psi)
    write('reference', chebyshevPropagate(psi, x.map(quartic), item.length, 1))
  } else if (item.work === 'dense') {
    write('matrix', sincMatrix(item.shape[0], item.length, doubleWell))
  }
}

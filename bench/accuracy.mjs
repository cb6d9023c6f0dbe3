/** How far a candidate's answer is from the one that it is held to. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { coupledWellLevels, doubleWellFreeEnergies, doubleWellLevels } from './references.mjs'

/** @typedef {import('./items.mjs').Item} Item */

/** @param {string} file */
export function readDoubles(file) {
  const bytes = readFileSync(file)
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
}

/**
 * ‖a − b‖/‖b‖
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function distance(a, b) {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let [difference, norm] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2
    norm += b[i] ** 2
  }
  return Math.sqrt(difference / norm)
}

/** max |a − b| @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function greatest(a, b) {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  return Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0)
}

/**
 * @param {Item} item
 * @param {Float64Array} answer
 * @param {Float64Array} wanted
 */
export const errorOf = (item, answer, wanted) =>
  isField(item) ? distance(answer, wanted) : greatest(answer, wanted)

/** Whether an item's answer is a field, which goes through a file. @param {Item} item */
export const isField = ({ work }) => work === 'strang' || work === 'accuracy'

/**
 * The answer that candidates are held to; undefined where it is that of the item's baseline.
 * @param {Item} item
 * @param {string} folder of the inputs
 * @returns {Float64Array | undefined}
 */
export function expected(item, folder) {
  const plane = item.shape.length === 2
  switch (item.work) {
    case 'strang':
    case 'dense':
      return undefined
    case 'accuracy':
      return readDoubles(path.join(folder, 'reference.f64'))
    case 'ground':
      return (plane ? coupledWellLevels(1) : doubleWellLevels()).slice(0, 1)
    case 'levels':
      return (plane ? coupledWellLevels(item.levels) : doubleWellLevels()).slice(0, item.levels)
    case 'thermal':
      return doubleWellFreeEnergies(item.temperatures)
  }
}

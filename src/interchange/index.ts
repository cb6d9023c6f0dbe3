export { column, coordinates } from './arrays.js'
export { writeCsv } from './csv.js'
export type { NpyArray } from './npy.js'
export { readNpz, writeNpz } from './npz.js'

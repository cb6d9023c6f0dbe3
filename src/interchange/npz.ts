/** NumPy's archive: a zip of .npy files, by the package fflate. Stored with a fixed date, so that equal arrays give equal bytes. */
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { PsilabError } from '../error.js'
import { type NpyArray, readNpy, writeNpy } from './npy.js'
import { DATE } from './zip.js'

/** Largest size that an archive may unpack to. */
const MAX_BYTES = 2 ** 31

/** @returns the bytes of a .npz file that `numpy.load` reads */
export function writeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {}
  for (const [name, array] of Object.entries(arrays))
    files[`${name}.npy`] = [writeNpy(array), { level: 6, mtime: DATE }]
  return zipSync(files)
}

/** @throws PsilabError `too-large` before unpacking more than 2 GiB, `parameter` for what is no .npz */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  let total = 0
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize
        if (total > MAX_BYTES)
          throw new PsilabError({
            code: 'too-large',
            parameter: 'npz',
            problem: 'the archive unpacks to too much',
            allowed: `at most ${MAX_BYTES} bytes`,
            got: total,
          })
        return name.endsWith('.npy')
      },
    })
  } catch (error) {
    if (error instanceof PsilabError) throw error
    throw new PsilabError({
      code: 'parameter',
      parameter: 'npz',
      problem: 'not a .npz archive',
      got: String(error),
    })
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name.replace(/\.npy$/, ''), readNpy(file)]),
  )
}

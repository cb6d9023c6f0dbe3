import { describe, expect, it } from 'vitest'
import { column, readNpz, writeNpz } from '../../../src/interchange/index.js'
import { writeNpy } from '../../../src/interchange/npy.js'
import { qde, wavePacket } from '../../../src/qde/index.js'

const psi = {
  dtype: 'complex128',
  shape: [2, 3],
  data: Float64Array.from({ length: 12 }, (_, i) => i / 7 - 1),
} as const
const archive = writeNpz({ x: column(Float64Array.of(1, -2.5, Number.POSITIVE_INFINITY)), psi })

describe('npz', () => {
  it('reads back what was written, to the bit', () => {
    const back = readNpz(archive)
    expect(Object.keys(back)).toEqual(['x', 'psi'])
    expect(back['psi']).toEqual(psi)
    expect(Array.from(back['x'].data)).toEqual([1, -2.5, Number.POSITIVE_INFINITY])
  })

  it('has the header that numpy.save writes, padded to 128 bytes', () => {
    const file = writeNpy(psi)
    const header = "\x93NUMPY\x01\x00v\x00{'descr': '<c16', 'fortran_order': False, 'shape': (2, 3), }"
    expect(Buffer.from(file.subarray(0, 128)).toString('latin1')).toBe(`${header.padEnd(127)}\n`)
    expect(file.length).toBe(128 + 12 * 8)
    expect(new DataView(file.buffer).getFloat64(128 + 8, true)).toBe(1 / 7 - 1)
  })

  it('gives equal bytes for equal arrays', () => {
    expect(writeNpz({ psi })).toEqual(writeNpz({ psi }))
  })

  it('refuses data that do not fill the shape, and files that are none', () => {
    expect(() => writeNpz({ psi: { ...psi, shape: [5] } })).toThrow(
      /does not fill the shape \(5\).*10 numbers; got 12/,
    )
    expect(() => readNpz(Uint8Array.of(1, 2, 3))).toThrow(/not a \.npz archive/)
    expect(() => readNpz(archive.slice(0, archive.length - 40))).toThrow()
  })
})

describe('results', () => {
  const well = qde({ objective: 'x^2/2', D: 0.5 })

  it('an evolution writes its states and a table of its observables', () => {
    const run = well.evolve(wavePacket({ x0: 1, sigma: 0.5, k0: 1 }), { until: 1, frames: 4 })
    const { x, psi, times, energies } = readNpz(run.toNpz())
    expect(psi.shape).toEqual([5, x.data.length])
    expect(psi.data.slice(-2 * x.data.length)).toEqual(run.final.values)
    expect(times.data).toEqual(run.times)
    expect(energies.data).toEqual(run.energies)
    const lines = run.toCsv().trimEnd().split('\n')
    expect(lines[0]).toBe('t,energy,log_norm,mean_x,variance_x,current_x,survival_re,survival_im')
    expect(lines).toHaveLength(6)
    expect(Number(lines[5].split(',')[3])).toBeCloseTo(run.final.mean()[0], 12)
  })

  it('levels and thermodynamics write theirs', () => {
    const levels = well.eigenstates(3)
    expect(readNpz(levels.toNpz())['states'].shape).toEqual([3, levels.grid.size])
    expect(levels.toCsv().split('\n')[1]).toMatch(/^0,0\.\d+,/)
    const curves = well.thermodynamics({ temperatures: [1, 2] })
    expect(readNpz(curves.toNpz())['U'].data).toEqual(curves.U)
    expect(curves.toCsv().split('\n')[0]).toBe('T,Z,F,U,S,C')
  })
})

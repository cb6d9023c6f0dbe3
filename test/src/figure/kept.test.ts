import { describe, expect, it } from 'vitest'
import {
  type EvolutionFigure,
  type Figure,
  hasNothingDrawn,
  kept,
  type LiveEvolution,
  pack,
  saved,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import {
  derivationSample,
  eigenstatesSample,
  evolutionSample,
  fieldSample,
  landscapeSample,
  panelsSample,
  problemSample,
  thermodynamicsSample,
} from './samples.js'

const packet: LiveEvolution = {
  computation: 'evolution',
  controls: [],
  objective: { variables: ['x'], tex: 'x', text: 'x', value: ['$x'] },
  grid: {},
  from: 0,
  reading: 'born',
  initial: { form: 'packet', center: [0], sigma: [1], momentum: [0] },
  until: 1,
  frames: 10,
  angle: 0,
}

const sampled: LiveEvolution = {
  ...packet,
  objective: { variables: ['x'], tex: 'x', text: 'x', zeta: pack([0, 1, 2]) },
}

const evolution = saved(evolutionSample()) as EvolutionFigure
const all: readonly Figure[] = [
  evolution,
  problemSample(),
  fieldSample(),
  eigenstatesSample(),
  thermodynamicsSample(),
  landscapeSample(),
  panelsSample(),
  derivationSample(),
].map(saved)
const size = (figure: Figure): number => JSON.stringify(figure).length

describe('what is kept of a figure', () => {
  it.each(all)('is a valid figure of the same problem and provenance: $kind', (figure) => {
    for (const what of ['full', 'preview', 'none'] as const) {
      const { title, alt, problem, provenance } = validateFigure(kept(figure, what))
      expect({ title, alt, problem, provenance }).toEqual({
        title: figure.title,
        alt: figure.alt,
        problem: figure.problem,
        provenance: figure.provenance,
      })
    }
  })

  it.each(all)('is all of it in full, less in a preview, and least where nothing is: $kind', (figure) => {
    expect(kept(figure, 'full')).toBe(figure)
    expect(size(kept(figure, 'preview'))).toBeLessThanOrEqual(size(figure))
    if (figure.kind === 'derivation') expect(kept(figure, 'none')).toBe(figure)
    else expect(JSON.stringify(kept(figure, 'none'))).not.toContain('"dtype"')
  })

  it('is in a preview some frames bit by bit, the first and the last among them', () => {
    const preview = kept(evolution, 'preview') as EvolutionFigure
    const [times, before] = [unpack(preview.times), unpack(evolution.times)]
    expect(times.length).toBeLessThanOrEqual(24)
    expect(times.length).toBeLessThan(before.length)
    expect([times[0], times.at(-1)]).toEqual([before[0], before.at(-1)])
    const n = evolution.x.shape[0]!
    const [phase, phases] = [unpack(preview.phase), unpack(evolution.phase)]
    times.forEach((time, k) => {
      const at = before.indexOf(time)
      expect(phase.slice(k * n, (k + 1) * n)).toEqual(phases.slice(at * n, (at + 1) * n))
    })
  })

  it('has in a preview fields to half a step of 255', () => {
    const preview = kept(evolution, 'preview') as EvolutionFigure
    const n = evolution.x.shape[0]!
    const [coarse, fine] = [unpack(preview.magnitude), unpack(evolution.magnitude)]
    const half = preview.magnitude.scale / 2
    for (let i = 0; i < n; i++) expect(Math.abs(coarse[i]! - fine[i]!)).toBeLessThanOrEqual(half * 1.000001)
    expect(half).toBeLessThanOrEqual(Math.max(...fine) / 510)
  })

  it('computes anew from the same numbers, and without any where those are data', () => {
    const { live } = kept({ ...evolution, live: sampled }, 'preview')
    expect(unpack((live as LiveEvolution).objective.zeta!)).toEqual(Float64Array.of(0, 1, 2))
    expect(kept({ ...evolution, live: packet }, 'none').live).toBe(packet)
    expect(kept({ ...evolution, live: sampled }, 'none').live).toBeUndefined()
  })

  it('is told apart from what can be drawn', () => {
    for (const figure of all) {
      expect(hasNothingDrawn(figure)).toBe(false)
      expect(hasNothingDrawn(kept(figure, 'none'))).toBe(figure.kind !== 'derivation')
    }
  })
})

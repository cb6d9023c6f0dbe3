import { afterEach, expect, it } from 'vitest'
import { type Figure, validateFigure } from '../../../src/figure/index.ts'
import * as psilab from '../../../src/index.ts'
import { PROGRESS, type Progress, type Snapshot } from '../../../src/progress/index.ts'

const host = globalThis as {
  [PROGRESS]?: () => ((progress: Progress, snapshot?: Snapshot) => void) | undefined
}

afterEach(() => {
  delete host[PROGRESS]
})

const well = psilab.qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.5 })
const data = psilab.gaussianMixture({ weights: [0.3, 0.7], means: [-2, 1], variances: [0.25, 0.16] })
const model = psilab.diffusionModel({ schedule: psilab.variancePreserving(), data })
const spins = { spins: 4, energy: (s: readonly number[]) => s[0]! * s[1]! + 0.3 * s[2]!, until: 20 }

const RUNS = {
  'a wave function': () =>
    well.evolve(psilab.wavePacket({ x0: 1, sigma: 0.2 }), { until: 40, frames: 10 }).figure(),
  'a density that is cooled': () =>
    psilab.anneal(well, { schedule: psilab.geometric(1, 0.05), until: 10, time: 'classical' }).figure(),
  spins: () => psilab.annealSpins({ ...spins, schedule: psilab.linear(4, 0.1) }).figure(),
  'samples of a diffusion model': () => model.sample({ samples: 8192, seed: 1 }).figure(),
  'an ensemble of particles': () =>
    psilab.langevinEnsemble('x^2/2', { D: 0.5, step: 0.1, steps: 40, particles: 40_000 }).figure(),
  'a path integral': () => psilab.pathIntegral(well, { beta: 2, beads: 16, samples: 16_384 }).figure(),
}

/** A clock on which every look takes longer than the time between two reports. */
const SECOND = 1000

/** Share of a run between two looks at what it has. */
const STRIDE = 0.05

it.each(Object.entries(RUNS))('%s is a figure at every stage, of the kind of the last', (_, run) => {
  const clock = performance.now
  let now = 0
  performance.now = () => (now += SECOND)
  const shown: Figure[] = []
  let looked = 0
  host[PROGRESS] =
    () =>
    ({ fraction }, snapshot) => {
      if (fraction < looked) return
      looked = fraction + STRIDE
      const figure = snapshot?.()
      if (figure) shown.push(figure as Figure)
    }
  try {
    const last = run()
    expect(shown.length).toBeGreaterThan(1)
    for (const figure of shown) {
      validateFigure(figure)
      expect(figure.kind).toBe(last.kind)
    }
  } finally {
    performance.now = clock
  }
})

/** What all results have in common: their numbers come out as a table and as arrays, by the same two calls. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Drawable } from '../../src/figure/index.ts'
import * as psilab from '../../src/index.ts'
import { at } from '../../tools/setup/paths.mjs'
import { filesIn } from '../../tools/setup/stamp.mjs'
import { csvRows } from './figure/export/_decode.ts'

const { qde, wavePacket } = psilab

const well = qde({ objective: '(x^2 - 1)^2', D: 0.5 })
const coarse = qde({ objective: 'x^2/2', D: 0.5, grid: { lower: -6, upper: 6, points: 32 } })
const cubic = qde({ objective: 'x^2/2 - g*x^3', parameters: { g: 0.15 }, D: 0.5 })
const packet = wavePacket({ x0: 1, sigma: 0.2, k0: 0 })
const schedule = psilab.variancePreserving()
const data = psilab.gaussianMixture({ weights: [0.3, 0.7], means: [-2, 1], variances: [0.25, 0.16] })
const model = psilab.diffusionModel({ schedule, data })
const ends = {
  from: psilab.gaussianMixture({ means: [-1], variances: 0.2 }),
  to: psilab.gaussianMixture({ means: [1], variances: 0.2 }),
  D: 0.5,
}

/** One of each, as small as they come. */
const RESULTS: Readonly<Record<string, () => Drawable>> = {
  Annealing: () => psilab.anneal(well, { schedule: psilab.geometric(1, 0.2), until: 1, time: 'imaginary' }),
  ClassicalLimit: () => well.classicalLimit({ beta: 1 }),
  Comparison: () =>
    psilab.compare('x^2', [psilab.gradientDescent({ learningRate: 0.1 })], { start: [1], evaluations: 10 }),
  Decay: () => psilab.decay(cubic),
  DensityEvolution: () =>
    psilab.fokkerPlanck('x^2/2', { D: 0.5 }).evolve({ x0: 1, sigma: 0.1 }, { until: 0.1, frames: 2 }),
  Derivation: () => psilab.derive.wickRotation(),
  Descent: () => psilab.adam({ learningRate: 0.1 }).run('x^2', { start: [1], evaluations: 10 }),
  DiffusionModel: () => model,
  DiffusionSamples: () => model.sample({ samples: 50, steps: 4, seed: 1 }),
  DoobTransform: () => psilab.doobTransform(well),
  Eigenstates: () => well.eigenstates(2),
  Ensemble: () => psilab.ensemble([0, 1, 2]),
  Evolution: () => well.evolve(packet, { until: 0.1, frames: 2 }),
  FlatAgainstSharp: () =>
    psilab.flatAgainstSharp(qde({ objective: '(x^2-1)^2+0.1*x', D: 0.5 }), { from: 0.5, to: 0.3 }),
  FokkerPlanck: () => psilab.fokkerPlanck('(x^2 - 1)^2/4', { D: 0.1 }),
  GaussianBridge: () => psilab.schrodingerBridge.gaussian(ends),
  GridBridge: () => psilab.schrodingerBridge.grid(ends),
  GroundStateSoftmax: () => psilab.groundStateSoftmax(well),
  Landscape: () => psilab.landscape([qde({ objective: 'x^2 + y^2', D: 0.5 })]),
  LangevinEnsemble: () => psilab.langevinEnsemble('x^2/2', { D: 0.5, step: 0.1, steps: 4, particles: 64 }),
  LevelDiagram: () => psilab.levelDiagram([well], { levels: 2 }),
  NaiveReversal: () => psilab.naiveReversal({ data, samples: 500 }),
  PacketTransmission: () =>
    psilab.packetTransmission(qde({ objective: 'exp(-x^2)', D: 0.5 }), { x0: -6, k0: 2, sigma: 1 }),
  PathIntegral: () => psilab.pathIntegral(well, { beta: 1, beads: 2, samples: 64 }),
  PhaseSpace: () => psilab.phaseSpace(coarse.eigenstates(1).states[0]!),
  Portrait: () => well.portrait(well.eigenstates(1).states[0]!),
  Problem: () => well,
  QdeComparison: () => model.compareWithQde({ times: [1] }),
  QuantumSoftmax: () => psilab.quantumSoftmax([0, 1, 2], { D: 1 }),
  Resonances: () => psilab.resonances(cubic),
  SampleBridge: () => psilab.schrodingerBridge.samples({ from: [0, 1], to: [1, 2], D: 0.5 }),
  SgdNoise: () => psilab.sgdNoise({ covariance: 1, hessian: 1 }, { learningRate: 0.1 }),
  Softmax: () => psilab.softmax([2, 1, 0.1]),
  SoftmaxRoutes: () => psilab.softmaxRoutes({ logits: [2, 1, 0.1] }),
  StateCooling: () => well.stateCooling(packet, { until: 1, points: 2 }),
  SweepTable: () => psilab.sweepTable([{ D: 1, gap: 2 }]),
  ThermalDensityMatrix: () => well.densityMatrix({ beta: 1 }),
  ThermalState: () =>
    psilab.thermalState(
      [
        [0, 1],
        [1, 0],
      ],
      1,
    ),
  Thermodynamics: () => well.thermodynamics(),
  Transmission: () => qde({ objective: '1/cosh(x)^2', D: 0.5 }).transmission({ energies: [0.5, 1] }),
  Tunnelling: () => psilab.tunnelling(qde({ objective: '(x^2 - 1)^2', D: 0.05 })),
  TunnellingTable: () => psilab.tunnellingTable([0.2, 0.1].map((D) => qde({ objective: '(x^2 - 1)^2', D }))),
  TwoLevels: () => psilab.twoLevels({ epsilon: 1, delta: 0.3 }),
}

/** What holds words alone. */
const WORDS = ['Derivation']

it.each(Object.entries(RESULTS))('%s writes its numbers', async (name, make) => {
  const result = make()
  expect(result.constructor.name).toBe(name)
  const [head, ...rows] = csvRows(result.toCsv())
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head!.length]))
  expect(new Set(head).size).toBe(head!.length)
  expect(csvRows(new TextDecoder().decode(await result.export('csv')))).toEqual([head, ...rows])
  if (WORDS.includes(name)) {
    expect(() => result.toNpz()).toThrow('holds words and no arrays')
    return
  }
  const arrays = psilab.readNpz(result.toNpz())
  const numbers = Object.values(arrays).flatMap(({ data }) => [...data])
  expect(numbers.some(Number.isFinite)).toBe(true)
  expect(Object.keys(psilab.readNpz(await result.export('npz')))).toEqual(Object.keys(arrays))
})

it('no result is left out', () => {
  const classes = filesIn(at('src'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^export class (\w+) extends Drawable/gm)])
  expect(classes.map(([, name]) => name).sort()).toEqual(Object.keys(RESULTS).sort())
})

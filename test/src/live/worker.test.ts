import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { attach, detach, type Figure } from '../../../src/figure/index.js'
import type { Reply, Request, Scope } from '../../../src/live/index.js'
import { phaseSpace } from '../../../src/phase/index.js'
import { qde } from '../../../src/qde/index.js'
import { liveWorker } from '../../../tools/live-worker.mjs'

/** Bytes of the script, compressed: what is left of 400 KB beside the charts' 270. */
const MOST = 133_120

/** Types of this realm, which the figure's arrays are of. */
const INTRINSIC = { atob, btoa, Float64Array, Uint8Array, ArrayBuffer }

describe('the script of the worker', () => {
  let script: string
  beforeAll(async () => {
    script = await liveWorker()
  })

  test('is small enough to lie in every page', () => {
    expect(gzipSync(script, { level: 9 }).length).toBeLessThan(MOST)
  })

  const oscillator = qde({ objective: 'x^2', D: 0.5 })
  test.each<[string, Figure]>([
    ['eigenstates', oscillator.eigenstates(2).figure()],
    ['thermodynamics, by closed forms', oscillator.thermodynamics({ temperatures: [1] }).figure()],
    ['a density matrix, by closed forms', oscillator.densityMatrix({ beta: 1 }).figure()],
    ['phase space', phaseSpace(oscillator.groundState().state).figure()],
  ])('computes in a scope that has nothing but what a worker has: %s', async (_, figure) => {
    const reply = await new Promise<Reply>((resolve) => {
      const scope: Scope & Record<string, unknown> = {
        onmessage: null,
        postMessage: resolve,
        performance,
        setTimeout,
        clearTimeout,
        WebAssembly,
        TextEncoder,
        TextDecoder,
        console: {},
        ...INTRINSIC,
      }
      const context = createContext(scope)
      runInContext(script, context)
      const send = (data: Request): void => {
        scope.onmessage!({ data })
      }
      send({ type: 'open', ...detach(figure) })
      send({ type: 'compute', id: 7, values: { D: 2 }, frame: 0, whole: true })
    })
    if (reply.type !== 'figure') throw new Error(JSON.stringify(reply))
    expect(reply.id).toBe(7)
    expect(attach(reply.figure, reply.buffers).problem!.D).toBe(2)
  })
})

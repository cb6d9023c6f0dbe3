import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Stream } from '../../../extension/src/stream/stream.ts'
import { detach } from '../../../src/figure/index.js'
import { evolutionSample } from '../../src/figure/samples.js'

const sent: Readonly<Record<string, unknown>>[] = []
const channel = { isDisposed: false, send: (data: Readonly<Record<string, unknown>>) => void sent.push(data) }

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', { visibilityState: 'visible' })
  sent.length = 0
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const { figure, buffers } = detach(evolutionSample(0))
const message = (frame: number, payload: unknown) => ({ frame, at: 0, figure: payload, kept: [] })
const views = (): ArrayBufferView[] => [...buffers]

test('a frame that cannot be drawn is said and given back, and the next one is drawn', () => {
  const stream = new Stream('name', channel)
  const hostile = { ...(figure as object), version: 99 }
  expect(stream.receive(message(1, hostile), views())).toBe(false)
  expect(sent).toMatchObject([{ back: 1 }])
  expect(stream.state.refused).toMatch(/version 99/)
  expect(stream.last).toBeUndefined()
  expect(stream.receive(message(2, figure), views())).toBe(true)
  expect(stream.state.refused).toBeUndefined()
  stream.end('')
})

test('a frame that stands on one which never came asks for all of it', () => {
  const stream = new Stream('name', channel)
  expect(stream.receive({ ...message(3, figure), kept: [0] }, [])).toBe(false)
  expect(sent).toMatchObject([{ ready: expect.any(String) }])
  stream.end('')
})

import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { qde, wavePacket } from '../../../src/qde/index.js'

it.each([
  ['a wave packet', wavePacket({ x0: 1, sigma: 0.5 })],
  ['precise levels', qde({ objective: 'x^2/2', D: 0.5 }).eigenstates(2, { digits: 30 })],
])('%s prints as its text', (_, value) => {
  expect(inspect(value)).toBe(String(value))
  expect(String(value)).not.toContain('[object')
})

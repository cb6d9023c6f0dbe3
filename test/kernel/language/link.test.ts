import { expect, it } from 'vitest'
import { FrameReader } from '../../../kernel/src/channel/frames.js'
import { encodeCall } from '../../../kernel/src/language/link.js'
import type { Call } from '../../../kernel/src/language/protocol.js'

it.each([[[]], [[3, undefined]], [[undefined]], [['a', 0, undefined]], [[1, false]]])(
  'arguments %j arrive with what is left out left out',
  (args) => {
    const frame = Buffer.from(encodeCall({ id: 7, method: 'commit', args }))
    const [received] = new FrameReader<Call>().push(frame)
    const take = (...given: readonly unknown[]): unknown[] => [given[0], given[1], given[2]]
    expect(received!.head).toMatchObject({ id: 7, method: 'commit' })
    expect(take(...received!.head.args)).toEqual(take(...args))
  },
)

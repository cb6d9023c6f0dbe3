import { describe, expect, it } from 'vitest'
import { Outbox } from '../../../kernel/src/wire/outbox.js'

/** A socket that, like ZeroMQ's, refuses a second send before the first has ended. */
function strictSocket(): { got: string[]; send: (frames: unknown[]) => Promise<void> } {
  const got: string[] = []
  let busy = false
  return {
    got,
    async send([frame]) {
      if (busy) throw new Error('Socket is busy writing')
      busy = true
      await new Promise((resolve) => setImmediate(resolve))
      busy = false
      got.push(String(frame))
    },
  }
}

describe('Outbox', () => {
  it('sends all messages in order, one at a time', async () => {
    const socket = strictSocket()
    const outbox = new Outbox(socket)
    const messages = Array.from({ length: 600 }, (_, i) => `m${i}`)
    for (const message of messages) outbox.send([message])
    await outbox.drained()
    expect(socket.got).toEqual(messages)
  })

  it('starts again after it was empty', async () => {
    const socket = strictSocket()
    const outbox = new Outbox(socket)
    outbox.send(['a'])
    await outbox.drained()
    outbox.send(['b'])
    await outbox.drained()
    expect(socket.got).toEqual(['a', 'b'])
  })

  it('goes on after a send that fails', async () => {
    const got: string[] = []
    const outbox = new Outbox({
      async send([frame]) {
        if (frame === 'bad') throw new Error('closed')
        got.push(String(frame))
      },
    })
    for (const message of ['a', 'bad', 'b']) outbox.send([message])
    await outbox.drained()
    expect(got).toEqual(['a', 'b'])
  })
})

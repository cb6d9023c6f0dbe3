/**
 * `prompt`: a question to the user that the program waits for, by a blocking read.
 */
import { readSync } from 'node:fs'
import { decodeFrame } from '../channel/frames.js'
import { type InputReply, PIPES } from '../channel/protocol.js'
import { Interrupted } from './interrupt.js'
import { report } from './output.js'
import { currentRun } from './runs.js'

/** Running cells whose front end can be asked, by the numbers of their runs. */
const askable = new Set<number>()

/** Tells whether the front end that runs a cell can be asked; when the cell has ended it can not. */
export function allowInput(run: number, value: boolean): void {
  if (value) askable.add(run)
  else askable.delete(run)
}

/** Thrown when nobody can be asked. */
class InputNotAllowed extends Error {
  override readonly name = 'InputNotAllowed'
}

/**
 * Asks the user for a line of text and waits for it.
 *
 * @param message What is asked. Default nothing.
 * @param options `password`: hide what is typed. Default `false`.
 * @returns The text, without a line end.
 */
export function prompt(message = '', options: { readonly password?: boolean } = {}): string {
  if (!askable.has(currentRun())) {
    throw new InputNotAllowed(
      'prompt() asks while its cell runs, in a front end that can ask; this cell has ended, or runs without a user.',
    )
  }
  report({
    type: 'input',
    run: currentRun(),
    prompt: String(message),
    password: options.password ?? false,
  })
  const { head } = decodeFrame<InputReply>(read(read(4).readUInt32LE(0)))
  if (head.type === 'interrupted') throw new Interrupted()
  return head.text
}

function read(length: number): Buffer {
  const buffer = Buffer.alloc(length)
  for (let at = 0; at < length; ) {
    const count = readSync(PIPES.input, buffer, at, length - at, null)
    if (count === 0) throw new Error('The kernel closed the input.')
    at += count
  }
  return buffer
}

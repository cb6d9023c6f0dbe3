/**
 * `prompt`: a question to the user that the program waits for, by a blocking read.
 */
import { readSync } from 'node:fs'
import { decodeFrame } from '../channel/frames.js'
import { type InputReply, PIPES } from '../channel/protocol.js'
import { Interrupted } from './interrupt.js'
import { report } from './output.js'
import { currentRun } from './runs.js'

let allowed = false

/** Tells whether the front end that runs the cell can be asked. */
export function allowInput(value: boolean): void {
  allowed = value
}

/**
 * Asks the user for a line of text and waits for it.
 *
 * @param message What is asked. Default nothing.
 * @param options `password`: hide what is typed. Default `false`.
 * @returns The text, without a line end.
 */
export function prompt(message = '', options: { readonly password?: boolean } = {}): string {
  if (!allowed)
    throw new Error('prompt() needs a front end that can ask; this one runs the cell without a user.')
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

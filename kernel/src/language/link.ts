/**
 * The pipe between the front process and the process of the language service: frames without parts, both ways.
 */
import { encodeFrame } from '../channel/frames.js'
import type { Answer, Call } from './protocol.js'

/** Its file descriptor in the process of the language service. */
export const LINK = 3

/** What that process says first. Calls count from 1. */
export const READY: Answer = { id: 0, value: undefined }

/** A call as a frame. What is left out at the end stays out: JSON would make it `null`. */
export function encodeCall({ args, ...call }: Call): Uint8Array {
  return encodeFrame({ ...call, args: args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1) })
}

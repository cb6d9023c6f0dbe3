/**
 * The pipe between the front process and the process of the language service: frames without parts, both ways.
 */
import type { Answer } from './protocol.js'

/** Its file descriptor in the process of the language service. */
export const LINK = 3

/** What that process says first. Calls count from 1. */
export const READY: Answer = { id: 0, value: undefined }

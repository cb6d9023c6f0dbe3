/**
 * The names that every cell has from the kernel itself; their types are this module's.
 */
export type { MimeBundle } from './bundle.js'
export { type Comm, type CommExtras, type CommMessage, comms } from './comm.js'
export {
  clearOutput,
  type Display,
  type DisplayHandle,
  display,
  type ImageOptions,
  type TableOptions,
} from './display.js'
export { prompt } from './input.js'
export {
  type ProgressBar,
  type ProgressBarOptions,
  type ProgressFunction,
  progress,
} from './progress/progress.js'

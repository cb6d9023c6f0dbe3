export {
  type DriveOptions,
  type Halt,
  INTERRUPTED,
  PROGRESS,
  type Progress,
  requireDriving,
  Watchman,
} from './watchman.js'

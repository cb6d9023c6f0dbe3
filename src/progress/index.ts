export {
  type DriveOptions,
  type Halt,
  INTERRUPTED,
  PROGRESS,
  type Progress,
  requireDriving,
  type Snapshot,
  Watchman,
} from './watchman.js'

export {
  type DriveOptions,
  type Halt,
  INTERRUPTED,
  type Progress,
  requireDriving,
  Watchman,
} from './watchman.js'

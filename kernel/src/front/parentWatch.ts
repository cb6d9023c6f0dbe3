/**
 * Notices that the process which started the kernel is gone.
 */

/** Milliseconds between two looks. */
const INTERVAL = 1000

/** Calls `gone` once Jupyter, whose process id is in JPY_PARENT_PID, no longer runs. */
export function watchParent(gone: () => void): void {
  const parent = Number(process.env.JPY_PARENT_PID)
  if (!(parent > 1)) return
  const starter = process.ppid
  const timer = setInterval(() => {
    if (runs(parent) && process.ppid === starter) return
    clearInterval(timer)
    gone()
  }, INTERVAL)
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user runs, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

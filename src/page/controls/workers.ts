/** Whether this page lets scripts of its own run beside it: its policy may forbid workers from blob URLs. */

let asked: Promise<boolean> | undefined

/** Tried once in a page. */
export function hasWorkers(): Promise<boolean> {
  asked ??= new Promise((tell) => {
    const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }))
    try {
      const worker = new Worker(url)
      const answer = (answers: boolean) => (): void => {
        worker.terminate()
        URL.revokeObjectURL(url)
        tell(answers)
      }
      worker.onmessage = answer(true)
      worker.onerror = answer(false)
    } catch {
      tell(false)
    }
  })
  return asked
}

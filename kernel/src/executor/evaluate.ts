/**
 * Evaluation of a script by V8 in its REPL mode: top-level `await`, names that stay and may be declared again.
 */
import { Session } from 'node:inspector'
import { beginCell, endOfStatement, epoch, Interrupted } from './interrupt.js'
import { reach, scriptName } from './scripts.js'

const session = new Session()
session.connect()
// Node waits, and says so, for inspectors that are connected when a process ends.
process.once('exit', () => session.disconnect())

/** Where {@link HAND_OVER} puts what a cell has thrown. */
export const caught: { value: unknown } = { value: undefined }

/** Run by the inspector on a thrown object: the way from its handle to the object itself. */
const HAND_OVER = 'function () { __psilab__.caught.value = this }'

/** Runs the script to its end. Throws what the script throws, and Interrupted where a run in it was stopped. */
export async function evaluate(script: string, run: number): Promise<void> {
  beginCell(run)
  const began = epoch()
  const objectGroup = scriptName(run)
  const details = await new Promise<RemoteException | undefined>((resolve, reject) => {
    session.post(
      'Runtime.evaluate',
      {
        expression: `${script}\n//# sourceURL=${scriptName(run)}`,
        objectGroup,
        replMode: true,
        awaitPromise: true,
        silent: true,
      },
      (error, answer?: Answer) =>
        error ? reject(explain(error, began)) : resolve(answer?.exceptionDetails?.exception),
    )
  })
  const thrown = details && (await thrownValue(details))
  // Else the inspector would hold what the cell has thrown, or what its last statement came to.
  session.post('Runtime.releaseObjectGroup', { objectGroup })
  if (thrown) throw thrown.value
  reach(run, Number.MAX_SAFE_INTEGER)
  endOfStatement(run)
}

interface Answer {
  readonly exceptionDetails?: { readonly exception?: RemoteException }
}

interface RemoteException {
  readonly objectId?: string | undefined
  readonly value?: unknown
  readonly unserializableValue?: string | undefined
  readonly description?: string | undefined
}

/** What was thrown, in a box: it may be a promise, which is not to be awaited. */
async function thrownValue(exception: RemoteException): Promise<{ readonly value: unknown }> {
  const { objectId } = exception
  // Plain values come by value, those that JSON lacks by their text.
  if (!objectId) return { value: 'value' in exception ? exception.value : primitiveOf(exception) }
  return new Promise((resolve) => {
    session.post('Runtime.callFunctionOn', { objectId, functionDeclaration: HAND_OVER }, () => {
      // Now, before another shell's cell throws.
      resolve({ value: caught.value })
      caught.value = undefined
    })
  })
}

function primitiveOf({ unserializableValue, description }: RemoteException): unknown {
  if (unserializableValue === undefined) return description
  return unserializableValue.endsWith('n')
    ? BigInt(unserializableValue.slice(0, -1))
    : Number(unserializableValue)
}

function explain(error: Error, began: number): Error {
  // An interrupt that came just before the cell may have V8 end the cell.
  if (epoch() !== began || error.message.includes('Execution was terminated')) return new Interrupted()
  if (error.message === 'Promise was collected') {
    return new Error('The cell awaits a promise that nothing can settle any more.')
  }
  return new Error(error.message)
}

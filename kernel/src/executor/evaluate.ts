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

/** Objects that the inspector holds for one evaluation. */
const GROUP = 'cell'

/** Where {@link HAND_OVER} puts what a cell has thrown. */
export const caught: { value: unknown } = { value: undefined }

/** Run by the inspector on a thrown object: the way from its handle to the object itself. */
const HAND_OVER = 'function () { __psilab__.caught.value = this }'

/** Runs the script to its end. Throws what the script throws, and Interrupted where a run in it was stopped. */
export async function evaluate(script: string, run: number): Promise<void> {
  beginCell(run)
  const began = epoch()
  const details = await new Promise<RemoteException | undefined>((resolve, reject) => {
    session.post(
      'Runtime.evaluate',
      {
        expression: `${script}\n//# sourceURL=${scriptName(run)}`,
        objectGroup: GROUP,
        replMode: true,
        awaitPromise: true,
        silent: true,
      },
      (error, answer?: Answer) =>
        error ? reject(explain(error, began)) : resolve(answer?.exceptionDetails?.exception),
    )
  })
  if (!details) {
    reach(run, Number.MAX_SAFE_INTEGER)
    endOfStatement(run)
    return
  }
  const thrown = await thrownValue(details)
  session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP })
  throw thrown
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

async function thrownValue(exception: RemoteException): Promise<unknown> {
  const { objectId } = exception
  // Plain values come by value, those that JSON lacks by their text.
  if (!objectId) return 'value' in exception ? exception.value : primitiveOf(exception)
  await new Promise<void>((resolve) => {
    session.post('Runtime.callFunctionOn', { objectId, functionDeclaration: HAND_OVER }, () => resolve())
  })
  const { value } = caught
  caught.value = undefined
  return value
}

function primitiveOf({ unserializableValue, description }: RemoteException): unknown {
  if (unserializableValue === undefined) return description
  return unserializableValue.endsWith('n')
    ? BigInt(unserializableValue.slice(0, -1))
    : Number(unserializableValue)
}

function explain(error: Error, began: number): Error {
  if (epoch() !== began) return new Interrupted()
  if (error.message === 'Promise was collected') {
    return new Error('The cell awaits a promise that nothing can settle any more.')
  }
  return new Error(error.message)
}

/**
 * Which run the program acts for: what a timer, an event or an un-awaited function of an old cell shows belongs to
 * that cell.
 *
 * Every promise carries the run that made it, and what is called later is called in the run that asked for it. V8's
 * promise hooks cost an `await` some 40 ns; AsyncLocalStorage would cost twice that, and has Node 20 end the process
 * when V8 stops a program inside a callback.
 */
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import { promiseHooks } from 'node:v8'

/** The run that began last. */
let running = 0
/** The run that has caused what executes now; 0 when that is not known. */
let entered = 0

/** The run that output belongs to now. */
export function currentRun(): number {
  return entered || running
}

/** The notebook's names of the cells that run. */
const cells = new Map<number, string>()

/** A run begins; what comes from nowhere belongs to it. */
export function beginRun(run: number, cell?: string): void {
  running = run
  entered = run
  if (cell !== undefined) cells.set(run, cell)
}

export function endRun(run: number): void {
  cells.delete(run)
}

/** The notebook's name of the cell that a run is of, where the front end has told it. */
export function cellOf(run: number): string | undefined {
  return cells.get(run)
}

/** The event loop calls anew: nothing is known of the cause. */
export function leaveRun(): void {
  entered = 0
}

/** Calls `callback` for `run`. After a throw the run stays known to the handler of uncaught errors. */
export function within<T>(run: number, callback: () => T): T {
  const before = entered
  entered = run
  const value = callback()
  entered = before
  return value
}

class Returned {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: a derived class then stamps a private field on any object.
    return object
  }
}

/** A mark on any object that only this class sees. */
class Stamp extends Returned {
  readonly #run: number

  constructor(object: object, run: number) {
    super(object)
    this.#run = run
  }

  static of(object: object): number {
    return #run in object ? object.#run : 0
  }
}

/** The run that a promise was made in. */
export function runOfPromise(promise: Promise<unknown>): number {
  return Stamp.of(promise)
}

// biome-ignore lint/suspicious/noExplicitAny: functions of all kinds are wrapped alike.
type Callable = (...args: any[]) => any

/** Makes promises, timers and events remember their run. */
export function trackRuns(): void {
  promiseHooks.createHook({
    init(promise) {
      new Stamp(promise, entered || running)
    },
    before(promise) {
      entered = Stamp.of(promise)
    },
    after() {
      entered = 0
    },
  })
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    const wrapped = { [name]: remembering(timers[name] as Callable) }
    Object.assign(timers, wrapped)
    Object.assign(globalThis, wrapped)
  }
  globalThis.queueMicrotask = remembering(queueMicrotask)
  process.nextTick = remembering(process.nextTick)
  trackEvents()
  syncBuiltinESMExports()
}

/** The function, with its first argument called in the run of the call. */
function remembering<F extends Callable>(original: F): F {
  function remember(this: unknown, callback: unknown, ...rest: unknown[]): unknown {
    return original.call(
      this,
      typeof callback === 'function' ? bind(callback as Callable) : callback,
      ...rest,
    )
  }
  return Object.defineProperties(remember, Object.getOwnPropertyDescriptors(original)) as unknown as F
}

function bind(callback: Callable): Callable {
  const run = currentRun()
  return function bound(this: unknown, ...args: unknown[]) {
    return within(run, () => callback.apply(this, args))
  }
}

/** An emitter that the event loop calls, such as a child process or a server, acts for the run that made it. */
function trackEvents(): void {
  const { init } = EventEmitter as unknown as { init: Callable }
  const { emit } = EventEmitter.prototype
  Object.assign(EventEmitter, {
    init(this: EventEmitter, ...args: unknown[]) {
      init.apply(this, args)
      if (Stamp.of(this) === 0 && currentRun() !== 0) new Stamp(this, currentRun())
    },
  })
  EventEmitter.prototype.emit = function (this: EventEmitter, ...args: Parameters<typeof emit>) {
    if (entered !== 0) return emit.apply(this, args)
    return within(Stamp.of(this), () => emit.apply(this, args))
  }
}

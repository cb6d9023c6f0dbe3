/**
 * Threads that share the sweeps of one calling thread.
 *
 * A sweep is opened by the caller as a number of tickets, each for some units of the field. The caller and the
 * workers take tickets until none is left, and the caller goes on when all that were taken are done. So no
 * worker is waited for that has not begun: they may start late, sleep, end or be absent, and the field has the
 * same bits. Only the caller opens sweeps: when its program is ended in the midst of one, the workers finish
 * what they have taken, and sleep.
 *
 * Workers look for a new sweep for some microseconds, then sleep, and end after some idle seconds, which frees
 * what they have held. The process does not wait for them.
 */
import type { Memory, Module } from '../webassembly/index.js'
import { newWorker, type Post } from './cores.js'

/** Words of the memory that a team shares. Counts of tickets only grow, modulo 2³². */
const WORDS = [
  /** Changes when there is something to do. */
  'signal',
  'alive',
  'sleeping',
  /** Workers that may hold a ticket. */
  'active',
  'quit',
  'failed',
  /** Whether the caller sleeps until `done` changes. */
  'waiting',
  /** The next ticket, the end of those of this sweep, and those that are done. */
  'ticket',
  'limit',
  'done',
  /** The sweep: its plan and export, its first ticket and units, and its tables. */
  'plan',
  'export',
  'threads',
  'base',
  'units',
  'unitsEach',
  'step',
  'K',
  'V',
  'next',
] as const
type Word = (typeof WORDS)[number]
const WORD = Object.fromEntries(WORDS.map((word, i) => [word, i])) as Readonly<Record<Word, number>>

/** A plan that threads share. */
export interface SharedPlan {
  readonly module: Module
  readonly memory: Memory
  /** Names of the sweeps among the exports. */
  readonly sweeps: readonly string[]
  /** Address of the workspace of each thread. */
  readonly work: readonly number[]
}

/** A sweep: the index of its export, how many units it has and how far apart, and its tables. */
export interface SweepCall {
  readonly export: number
  readonly units: number
  readonly step: number
  readonly K: number
  readonly V: number
  readonly next: number
}

/** Looks before a thread sleeps: some 50 µs. */
const LOOKS = 5000
/** Milliseconds after which an idle worker ends. */
const IDLE = 2000
/** Milliseconds between which the caller asks whether to go on. */
const ASK = 5
/** Times that the caller asks in vain before it gives up a worker that holds a ticket. */
const PATIENCE = 6000
/** Tickets for each thread in a sweep: more than one, because threads are held up at times. */
const TICKETS = 32
/** Bytes of memories that the workers may hold before the team is renewed, as a multiple of the largest. */
const HELD = 4
const HELD_LEAST = 2 ** 28

/**
 * What a worker runs, in the JavaScript of a Node module without imports. It takes tickets as {@link Team} does;
 * a plan arrives as a message before the first sweep on it is opened.
 */
const WORKER = `'use strict'
const { receiveMessageOnPort, workerData } = require('node:worker_threads')
const { control, me, WORD, LOOKS, IDLE, port } = workerData
const plans = new Map()
function planNow() {
  for (;;) {
    const plan = plans.get(control[WORD.plan])
    if (plan !== undefined) return plan
    const { message } = receiveMessageOnPort(port)
    const { exports } = new WebAssembly.Instance(message.module, { env: { memory: message.memory } })
    plans.set(message.id, { work: message.work[me], sweeps: message.sweeps.map((name) => exports[name]) })
  }
}
function work() {
  for (;;) {
    const ticket = Atomics.load(control, WORD.ticket)
    if (((Atomics.load(control, WORD.limit) - ticket) | 0) <= 0) return
    if (Atomics.compareExchange(control, WORD.ticket, ticket, (ticket + 1) | 0) !== ticket) continue
    const { work, sweeps } = planNow()
    const each = control[WORD.unitsEach]
    const first = ((ticket - control[WORD.base]) | 0) * each
    const count = Math.min(each, control[WORD.units] - first)
    sweeps[control[WORD.export]](
      first * control[WORD.step], count, work, control[WORD.K], control[WORD.V], control[WORD.next])
    Atomics.add(control, WORD.done, 1)
    if (Atomics.load(control, WORD.waiting) !== 0) Atomics.notify(control, WORD.done)
  }
}
let seen = 0
try {
  for (;;) {
    for (let look = 0; look < LOOKS && Atomics.load(control, WORD.signal) === seen; look++);
    if (Atomics.load(control, WORD.signal) === seen) {
      Atomics.add(control, WORD.sleeping, 1)
      const woken = Atomics.wait(control, WORD.signal, seen, IDLE)
      Atomics.sub(control, WORD.sleeping, 1)
      if (woken === 'timed-out') break
    }
    seen = Atomics.load(control, WORD.signal)
    if (Atomics.load(control, WORD.quit) !== 0) break
    Atomics.add(control, WORD.active, 1)
    if (me < control[WORD.threads]) {
      if (((Atomics.load(control, WORD.limit) - Atomics.load(control, WORD.ticket)) | 0) > 0) planNow()
      work()
    }
    Atomics.sub(control, WORD.active, 1)
  }
} catch (error) {
  Atomics.store(control, WORD.failed, 1)
  Atomics.notify(control, WORD.done)
  throw error
} finally {
  Atomics.sub(control, WORD.alive, 1)
}
`

/** Does some units of the sweep that is open. */
export type Part = (start: number, count: number) => void

export class Team {
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * WORDS.length))
  readonly #workers: readonly Post[]
  readonly #known = new Set<number>()
  #held = 0
  /** Whether a sweep is open; still so afterwards where the caller's program was ended in it. */
  #open = false

  constructor(threads: number) {
    const data = (me: number): object => ({ control: this.#control, me, WORD, LOOKS, IDLE })
    this.#set('alive', threads - 1)
    this.#workers = Array.from({ length: threads - 1 }, (_, w) => newWorker(WORKER, data(w + 1))).filter(
      (post) => post !== undefined,
    )
  }

  /** Whether it has so many threads, and can take on one more plan. */
  serves(id: number, threads: number, bytes: number): boolean {
    const more = this.#known.has(id) ? 0 : bytes
    return (
      this.#workers.length >= threads - 1 &&
      this.#get('alive') >= threads - 1 &&
      this.#get('failed') === 0 &&
      this.#held + more <= Math.max(HELD_LEAST, HELD * bytes)
    )
  }

  /** Leaves a sweep that the caller's program did not come back from. */
  settle(): void {
    if (this.#open) this.#close()
  }

  /** Makes a plan known to the workers. */
  join(id: number, plan: SharedPlan): void {
    this.settle()
    if (this.#known.has(id)) return
    this.#known.add(id)
    this.#held += plan.memory.buffer.byteLength
    for (const post of this.#workers) post({ id, ...plan })
  }

  /**
   * Does a sweep with so many threads.
   * @returns whether it was done, not cancelled
   */
  sweep(id: number, threads: number, call: SweepCall, part: Part, cancelled?: () => boolean): boolean {
    const control = this.#control
    const each = Math.ceil(call.units / (TICKETS * threads))
    const base = this.#get('limit')
    const tickets = Math.ceil(call.units / each)
    for (const word of ['export', 'units', 'step', 'K', 'V', 'next'] as const)
      control[WORD[word]] = call[word]
    control[WORD.plan] = id
    control[WORD.threads] = threads
    control[WORD.base] = base
    control[WORD.unitsEach] = each
    this.#open = true
    this.#set('limit', base + tickets)
    this.#signal()
    try {
      if (cancelled?.() === true) return false
      for (let ticket = this.#take(); ticket !== undefined; ticket = this.#take()) {
        const first = ((ticket - base) | 0) * each
        part(first * call.step, Math.min(each, call.units - first))
        Atomics.add(control, WORD.done, 1)
        if (cancelled?.() === true) return false
      }
      return this.#finished(base + tickets, cancelled)
    } finally {
      if (this.#get('done') !== ((base + tickets) | 0)) this.#close()
      this.#open = false
    }
  }

  /** Ends the workers as soon as they have finished what they hold. */
  dissolve(): void {
    this.settle()
    this.#set('quit', 1)
    this.#signal()
  }

  #get(word: Word): number {
    return Atomics.load(this.#control, WORD[word])
  }

  #set(word: Word, value: number): void {
    Atomics.store(this.#control, WORD[word], value)
  }

  #signal(): void {
    Atomics.add(this.#control, WORD.signal, 1)
    if (this.#get('sleeping') > 0) Atomics.notify(this.#control, WORD.signal)
  }

  #take(): number | undefined {
    for (;;) {
      const ticket = this.#get('ticket')
      if (((this.#get('limit') - ticket) | 0) <= 0) return undefined
      if (Atomics.compareExchange(this.#control, WORD.ticket, ticket, (ticket + 1) | 0) === ticket)
        return ticket
    }
  }

  /** Waits for the tickets that workers hold. */
  #finished(limit: number, cancelled?: () => boolean): boolean {
    const end = limit | 0
    for (let look = 0; look < LOOKS; look++) if (this.#get('done') === end) return true
    this.#set('waiting', 1)
    try {
      for (let asked = 0; asked < PATIENCE; asked++) {
        const done = this.#get('done')
        if (done === end) return true
        if (this.#get('failed') !== 0) break
        Atomics.wait(this.#control, WORD.done, done, ASK)
        if (cancelled?.() === true) return false
      }
    } finally {
      this.#set('waiting', 0)
    }
    throw new Error('a thread of the engine has failed')
  }

  /** Takes what tickets are left unused and waits until no worker holds one. */
  #close(): void {
    while (this.#take() !== undefined);
    for (let asked = 0; this.#get('active') > 0 && asked < PATIENCE && this.#get('failed') === 0; asked++)
      Atomics.wait(this.#control, WORD.quit, 0, asked < 20 ? 0.1 : ASK)
    this.#set('done', this.#get('limit'))
    this.#open = false
  }
}

let team: Team | undefined

/**
 * Waits for what workers still do for a program that was ended from outside in the midst of a sweep. Before memory
 * that they may know is read or written.
 */
export function settleTeam(): void {
  team?.settle()
}

/** The team of this thread, made anew where the last one cannot serve the plan of this number. */
export function teamFor(id: number, plan: SharedPlan): Team {
  const threads = plan.work.length
  const bytes = plan.memory.buffer.byteLength
  if (team?.serves(id, threads, bytes) !== true) {
    team?.dissolve()
    team = new Team(threads)
  }
  team.join(id, plan)
  return team
}

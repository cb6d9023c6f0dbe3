/**
 * Snapshots of the language service: V8's memory after the checker has read its own files.
 *
 * One lies in the kernel's folder where that was built for this very Node and processor. Elsewhere one is made at the
 * first start, in the user's cache, for the next.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { cachedDataVersionTag } from 'node:v8'

/** V8 refuses a snapshot that was made with other flags. */
const FLAGS: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  // Megabytes for what is young: what is of the checker's own files is old, and a cell makes little.
  '--max-semi-space-size=4',
  // Percent that the heap may grow before V8 looks for garbage: each cell leaves a checker behind.
  '--heap-growing-percent=30',
]

/**
 * glibc gives freed memory back at once: V8 takes more than a hundred megabytes for some moments to compile the checker's
 * largest functions, which would else stay with the process.
 */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }

/** Milliseconds after the start until a snapshot is made: what the user does first must not wait for it. */
const LATER = 20_000

/** Niceness of the process that makes a snapshot. */
const PATIENT = 10

/** Snapshots of other versions that stay in the cache. */
const KEPT = 2

/** The environment of the language service, without flags of the user's for V8. */
export function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = process.env
  return { ...ALLOCATOR, ...rest }
}

export class Snapshots {
  readonly #folder: string
  readonly #script: string
  #kept = false

  /** @param folder The folder of the language service: its script and its own files. */
  constructor(folder: string) {
    this.#folder = folder
    this.#script = join(folder, 'main.cjs')
  }

  /** What Node is given to start the service. */
  get command(): readonly string[] {
    return [...FLAGS, this.#script, join(this.#folder, 'types.json')]
  }

  /** The snapshot that fits, if there is one. */
  find(): string | undefined {
    return [this.#inKernel(), this.#inCache()].find((file) => existsSync(file))
  }

  /** Makes the snapshot of the kernel's own folder. */
  make(): Promise<void> {
    return this.#write(this.#inKernel())
  }

  /** Makes a snapshot in the user's cache for the next start, when this kernel has been up for a while. */
  keep(delay: number = LATER): void {
    if (this.#kept) return
    this.#kept = true
    const file = this.#inCache()
    setTimeout(() => {
      if (existsSync(file)) return
      // A cache that cannot be written leaves the next start as slow as this one.
      this.#write(file).then(
        () => prune(file),
        () => undefined,
      )
    }, delay).unref()
  }

  #inKernel(): string {
    return join(this.#folder, `${hash(versions())}.snapshot`)
  }

  /** Each kernel's folder has its own, and a new one when it has been built anew. */
  #inCache(): string {
    const { mtimeMs, size } = statSync(this.#script)
    return join(cacheFolder(), `${hash([...versions(), this.#folder, mtimeMs, size])}.snapshot`)
  }

  /** Writes a snapshot, whole or not at all, whoever else writes the same. */
  async #write(file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    const maker = spawn(process.execPath, ['--snapshot-blob', draft, '--build-snapshot', ...this.command], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment(),
    })
    if (maker.pid !== undefined) setPriority(maker.pid, PATIENT)
    let said = ''
    maker.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const stop = () => maker.kill('SIGKILL')
    process.once('exit', stop)
    const code = await new Promise((resolve) => maker.once('error', resolve).once('close', resolve))
    process.removeListener('exit', stop)
    if (code !== 0) {
      rmSync(draft, { force: true })
      throw new Error(`No snapshot of the language service was made (${String(code)}): ${said}`)
    }
    renameSync(draft, file)
  }
}

/** V8's tag tells version, flags and features of the processor. */
function versions(): unknown[] {
  return [process.version, process.platform, process.arch, cachedDataVersionTag(), FLAGS]
}

function hash(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'psilab')
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'psilab', 'Cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'psilab')
  return join(homedir(), '.cache', 'psilab')
}

function prune(file: string): void {
  const folder = dirname(file)
  const age = (name: string): number => statSync(join(folder, name)).mtimeMs
  const others = readdirSync(folder).filter(
    (name) => name.includes('.snapshot') && join(folder, name) !== file,
  )
  const old = others.sort((a, b) => age(b) - age(a)).slice(KEPT)
  for (const name of old) rmSync(join(folder, name), { force: true })
}

/** @param {number} started of performance.now() */
export const since = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`

/** A step that runs silently this long says that it lives. */
const HEARTBEAT = 15_000

/** @type {Map<string, number>} what runs now, and since when */
const active = new Map()
/** @type {NodeJS.Timeout | undefined} */
let ticker

function clearLine() {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K')
}

function tick() {
  const line = [...active]
    .map(([title, started]) => `${title} (${Math.round((performance.now() - started) / 1000)} s)`)
    .join(', ')
  if (process.stdout.isTTY)
    process.stdout.write(`\r\u001b[2K  … ${line}`.slice(0, (process.stdout.columns ?? 80) + 4))
  else console.log(`  … ${line}`)
}

/** @param {string} line */
export function say(line) {
  clearLine()
  console.log(line)
}

/**
 * Runs a step: prints its title and time when it is done, and shows meanwhile that it lives.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now()
  if (!process.stdout.isTTY) console.log(`  … ${title}`)
  active.set(title, started)
  ticker ??= setInterval(tick, process.stdout.isTTY ? 500 : HEARTBEAT)
  try {
    const result = await work()
    say(`  ✓ ${title} (${since(started)})`)
    return result
  } finally {
    active.delete(title)
    clearLine()
    if (active.size === 0) {
      clearInterval(ticker)
      ticker = undefined
    }
  }
}

/** The candidate's side of the protocol (README.md) for candidates in JavaScript. */
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/**
 * @typedef {object} Variant one way in which a candidate does some work
 * @property {string} name beside the candidate's own; may be empty
 * @property {number} threads that it uses
 * @property {Record<string, string>} [env] variables that its process is started with
 */

/**
 * @typedef {object} Description
 * @property {string} name
 * @property {string} version
 * @property {string} language
 * @property {Record<string, readonly Variant[]>} work the variants for each kind of work that it knows
 */

/**
 * @typedef {object} Request what `prepare` is sent: the item, and
 * @property {string} work
 * @property {string} variant
 * @property {number} threads
 * @property {readonly number[]} shape
 * @property {number} length
 * @property {number} steps
 * @property {boolean} real
 * @property {number} levels
 * @property {number[]} temperatures
 * @property {number} tolerance
 * @property {string} folder with the input tables
 * @property {string} cache folder in which plans may be kept
 * @property {'patient' | 'measure'} plan how long a planner may search
 * @property {boolean} again whether to plan a second time, for the time that this takes
 */

/**
 * @typedef {object} Work
 * @property {number} [planning] seconds; of the whole preparation where left out
 * @property {number} [replanning] seconds of the second plan
 * @property {string} [note]
 * @property {() => { seconds: number }} run
 * @property {() => Float64Array} result of the last run
 */

/**
 * Answers requests until the input ends.
 * @param {Description} description
 * @param {Record<string, (request: Request) => Work | undefined>} works none where there is no such work
 */
export async function serve(description, works) {
  /** @type {Work | undefined} */
  let work
  /** @param {any} request */
  const answer = (request) => {
    switch (request.do) {
      case 'describe':
        return description
      case 'prepare': {
        const started = performance.now()
        work = works[request.work](request)
        if (!work) return { cannot: 'no such work' }
        const { planning = (performance.now() - started) / 1000, replanning, note } = work
        return { seconds: planning, replanning, note }
      }
      case 'run':
        return work?.run()
      default: {
        const result = work?.result() ?? new Float64Array()
        if (!request.field) return { numbers: Array.from(result) }
        writeFileSync(request.file, result)
        return { field: true }
      }
    }
  }
  for await (const line of createInterface({ input: process.stdin })) {
    let reply
    try {
      reply = answer(JSON.parse(line))
    } catch (error) {
      reply = { cannot: String(error) }
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`)
  }
}

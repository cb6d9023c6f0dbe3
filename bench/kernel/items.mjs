/** What is measured, in the order of the tables; the measuring is in latencies.py and loads.py. */

/**
 * @typedef {object} Target
 * @property {'must' | 'aim'} rank
 * @property {number} limit
 * @property {string} [than] the kernel whose value the limit is a multiple of
 * @property {string} [after] the item of ψlab whose value the limit is a multiple of
 *
 * @typedef {object} Item
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {'most'} [good] what is good where it is not the least
 * @property {readonly Target[]} [targets]
 *
 * @typedef {{ title: string, text?: string, items: readonly Item[] }} Group
 */

/** @param {number} limit @returns {Target} */
const must = (limit) => ({ rank: 'must', limit })
/** @param {number} limit @returns {Target} */
const aim = (limit) => ({ rank: 'aim', limit })
/** @param {string} than @param {number} limit @returns {Target} */
const beside = (than, limit) => ({ rank: 'must', limit, than })

/** The names of the columns, ψlab first. @type {Readonly<Record<string, string>>} */
export const columns = { psilab: 'ψlab', python3: 'ipykernel', deno: 'Deno', tslab: 'tslab' }

/** What is no kernel, and stands beside some items. @type {Readonly<Record<string, string>>} */
export const yardsticks = { node: 'a Node script', wire: 'ZeroMQ alone' }

/** @type {readonly Group[]} */
export const groups = [
  {
    title: 'Start',
    text: 'From the start of the process, the library being the kernel’s own.',
    items: [
      { id: 'start.info', title: 'first reply to `kernel_info`', unit: 'ms' },
      {
        id: 'start.execute',
        title: 'first reply to a cell',
        unit: 'ms',
        targets: [must(1200), aim(500), beside('tslab', 1)],
      },
      { id: 'figure', title: 'first figure, in a kernel that has run a cell', unit: 'ms' },
    ],
  },
  {
    title: 'Cells',
    text: 'Until the reply is there and the kernel idle.',
    items: [
      { id: 'cell.trivial', title: '`1 + 1`', unit: 'ms', targets: [must(12), aim(5)] },
      {
        id: 'cell.later',
        title: '`1 + 1` after 200 cells',
        unit: 'ms',
        targets: [{ rank: 'must', limit: 1.1, after: 'cell.trivial' }],
      },
      { id: 'cell.declaration', title: 'a declaration', unit: 'ms' },
    ],
  },
  {
    title: 'Answers',
    items: [
      { id: 'complete.variable', title: 'completion of a variable', unit: 'ms' },
      { id: 'complete.member', title: 'completion of a member', unit: 'ms', targets: [must(15), aim(5)] },
      { id: 'hover', title: 'hover', unit: 'ms', targets: [must(15), aim(5)] },
      { id: 'beside.complete', title: 'completion while a cell runs', unit: 'ms' },
      { id: 'beside.control', title: 'control request while a cell runs', unit: 'ms' },
      {
        id: 'interrupt',
        title: 'interrupt of `while (true) {}`, variables kept',
        unit: 'ms',
        targets: [must(500)],
      },
    ],
  },
  {
    title: 'Loops',
    text: '10⁸ turns of `s += i * 0.5`, measured inside the cell; for Python the same loop, which its users leave to NumPy.',
    items: [
      { id: 'loop.top level', title: 'loop at the top level', unit: 's', targets: [beside('node', 1.2)] },
      { id: 'loop.in a function', title: 'loop in a function', unit: 's', targets: [beside('node', 1.2)] },
      {
        id: 'loop.over a Float64Array',
        title: 'loop over a Float64Array at the top level',
        unit: 's',
        targets: [beside('node', 1.2)],
      },
    ],
  },
  {
    title: 'Memory',
    text: 'Proportional set size of the kernel’s processes.',
    items: [
      {
        id: 'memory.start',
        title: 'memory after the first cell',
        unit: 'MB',
        targets: [must(200), aim(150)],
      },
      { id: 'memory.cells', title: 'memory after 62 cells', unit: 'MB' },
      { id: 'memory.figure', title: 'memory after a figure', unit: 'MB' },
      { id: 'lines.memory', title: 'peak (resident) with 200 000 lines', unit: 'MB' },
      { id: 'displays.memory', title: 'peak (resident) with 100 displays of 1 MB', unit: 'MB' },
    ],
  },
  {
    title: 'Output',
    text: 'A time stands where all has arrived, in order; else what has arrived.',
    items: [
      { id: 'lines', title: '200 000 lines', unit: 's' },
      { id: 'displays', title: '100 displays of 1 MB', unit: 's' },
      {
        id: 'frames',
        title: '200 comm messages of 1 MiB',
        unit: 'MB/s',
        good: 'most',
        targets: [{ rank: 'must', limit: 400 }],
      },
    ],
  },
  {
    title: 'Protocol',
    items: [
      {
        id: 'conformance',
        title: 'tests of jupyter_kernel_test passed whole',
        unit: '',
        good: 'most',
      },
    ],
  },
]

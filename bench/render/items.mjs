/** What `npm run bench:render` measures, in the order of its tables, and what must hold. */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} title
 * @property {string} unit
 * @property {{ most: number } | { least: number }} [must]
 *
 * @typedef {{ title: string, text?: string, items: readonly Item[] }} Group
 */

/** @type {readonly Group[]} */
export const groups = [
  {
    title: 'Sizes',
    text: 'Files of the extension as gzip -9 packs each; outputs as they stand in a notebook: figure, picture and text.',
    items: [
      { id: 'size.start', title: 'loaded before the first figure', unit: 'KB', must: { most: 30 } },
      { id: 'size.bundle', title: 'all of the extension', unit: 'KB', must: { most: 400 } },
      { id: 'size.line', title: 'saved output, 1-D evolution', unit: 'KB', must: { most: 60 } },
      { id: 'size.plane', title: 'saved output, 2-D wave function on 256²', unit: 'KB', must: { most: 200 } },
      { id: 'size.html', title: 'standalone HTML of the 1-D evolution', unit: 'KB' },
    ],
  },
  {
    title: 'Figures in JupyterLab',
    text: 'From the arrival of the output in the page until the figure is painted; a figure has been drawn before.',
    items: [
      { id: 'first.line', title: '1-D evolution', unit: 'ms', must: { most: 300 } },
      { id: 'first.plane', title: '2-D wave function', unit: 'ms', must: { most: 300 } },
      { id: 'first.panels', title: 'phase space, six panels', unit: 'ms' },
      {
        id: 'first.thirtieth',
        title: '1-D evolution, as the thirtieth figure of its notebook',
        unit: 'ms',
        must: { most: 300 },
      },
    ],
  },
  {
    title: 'Recomputed in the page',
    text: 'A slider is moved in every frame; counted are the figures that were painted, each computed for another value.',
    items: [
      { id: 'live.line', title: '1-D, N = 1024', unit: 'frames/s', must: { least: 30 } },
      { id: 'live.plane', title: '2-D, 128²', unit: 'frames/s', must: { least: 15 } },
    ],
  },
  {
    title: 'Streamed from the kernel',
    text: 'While a cell runs: painted frames, and the time from the call of update to the paint.',
    items: [
      { id: 'stream.line.rate', title: '1-D wave function, 512 points', unit: 'frames/s' },
      { id: 'stream.line.lag', title: 'its lag', unit: 'ms' },
      { id: 'stream.plane.rate', title: 'density on 256²', unit: 'frames/s', must: { least: 30 } },
      { id: 'stream.plane.lag', title: 'its lag', unit: 'ms', must: { most: 100 } },
      { id: 'stream.large.rate', title: 'density on 512²', unit: 'frames/s' },
      { id: 'stream.large.lag', title: 'its lag', unit: 'ms' },
    ],
  },
]

/** Whether a value is as it must be; undefined where nothing must hold. @param {Item} item @param {number} value */
export function holds({ must }, value) {
  if (!must) return undefined
  return 'most' in must ? value <= must.most : value >= must.least
}

/** @param {Item} item */
export function limitOf({ must, unit }) {
  if (!must) return ''
  return 'most' in must ? `≤ ${must.most} ${unit}` : `≥ ${must.least} ${unit}`
}

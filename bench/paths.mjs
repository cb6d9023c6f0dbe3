import { at } from '../tools/setup/paths.mjs'

/** Programs, plans and inputs that a run makes and a later one finds; git does not see it. */
export const cache = at('bench', '.cache')

export const benchPython =
  process.platform === 'win32'
    ? at('bench', '.venv', 'Scripts', 'python.exe')
    : at('bench', '.venv', 'bin', 'python')

export const report = at('docs', 'benchmarks.md')
/** The page of `npm run bench:symbolic`. */
export const symbolicReport = at('docs', 'symbolic.md')
/** The page of `npm run bench:kernel`. */
export const kernelReport = at('docs', 'kernel-benchmarks.md')
/** The page of `npm run bench:render`. */
export const renderReport = at('docs', 'render-benchmarks.md')
export const plot = at('docs', 'benchmark-cost.svg')

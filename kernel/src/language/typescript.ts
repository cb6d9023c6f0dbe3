/**
 * TypeScript's own API, loaded by `require`: an `import` would first scan all nine megabytes for export names.
 */
import { createRequire } from 'node:module'
import type TS from 'typescript'

export const ts: typeof TS = createRequire(import.meta.url)('typescript')

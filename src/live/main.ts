/** What runs in the worker. */
import { type Scope, serve } from './worker.js'

// A page's console is no place for what a kernel would say below a cell.
console.warn = () => undefined
serve(globalThis as unknown as Scope)

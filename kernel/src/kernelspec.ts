/**
 * What Jupyter must know to start this kernel: the kernelspec folder's files.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The name of the kernelspec, which notebooks store. */
export const KERNEL_NAME = 'psilab'

/** The content of `kernel.json`. */
export interface Kernelspec {
  readonly argv: readonly string[]
  readonly display_name: string
  readonly language: string
  readonly interrupt_mode: 'message' | 'signal'
  readonly metadata: { readonly debugger: boolean }
}

/** The kernelspec that starts the kernel beside this file with the Node that runs now. */
export function kernelspec(): Kernelspec {
  return {
    argv: [process.execPath, fileURLToPath(new URL('./main.js', import.meta.url)), '{connection_file}'],
    display_name: 'TypeScript (ψlab)',
    language: 'typescript',
    interrupt_mode: 'message',
    metadata: { debugger: false },
  }
}

/** A blue tile with a white ψ, drawn as strokes so that no font is needed. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <title>ψlab</title>
  <rect width="64" height="64" rx="12" fill="#2b5fb8"/>
  <g fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round">
    <path d="M32 10v44"/>
    <path d="M13 18c5 0 5 5 5 11 0 9 6 13 14 13s14-4 14-13c0-6 0-11 5-11"/>
  </g>
</svg>
`

/** Writes `kernel.json` and the logo into `folder`, which is made when it is missing. */
export function writeKernelspec(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(kernelspec(), null, 2)}\n`)
  writeFileSync(join(folder, 'logo-svg.svg'), LOGO)
}

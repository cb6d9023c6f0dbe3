/**
 * The declarations that the checker brings along: of the language, of Node, of `psilab` and of the kernel's own names.
 *
 * They go by paths that no machine has. What the checker has made of them holds wherever the kernel lies, and asks
 * nothing of the disk.
 */

/** Texts by path. */
export type OwnFiles = ReadonlyMap<string, string>

/** The folder of these files. */
export const OWN = '/~psilab'

/** The standard library of the language. */
export const STANDARD: string = `${OWN}/lib`

/** Packages, as Node's resolution finds them. */
export const PACKAGES: string = `${OWN}/node_modules`

/** The kernel's modules. */
export const KERNEL: string = `${OWN}/kernel`

/** The part of the WebAssembly interface that the library uses; the types of ECMAScript do not have it. */

export interface Memory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer
}

/** A compiled module. */
export type Module = object

interface Interface {
  readonly Memory: new (size: {
    readonly initial: number
    readonly maximum: number
    readonly shared?: boolean
  }) => Memory
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module
  readonly Instance: new (
    module: Module,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: object }
  validate(bytes: Uint8Array<ArrayBuffer>): boolean
}

export const webAssembly: Interface = (globalThis as unknown as { WebAssembly: Interface }).WebAssembly

import { Derivation, derive } from '../../../src/derive/index.js'

/** Every derivation that ships, by its name: what `derive` holds and makes without arguments. */
export const SHIPPED: readonly (readonly [name: string, derivation: Derivation])[] = Object.entries(
  derive,
).flatMap(([name, make]) => {
  if (make.length > 0) return []
  const made: unknown = (make as () => unknown)()
  return made instanceof Derivation ? [[name, made] as const] : []
})

/** The other TypeScript kernels beside which ours is measured: those of test/hosts. */
import { hostKernelspecs } from '../tools/setup/hosts.mjs'

export { ensureHosts as ensureRivals } from '../tools/setup/packages.mjs'

/** The kernelspecs of the rivals that are installed. */
export function rivalKernelspecs() {
  const { deno, tslab } = hostKernelspecs()
  return deno && tslab ? { deno, tslab } : {}
}

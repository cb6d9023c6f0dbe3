/** Plans: the layout and the compiled module of a shape, kept for the next stepper of the same shape. */
import { FunctionBody, ModuleBuilder } from './assembler.js'
import { type Layout, layoutOf } from './layout.js'
import { Arithmetic, f64x2 } from './simd.js'
import { moduleOf } from './sweeps.js'
import { type Module, webAssembly } from './webassembly.js'

export interface Plan {
  readonly layout: Layout
  /** The module, compiled on the first call, when the memory that it addresses is known to exist. */
  module(): Module
}

/** Plans kept; the one used longest ago goes first. */
const KEPT = 32
const plans = new Map<string, Plan>()

/** @returns undefined where the generated code does not cover the shape. */
export function planOf(points: readonly number[], real: boolean, fma: boolean): Plan | undefined {
  const key = `${points.join('×')} ${real ? 'real' : 'complex'} ${fma ? 'fma' : ''}`
  let plan = plans.get(key)
  if (plan === undefined) {
    const layout = layoutOf(points, real, fma)
    if (layout === undefined) return undefined
    let compiled: Module | undefined
    plan = {
      layout,
      module() {
        compiled ??= new webAssembly.Module(moduleOf(layout))
        return compiled
      },
    }
    if (plans.size >= KEPT) plans.delete(plans.keys().next().value as string)
  }
  plans.delete(key)
  plans.set(key, plan)
  return plan
}

let available: boolean | undefined

/**
 * Whether this engine has the fused multiply-add of relaxed SIMD. Node 20 has it behind a flag of V8, which
 * is set here.
 */
export function hasFMA(): boolean {
  if (available !== undefined) return available
  const bytes = fusedModule()
  if (!webAssembly.validate(bytes))
    globalThis.process?.getBuiltinModule?.('v8')?.setFlagsFromString('--experimental-wasm-relaxed-simd')
  available = webAssembly.validate(bytes)
  return available
}

/** The smallest module with a fused multiply-add. */
function fusedModule(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder()
  const body = new FunctionBody(1)
  const value = body.keep(f64x2.load(body.parameter(0).get, 0))
  body.keep(new Arithmetic(body, true).multiplyAdd(value, value, value))
  module.export('fused', module.add(body))
  return module.bytes()
}

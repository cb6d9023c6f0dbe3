/** Plans: the layout and the compiled modules of a shape, kept for the next stepper of the same shape. */
import { FunctionBody, type Module, ModuleBuilder, webAssembly } from '../webassembly/index.js'
import { type Layout, layoutOf, type Numbers } from './layout.js'
import { operatorModule } from './product.js'
import type { StepperAxis } from './request.js'
import { Arithmetic, f64x2 } from './simd.js'
import { moduleOf } from './sweeps.js'
import { twiddlesOf } from './tables.js'

/** What a module does: the sweeps of steps, or those of H·ψ. */
export type Purpose = 'steps' | 'operator'

export interface Plan {
  readonly layout: Layout
  /** What lies before the field in every memory. */
  twiddles(): Float64Array
  /**
   * The module, compiled on the first call.
   * @param shared whether its memory is shared between threads
   */
  module(purpose: Purpose, shared: boolean): Module
}

/** Plans kept; the one used longest ago goes first. */
const KEPT = 32
const plans = new Map<string, Plan>()

/** @returns undefined where the generated code does not cover the shape. */
export function planOf(axes: readonly StepperAxis[], numbers: Numbers): Plan | undefined {
  const shape = axes.map(({ points, boundary }) => `${boundary} ${points}`)
  const key = [...shape, numbers.potential, numbers.realKinetic, numbers.squares, numbers.fma].join(' ')
  let plan = plans.get(key)
  if (plan === undefined) {
    const layout = layoutOf(axes, numbers)
    if (layout === undefined) return undefined
    let twiddles: Float64Array | undefined
    const compiled = new Map<string, Module>()
    plan = {
      layout,
      twiddles() {
        twiddles ??= twiddlesOf(layout)
        return twiddles
      },
      module(purpose, shared) {
        const kind = `${purpose} ${shared}`
        let module = compiled.get(kind)
        if (module === undefined) {
          const bytes = purpose === 'steps' ? moduleOf(layout, shared) : operatorModule(layout, shared)
          module = new webAssembly.Module(bytes)
          compiled.set(kind, module)
        }
        return module
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

export {
  type Code,
  FunctionBody,
  i32,
  MAX_PAGES,
  ModuleBuilder,
  signed,
  simd,
  unsigned,
  VALUE_TYPE,
  type ValueType,
  type Variable,
} from './assembler.js'
export { type Memory, type Module, webAssembly } from './webassembly.js'

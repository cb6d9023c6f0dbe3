/**
 * The language service of a notebook: cells are modules that see each other's names.
 */
import type TS from 'typescript'
import { closeOpen } from './closeOpen.js'
import { complete, type Place } from './complete.js'
import { completeness } from './completeness.js'
import type { NameKind } from './declarations.js'
import { diagnose } from './diagnose.js'
import { CURRENT, cellFile, Files, PRELUDE } from './files.js'
import { inspect } from './inspect.js'
import type {
  CellSource,
  Completeness,
  Completions,
  Inspection,
  LanguageService,
  Prepared,
} from './protocol.js'
import { rewriteCell } from './rewriteCell.js'
import { rewriteScript } from './rewriteScript.js'
import { CELL_MODULE, type CellText, Scope } from './scope.js'
import { ts } from './typescript.js'

/** Modules whose names all cells see; those of the first hide those of the next. */
const PRELUDES = [CELL_MODULE, 'psilab']

export class NotebookLanguage implements LanguageService {
  readonly #files = new Files(PRELUDES.map((module) => `export * from ${JSON.stringify(module)}`).join('\n'))
  readonly #service = ts.createLanguageService(this.#files, keepingRegistry())
  readonly #scope = new Scope()
  readonly #prepared = new Map<number, CellText>()

  constructor() {
    this.#scope.setPreludes(this.#readPreludes())
  }

  prepare({ run, count, code }: CellSource): Prepared {
    const cell = this.#scope.surround(code)
    this.#files.set(CURRENT, cell.text)
    const syntax = syntaxErrors(cell.file)
    const found = syntax.length > 0 ? syntax : this.#service.getSemanticDiagnostics(CURRENT)
    const error = diagnose(found, { code, count }, cell.file)
    if (error) return { status: 'error', error }
    this.#prepared.set(run, cell)
    return { status: 'ok', ...this.#emit(run, cell), prelude: cell.fromLibrary }
  }

  commit(run: number): void {
    const cell = this.#prepared.get(run)
    this.#prepared.clear()
    if (!cell) return
    this.#files.set(cellFile(run), cell.text)
    this.#scope.add(run, cell)
  }

  reset(): void {
    this.#scope.clear()
    this.#prepared.clear()
    this.#files.clear()
  }

  complete(code: string, position: number): Completions {
    return complete(this.#place(code, position), this.#scope)
  }

  inspect(code: string, position: number): Inspection {
    return inspect(this.#place(code, position), this.#scope)
  }

  isComplete(code: string): Completeness {
    return completeness(code)
  }

  #place(code: string, position: number): Place {
    const at = Math.min(position, code.length)
    this.#files.set(CURRENT, this.#scope.surround(closeOpen(code, at)).text)
    return { service: this.#service, file: CURRENT, code, position: at }
  }

  #emit(run: number, { code, fromLibrary }: CellText): { script: string; map: string } {
    const program = this.#service.getProgram()!
    const parts = { run, length: code.length, fromLibrary }
    let script = ''
    let map = ''
    program.emit(
      program.getSourceFile(CURRENT),
      (name, text) => {
        if (name.endsWith('.map')) map = text
        else script = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
      },
      undefined,
      false,
      { before: [rewriteCell(program.getTypeChecker(), parts)], after: [rewriteScript] },
    )
    return { script, map }
  }

  #readPreludes(): { specifier: string; names: Map<string, NameKind> }[] {
    const program = this.#service.getProgram()!
    const checker = program.getTypeChecker()
    const file = program.getSourceFile(PRELUDE)!
    return file.statements.filter(ts.isExportDeclaration).map(({ moduleSpecifier }) => {
      const module = checker.getSymbolAtLocation(moduleSpecifier!)
      const names = new Map<string, NameKind>()
      for (const symbol of module ? checker.getExportsOfModule(module) : []) {
        const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
        if (symbol.name !== 'default') names.set(symbol.name, kindOf(target))
      }
      return { specifier: (moduleSpecifier as TS.StringLiteral).text, names }
    })
  }
}

function kindOf({ flags }: TS.Symbol): NameKind {
  if (flags & ts.SymbolFlags.Class) return 'class'
  if (flags & ts.SymbolFlags.Function) return 'function'
  if (flags & ts.SymbolFlags.Enum) return 'enum'
  if (flags & ts.SymbolFlags.Variable) return 'const'
  return flags & ts.SymbolFlags.Value ? 'namespace' : 'type'
}

function syntaxErrors(file: TS.SourceFile): readonly TS.Diagnostic[] {
  return (file as TS.SourceFile & { readonly parseDiagnostics: readonly TS.Diagnostic[] }).parseDiagnostics
}

/** A registry that keeps every file it has parsed: a package that one cell leaves out is parsed once all the same. */
function keepingRegistry(): TS.DocumentRegistry {
  const registry = ts.createDocumentRegistry()
  registry.releaseDocument = () => undefined
  registry.releaseDocumentWithKey = () => undefined
  return registry
}

/**
 * The language service of a notebook: cells are modules that see each other's names.
 */
import type TS from 'typescript'
import { closeOpen } from './closeOpen.js'
import { complete, type Place } from './complete.js'
import { completeness } from './completeness.js'
import type { NameKind } from './declarations.js'
import { diagnose } from './diagnose.js'
import { CELL_MODULE, CURRENT, cellFile, Files, PRELUDE } from './files.js'
import { gatherOwnFiles } from './gatherOwnFiles.js'
import { hintsFor } from './hints.js'
import { inspect } from './inspect.js'
import { isLeftOut } from './leftOut.js'
import { helperStart, LINE_HELPERS, readHelpers } from './lineHelpers.js'
import { mannerOf } from './manner.js'
import type { OwnFiles } from './ownFiles.js'
import type {
  CellSource,
  Completeness,
  Completions,
  Inspection,
  LanguageService,
  Prepared,
} from './protocol.js'
import { jsxOf, syntaxErrors } from './readCell.js'
import { rewriteCell } from './rewriteCell.js'
import { rewriteScript } from './rewriteScript.js'
import { type CellText, Scope } from './scope.js'
import { ts } from './typescript.js'
import { variablesOf } from './variables.js'

/** Modules whose names all cells see; those of the first hide those of the next. */
const PRELUDES = [CELL_MODULE, 'psilab']

export class NotebookLanguage implements LanguageService {
  readonly #files: Files
  readonly #service: TS.LanguageService
  readonly #scope = new Scope()
  readonly #prepared = new Map<number, { source: CellSource; cell: CellText }>()

  constructor(own: OwnFiles = gatherOwnFiles()) {
    this.#files = new Files(
      own,
      PRELUDES.map((module) => `export * from ${JSON.stringify(module)}`).join('\n'),
    )
    this.#service = ts.createLanguageService(this.#files, keepingRegistry())
    this.#scope.setPreludes(this.#readPreludes())
  }

  prepare(source: CellSource): Prepared {
    const { run, count, code } = source
    if (this.#files.manner === 'strict') this.#files.manner = mannerOf(code) ?? 'strict'
    const cell = this.#open(code)
    const error = diagnose(this.#findings(cell), { code, count, toTyped: cell.toTyped }, (finding) => {
      const program = this.#service.getProgram()!
      return hintsFor(finding, {
        program,
        file: program.getSourceFile(CURRENT[cell.language])!,
        scope: this.#scope,
      })
    })
    if (error) return { status: 'error', error }
    if (cell.helpers.some(({ name }) => name === '%reset')) return { status: 'reset' }
    this.#prepared.set(run, { source, cell })
    return { status: 'ok', ...this.#emit(run, cell), prelude: cell.fromLibrary }
  }

  commit(run: number, reached?: number): void {
    const prepared = this.#prepared.get(run)
    this.#prepared.delete(run)
    if (!prepared) return
    const { source, cell } = prepared
    this.#files.set(cellFile(run, cell.language), cell.text)
    this.#scope.add(source, cell, reached)
  }

  discard(run: number): void {
    this.#prepared.delete(run)
  }

  reset(): void {
    this.#scope.clear()
    this.#prepared.clear()
    this.#files.clear()
  }

  /** Drops what the last questions have left behind and a snapshot should not hold, or cannot. */
  settle(): void {
    this.reset()
    for (const current of Object.values(CURRENT)) this.#files.set(current, 'export {}')
    // A program without a checker.
    this.#service.getProgram()
    // The collator of the last completion.
    for (const locale of ['none', undefined]) (ts as unknown as Collating).setUILocale(locale)
  }

  complete(code: string, position: number): Completions {
    const helper = helperStart(code, position)
    if (helper) {
      const items = helper.names.map((text) => ({
        text,
        type: 'helper',
        signature: LINE_HELPERS[text].about,
      }))
      return { start: helper.start, end: position, items }
    }
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
    const { language } = this.#open(closeOpen(readHelpers(code).code, at))
    return { service: this.#service, file: CURRENT[language], code, position: at }
  }

  /** Makes a cell the current one: JavaScript where the notebook is, unless the cell has types. */
  #open(code: string): CellText {
    if (this.#files.manner === 'jslab') {
      const script = this.#scope.surround(code, 'js')
      this.#files.set(CURRENT.js, script.text)
      if (this.#service.getSyntacticDiagnostics(CURRENT.js).length === 0) return script
    }
    const cell = this.#scope.surround(code)
    this.#files.set(CURRENT.ts, cell.text)
    return cell
  }

  #findings({ language, code, file, wrong }: CellText): readonly TS.Diagnostic[] {
    if (wrong) return [syntaxFinding(file, wrong.message, wrong)]
    const syntax = syntaxErrors(file)
    if (syntax.length === 0) {
      const checker = (): TS.TypeChecker => this.#service.getProgram()!.getTypeChecker()
      const findings = this.#service.getSemanticDiagnostics(CURRENT[language])
      return findings.filter((finding) => !isLeftOut(finding, checker))
    }
    const jsx = jsxOf(code)
    return jsx ? [jsxFinding(file, jsx)] : syntax
  }

  #emit(
    run: number,
    { language, code, fromLibrary, toTyped, helpers }: CellText,
  ): { script: string; map: string } {
    const program = this.#service.getProgram()!
    const listed = helpers.some(({ name }) => name === '%who')
      ? variablesOf(program, CURRENT[language], this.#scope)
      : []
    const parts = { run, length: code.length, fromLibrary, toTyped, helpers, listed }
    let script = ''
    let map = ''
    program.emit(
      program.getSourceFile(CURRENT[language]),
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

/** A part of TypeScript that its declarations keep to themselves. */
interface Collating {
  setUILocale(locale: string | undefined): void
}

function kindOf({ flags }: TS.Symbol): NameKind {
  if (flags & ts.SymbolFlags.Class) return 'class'
  if (flags & ts.SymbolFlags.Function) return 'function'
  if (flags & ts.SymbolFlags.Enum) return 'enum'
  if (flags & ts.SymbolFlags.Variable) return 'const'
  return flags & ts.SymbolFlags.Value ? 'namespace' : 'type'
}

/** JSX is refused in one sentence, in place of what it looks like to who does not expect it. */
function jsxFinding(file: TS.SourceFile, node: TS.Node): TS.Diagnostic {
  const messageText = 'Cells are TypeScript without JSX; display.html(`…`) shows markup.'
  return syntaxFinding(file, messageText, { start: node.getStart(), length: node.getText().length })
}

function syntaxFinding(
  file: TS.SourceFile,
  messageText: string,
  { start, length }: { readonly start: number; readonly length: number },
): TS.Diagnostic {
  return { file, start, length, messageText, category: ts.DiagnosticCategory.Error, code: 1109 }
}

/** A registry that keeps every file it has parsed: a package that one cell leaves out is parsed once all the same. */
function keepingRegistry(): TS.DocumentRegistry {
  const registry = ts.createDocumentRegistry()
  registry.releaseDocument = () => undefined
  registry.releaseDocumentWithKey = () => undefined
  return registry
}

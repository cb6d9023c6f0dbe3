/**
 * The documentation's snippets run as they stand: those of a page one after the other, with ψlab's public names in
 * scope, as the cells of a notebook would.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import ts from 'typescript'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as psilab from '../../src/index.js'
import { at, shown } from '../../tools/setup/paths.mjs'

/** Milliseconds that a page may take: it is there to be tried. */
const PATIENCE = 30_000

const library = new Map<string, unknown>(Object.entries(psilab))

const pages = ['README.md', ...readdirSync(at('docs')).map((name) => `docs/${name}`)].flatMap((page) => {
  const snippets = snippetsOf(readFileSync(at(page), 'utf8'))
  return snippets.length === 0 ? [] : [{ page, source: snippets.join('\n') }]
})

/** The blocks of TypeScript, without their imports of ψlab: its names are in scope. */
function snippetsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) =>
    code!.replaceAll(/^import \{[^}]*\} from 'psilab'$/gm, ''),
  )
}

/** Imports of data, which only a module may have, as values that are there. */
const withData = (source: string): string =>
  source.replaceAll(/^import (\w+) from '([^']+\.json)' with .*$/gm, "const $1 = dataOf('$2')")

const dataOf = (specifier: string): unknown =>
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve(specifier), 'utf8'))

/** Public names that a page uses and does not declare itself. */
function namesIn(source: string): string[] {
  const words = new Set(source.match(/[A-Za-z_]\w*/g) ?? [])
  const own = new Set([...source.matchAll(/\b(?:const|let|function|class)\s+(\w+)/g)].map(([, name]) => name))
  return [...library.keys()].filter((name) => words.has(name) && !own.has(name))
}

/** The page as a module for the compiler. */
const moduleOf = (source: string): string =>
  `import { ${namesIn(source).join(', ')} } from '${at('src/index.ts')}'\n${source}\nexport {}\n`

beforeEach(() => {
  for (const method of ['log', 'warn'] as const) vi.spyOn(console, method).mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('the snippets of the documentation', () => {
  test.each(pages)('of $page run', { timeout: PATIENCE }, async ({ source }) => {
    const { outputText } = ts.transpileModule(withData(source), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    })
    const names = namesIn(source)
    const AsyncFunction = (async () => undefined).constructor as new (
      ...parts: string[]
    ) => (...values: unknown[]) => Promise<void>
    const run = new AsyncFunction('dataOf', ...names, outputText)
    await run(dataOf, ...names.map((name) => library.get(name)))
  })

  test('have the types that an editor would ask for', { timeout: PATIENCE }, () => {
    const files = new Map(pages.map(({ page, source }) => [at(`${page}.ts`), moduleOf(source)]))
    const { config } = ts.readConfigFile(at('test/tsconfig.json'), ts.sys.readFile)
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, at('test'))
    const settings = { ...options, noEmit: true, composite: false, incremental: false, noUnusedLocals: false }
    const host = ts.createCompilerHost(settings)
    const { fileExists, readFile, getSourceFile } = host
    host.fileExists = (name) => files.has(name) || fileExists(name)
    host.readFile = (name) => files.get(name) ?? readFile(name)
    host.getSourceFile = (name, target) =>
      files.has(name)
        ? ts.createSourceFile(name, files.get(name)!, target)
        : getSourceFile.call(host, name, target)
    const program = ts.createProgram([...files.keys()], settings, host)
    const found = [...files.keys()].flatMap((name) => {
      const file = program.getSourceFile(name)!
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    })
    expect(
      found.map(({ file, start, messageText }) => {
        const { line } = file!.getLineAndCharacterOfPosition(start!)
        const said = ts.flattenDiagnosticMessageText(messageText, ' ')
        return `${shown(file!.fileName)}: ${file!.text.split('\n')[line]}: ${said}`
      }),
    ).toEqual([])
  })
})

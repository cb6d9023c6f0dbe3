/**
 * Module hooks for the notebook's own files: TypeScript is stripped of its types, an edited file is read again by
 * the next import, and `psilab` and `tslab` are the kernel's own everywhere.
 */
import { readFileSync, statSync } from 'node:fs'
import type { LoadHook, ResolveFnOutput, ResolveHook } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type TS from 'typescript'
import { ts } from '../language/typescript.js'

const TYPESCRIPT = /\.m?ts$/

export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'tslab') return { url: new URL('./tslab.js', import.meta.url).href, shortCircuit: true }
  if (specifier === 'psilab' || specifier.startsWith('psilab/')) {
    return next(specifier, { ...context, parentURL: import.meta.url })
  }
  const local = /^(\.{0,2}\/|file:)/.test(specifier) && !context.parentURL?.includes('/node_modules/')
  if (!local) return next(specifier, context)
  const resolved = await firstFound(
    candidates(specifier).map((candidate) => async () => next(candidate, context)),
  )
  if (!resolved.url.startsWith('file:') || !TYPESCRIPT.test(resolved.url)) return resolved
  return { ...resolved, url: `${resolved.url}?changed=${statSync(fileURLToPath(resolved.url)).mtimeMs}` }
}

export const load: LoadHook = async (url, context, next) => {
  const path = url.replace(/[?#].*$/, '')
  if (!path.startsWith('file:') || !TYPESCRIPT.test(path)) return next(url, context)
  const file = fileURLToPath(path)
  const { outputText, diagnostics } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      inlineSources: true,
    },
  })
  const [wrong] = diagnostics ?? []
  if (wrong) throw new SyntaxError(whereWrong(wrong, file))
  return { format: 'module', source: outputText, shortCircuit: true }
}

/** What is no TypeScript in a file: the place, what is wrong, and the line. */
function whereWrong({ file, start = 0, messageText }: TS.Diagnostic, path: string): string {
  const what = ts.flattenDiagnosticMessageText(messageText, '\n')
  if (!file) return `${relative(process.cwd(), path)}: ${what}`
  const { line, character } = file.getLineAndCharacterOfPosition(start)
  const text = file.text.split('\n')[line]!
  return `${relative(process.cwd(), path)}, line ${line + 1}: ${what}\n  ${text}\n  ${' '.repeat(character)}^`
}

/** The names that TypeScript would look under: `./x`, `./x.ts`, `./x/index.ts`, and `./x.ts` for `./x.js`. */
function candidates(specifier: string): string[] {
  if (/\.m?js$/.test(specifier)) return [specifier, specifier.replace(/js$/, 'ts')]
  if (/\.\w+$/.test(specifier)) return [specifier]
  return [specifier, `${specifier}.ts`, `${specifier}.js`, `${specifier}/index.ts`]
}

async function firstFound(tries: (() => Promise<ResolveFnOutput>)[]): Promise<ResolveFnOutput> {
  let first: unknown
  for (const attempt of tries) {
    try {
      return await attempt()
    } catch (error) {
      first ??= error
    }
  }
  throw first
}

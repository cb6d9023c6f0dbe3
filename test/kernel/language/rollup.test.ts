import { describe, expect, it } from 'vitest'
import { passOn, rollUpGlobals, rollUpModules } from '../../../kernel/src/language/rollup.js'
import { ts } from '../../../kernel/src/language/typescript.js'

const folder = '/own'

const own = new Map(
  Object.entries({
    'index.d.ts':
      "export * from './shape.js'\nexport { default } from './shape.js'\nexport declare const two: import('./deep').Deep\n",
    'shape.d.ts':
      "import type { Deep } from './deep'\nexport interface Shape { deep: Deep }\ndeclare const shape: Shape\nexport default shape\n",
    'deep.d.ts': 'import type { Shape } from "./shape.js"\nexport interface Deep { n: number; up?: Shape }\n',
    'global.d.ts':
      '/// <reference path="more.d.ts" />\n/// <reference path="augmenting.d.ts" />\ndeclare var first: number\n',
    'more.d.ts': '/// <reference path="global.d.ts" />\ndeclare var second: string\n',
    'augmenting.d.ts': 'export {}\ndeclare global { var third: boolean }\n',
  }).map(([name, text]) => [`${folder}/${name}`, text] as const),
)

/** What the checker says of a program with further texts; nothing is read but these and the standard library. */
function check(texts: Record<string, string>, program: string): string[] {
  const host = ts.createCompilerHost({})
  const read = host.readFile
  const all = new Map(Object.entries({ ...texts, '/program.ts': program }))
  host.readFile = (file) => all.get(file) ?? read(file)
  host.fileExists = (file) => host.readFile(file) !== undefined
  const options = {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
  }
  const built = ts.createProgram(
    [...all.keys()],
    { ...options, paths: { entry: [`${folder}/index.d.ts`] } },
    host,
  )
  return built
    .getSemanticDiagnostics(built.getSourceFile('/program.ts'))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

describe('a rollup', () => {
  it('holds the modules that a file leads to, with their types and defaults, round trips included', () => {
    const index = `${folder}/index.d.ts`
    const texts = { '/modules.d.ts': rollUpModules(own, [index]).text, [index]: passOn(own, index) }
    const program =
      "import shape, { two, type Shape } from 'entry'\nconst n: number = two.n; const s: Shape = shape; s.deep.up?.deep.n\n"
    expect(check(texts, program)).toEqual([])
    expect(check(texts, `${program}const wrong: string = shape.deep.n`)).toEqual([
      "Type 'number' is not assignable to type 'string'.",
    ])
  })

  it('holds global declarations once, those that stand in a module included', () => {
    const { text, files } = rollUpGlobals(own, [`${folder}/global.d.ts`])
    expect(files.size).toBe(3)
    expect(text.match(/var second/g)).toHaveLength(1)
    const program =
      'const a: number = first; const b: string = second; const c: boolean = third; const d: number = second'
    expect(check({ '/globals.d.ts': text }, program)).toEqual([
      "Type 'string' is not assignable to type 'number'.",
    ])
  })
})

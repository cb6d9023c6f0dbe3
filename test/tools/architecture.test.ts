import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { at, shown } from '../../tools/setup/paths.mjs'
import { filesIn } from '../../tools/setup/stamp.mjs'
import { type Import, importsOf, sourceOf } from './_imports.ts'

/**
 * Which folder of the library may import which: the arrows of ARCHITECTURE.md. `error.ts` and `shown.ts` are
 * there for all, `index.ts` sees all. A folder that is not listed may import nothing.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  webassembly: [],
  numeric: ['webassembly'],
  figure: ['interchange'],
  interchange: [],
  progress: [],
  engine: ['numeric', 'webassembly'],
  grid: ['numeric', 'interchange'],
  expr: ['numeric'],
  objective: ['expr', 'grid', 'numeric', 'figure', 'progress'],
  thermal: ['numeric', 'grid', 'objective', 'figure', 'interchange', 'progress'],
  phase: ['numeric', 'grid', 'figure', 'interchange'],
  qde: ['objective', 'expr', 'grid', 'engine', 'numeric', 'thermal', 'figure', 'interchange', 'progress'],
  tunnelling: ['qde', 'objective', 'expr', 'grid', 'numeric', 'figure', 'interchange', 'progress'],
  learn: ['qde', 'thermal', 'objective', 'expr', 'grid', 'numeric', 'figure', 'interchange', 'progress'],
  derive: ['expr', 'figure', 'numeric'],
  live: ['qde', 'thermal', 'phase', 'objective', 'grid', 'numeric', 'figure'],
  sweep: ['figure', 'interchange'],
  page: ['figure', 'live'],
}

const sources = (folder: string): string[] =>
  filesIn(at(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))

const library = sources('src').flatMap((file) => importsOf(file))
const kernel = sources('kernel/src').flatMap((file) => importsOf(file))
const extension = sources('extension/src').flatMap((file) => importsOf(file))

const isRelative = ({ specifier }: Import): boolean => specifier.startsWith('.')

const sentence = ({ from, specifier }: Import): string => `${shown(from)} imports ${specifier}`

/** The folder of `src` that a file lies in; the files beside the folders are named themselves. */
const folderOf = (file: string): string => path.relative(at('src'), file).split(path.sep)[0]!

const leaves = (folder: string) => (found: Import) =>
  isRelative(found) && path.relative(at(folder), sourceOf(found)).startsWith('..')

describe('the three packages', () => {
  test('the library imports neither the kernel nor the extension', () => {
    expect(library.filter(({ specifier }) => specifier.startsWith('@psilab/')).map(sentence)).toEqual([])
    expect(library.filter(leaves('src')).map(sentence)).toEqual([])
  })

  test.each([
    ['kernel', kernel, ['psilab', 'psilab/figure']],
    ['extension', extension, ['psilab/figure', 'psilab/page', 'psilab/live', 'psilab/live/worker.json']],
  ])(
    'the %s imports the library by its entries alone, and not the other package',
    (folder, imports, entries) => {
      const own = imports.filter(({ specifier }) => /^@?psilab\b/.test(specifier))
      expect(own.filter(({ specifier }) => !entries.includes(specifier)).map(sentence)).toEqual([])
      expect(imports.filter(leaves(folder)).map(sentence)).toEqual([])
    },
  )

  test('Jupyter stays out of the library', () => {
    const foreign = /^(@jupyterlab|@lumino|zeromq|typescript)(\/|$)/
    expect(library.filter(({ specifier }) => foreign.test(specifier)).map(sentence)).toEqual([])
  })
})

describe('the page', () => {
  test('is known to the compiler in src/page alone', () => {
    const options = (file: string) => JSON.parse(readFileSync(at(file), 'utf8'))
    expect(options('tsconfig.base.json').compilerOptions.lib).toEqual(['ES2023'])
    expect(options('src/tsconfig.json').compilerOptions).not.toHaveProperty('lib')
    expect(options('src/tsconfig.json').exclude).toContain('page')
    expect(options('src/page/tsconfig.json').compilerOptions.lib).toContain('DOM')
  })

  test('is not loaded with the library, and draws with vega loaded at the first chart', () => {
    expect(
      library
        .filter(
          (found) =>
            folderOf(found.from) !== 'page' && isRelative(found) && folderOf(sourceOf(found)) === 'page',
        )
        .map(sentence),
    ).toEqual([])
    const naming = sources('src/page').filter((file) => /from 'vega/.test(readFileSync(file, 'utf8')))
    expect(naming.map(shown)).toEqual(['src/page/vega.ts'])
    const eager = reachable(at('src/page/index.ts')).filter(({ specifier }) => specifier === './vega.js')
    expect(eager.map(sentence)).toEqual([])
  })

  test('gets no HTML from data', () => {
    const risky = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|new Function|\beval\(/
    const files = [...sources('src/page'), ...sources('extension/src')]
    expect(files.filter((file) => risky.test(readFileSync(file, 'utf8'))).map(shown)).toEqual([])
  })
})

/** Files of the library that belong to no folder. */
const FOR_ALL: ReadonlySet<string> = new Set(['error.ts', 'shown.ts'])

describe('the folders of the library', () => {
  const crossing = library.filter((found) => {
    const [from, to] = [folderOf(found.from), folderOf(sourceOf(found))]
    return isRelative(found) && from !== to && !FOR_ALL.has(to) && from !== 'index.ts'
  })

  test('import one another along the arrows of the architecture', () => {
    const wrong = crossing.filter(
      (found) => !allowed[folderOf(found.from)]?.includes(folderOf(sourceOf(found))),
    )
    expect(wrong.map(sentence)).toEqual([])
  })

  test('import a folder that has an index by that alone', () => {
    const deep = crossing.filter((found) => {
      const index = at('src', folderOf(sourceOf(found)), 'index.ts')
      return existsSync(index) && sourceOf(found) !== index
    })
    expect(deep.map(sentence)).toEqual([])
  })

  test('the arrows make no circle', () => {
    const rank = (folder: string, above: readonly string[]): number => {
      expect(above, 'a circle of folders').not.toContain(folder)
      return 1 + Math.max(-1, ...(allowed[folder] ?? []).map((below) => rank(below, [...above, folder])))
    }
    for (const folder of Object.keys(allowed)) rank(folder, [])
  })

  test('every folder has its arrows listed', () => {
    const folders = new Set(sources('src').map(folderOf))
    expect([...folders].filter((folder) => !folder.endsWith('.ts') && !(folder in allowed))).toEqual([])
  })
})

/** The imports that load with a file, through all files that it reaches. */
function reachable(entry: string): Import[] {
  const seen = new Set<string>()
  const found: Import[] = []
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return
    seen.add(file)
    for (const one of importsOf(file)) {
      if (one.when !== 'static') continue
      found.push(one)
      if (isRelative(one)) visit(sourceOf(one))
    }
  }
  visit(entry)
  return found
}

describe('in the browser', () => {
  test.each(['src/index.ts', 'src/figure/index.ts', 'src/page/index.ts'])(
    '%s loads nothing of Node',
    (entry) => {
      const builtin =
        /^(node:|fs$|path$|os$|url$|module$|zlib$|crypto$|child_process$|worker_threads$|buffer$)/
      expect(
        reachable(at(entry))
          .filter(({ specifier }) => builtin.test(specifier))
          .map(sentence),
      ).toEqual([])
    },
  )
})

describe('the front of the kernel', () => {
  const entry = at('kernel/src/front/kernel.ts')
  const imports = reachable(entry)

  test('takes messages and gives messages, and loads neither sockets nor processes', () => {
    expect(imports.filter((found) => !isRelative(found)).map(sentence)).toEqual([])
  })

  test('names nothing that a Web Worker lacks', () => {
    const lacking = /(?<![\w.'`])(Buffer|process|NodeJS|setImmediate|require|__dirname|global)\b(?!['`:])/
    const code = (file: string) =>
      readFileSync(file, 'utf8').replace(/\/\*.*?\*\/|\/\/.*$|'.*?'|`[^`]*`/gms, '')
    const files = [entry, ...new Set(imports.filter(isRelative).map(sourceOf))]
    expect(files.length).toBeGreaterThan(8)
    expect(files.filter((file) => lacking.test(code(file))).map(shown)).toEqual([])
  })
})

describe('importsOf()', () => {
  test('tells imports that load from those that only type', () => {
    const text = [
      "import { a } from './a.js'",
      "import type { B } from './b.js'",
      "export * from './c.js'",
      "export type { D } from './d.js'",
      "const e = await import('./e.js')",
      "type F = import('./f.js').F",
    ].join('\n')
    expect(importsOf('/x/index.ts', text).map(({ specifier, when }) => `${specifier} ${when}`)).toEqual([
      './a.js static',
      './b.js type',
      './c.js static',
      './d.js type',
      './e.js dynamic',
      './f.js type',
    ])
    expect(sourceOf(importsOf('/x/index.ts', text)[0]!)).toBe(path.resolve('/x/a.ts'))
  })
})

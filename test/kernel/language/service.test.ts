import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { NotebookLanguage } from '../../../kernel/src/language/service.js'

const language = new NotebookLanguage()
let runs = 0

/** The script of a cell, whose names later cells see, without the notes of how far it has come. */
function script(code: string): string {
  return wholeScript(code)
    .replaceAll(/__psilab__\.reach\(.*\);\n/g, '')
    .trim()
}

function wholeScript(code: string, reached?: number): string {
  const run = ++runs
  const prepared = language.prepare({ run, count: run, code })
  if (prepared.status !== 'ok') throw new Error(prepared.status === 'error' ? prepared.error.evalue : 'reset')
  language.commit(run, reached)
  return prepared.script.replace(/^"use strict";/, '').trim()
}

function refusal(code: string): string {
  const prepared = language.prepare({ run: ++runs, count: 9, code })
  return prepared.status === 'error' ? `${prepared.error.ename}: ${prepared.error.evalue}` : 'runs'
}

describe('the script of a cell', () => {
  it('declares every top-level name by let', () => {
    expect(script('const a = 1; var b: number = 2')).toBe('let a = 1;\nlet b = 2;')
    expect(script('class C {}')).toBe('let C = class C {\n};')
    expect(script('f(); function f() {}')).toBe('let f = function () { };\nf();')
    expect(script('enum E { A }')).toMatch(/^let E;/)
  })

  it('hoists var out of blocks', () => {
    expect(script('for (var i = 0, j; i < 3; i++) String(i)')).toBe(
      'let i, j;\nfor (i = 0; i < 3; i++)\n    String(i);',
    )
    expect(script('{ var { p, q: [r = 1] } = { p: 1, q: [2] } }')).toMatch(
      /^let p, r;\n\{\n {4}\(?\{ p: p, q: \[r = 1\] \} =/,
    )
  })

  it('declares a var once, however often the cell does', () => {
    expect(script('var v = 1; var v = 2; for (var v = 3; v < 4; v++) String(v)')).toBe(
      'let v;\nv = 1;\nv = 2;\nfor (v = 3; v < 4; v++)\n    String(v);',
    )
  })

  it('notes how far it has come, in the text as typed', () => {
    expect(wholeScript('let reachA = 1; function reachF() {}\n{ reachA }')).toMatch(
      /reach\((\d+), 0\);\nlet reachA = 1;\n__psilab__.reach\(\1, 37\);/,
    )
  })

  it('takes braces at its end for an object where they can be one', () => {
    expect(script('{ a: 1, b: 2 }')).toMatch(/__psilab__\.result\(\(?\{ a: 1, b: 2 \}\)?\);/)
    expect(script('let objectEnd = 3\n{ objectEnd }')).toMatch(/result\(\(?\{ objectEnd \}/)
    expect(script('{ let inner = 1; inner }')).not.toContain('result')
    expect(script('{}')).not.toContain('result')
  })

  it('hands over the value of its last expression', () => {
    expect(script('1; 2')).toBe('1;\n__psilab__.result(2);')
    expect(script('const n = await 1')).toBe('let n = await 1;')
  })

  it('imports values and drops types', () => {
    expect(script("import { readFileSync as read, type Stats } from 'node:fs'")).toBe(
      'let { "readFileSync": read } = await __psilab__.importNames(\'node:fs\', ["readFileSync"]);',
    )
    expect(script("import type { Stats } from 'node:fs'")).toBe('')
    expect(script("import { PathLike } from 'node:fs'")).toBe('')
    expect(script("import * as os from 'node:os'")).toBe("let os = await __psilab__.import('node:os');")
  })

  it('can be stopped in loops that await', () => {
    expect(script('while (true) await 1')).toContain('__psilab__.checkpoint(__epoch_')
    expect(script('let a = f(); let b = 1; b')).toMatch(
      /f\(\);\s*__psilab__\.endOfStatement\(\d+\);\s*let b = 1;\s*__psilab__\.result/,
    )
    expect(script('while (false) { const f = async () => await 1 }')).not.toContain('checkpoint')
    expect(script('async function g() { for await (const x of []) {} }')).toContain(
      'const __epoch = __psilab__.epoch()',
    )
  })

  it('has its own import.meta and import()', () => {
    expect(script("import.meta.url; import('node:fs')")).toBe(
      "__psilab__.meta.url;\n__psilab__.result(__psilab__.import('node:fs'));",
    )
  })
})

describe('the check of a cell', () => {
  it('knows the types of earlier cells', () => {
    script('let count = 1; const fixed = 2; interface Size { n: number }')
    expect(refusal("count = 'a'")).toBe("TS2322: Type 'string' is not assignable to type 'number'.")
    expect(refusal('fixed = 3')).toBe("TS2588: Cannot assign to 'fixed' because it is a constant.")
    expect(refusal('const s: Size = { n: count }')).toBe('runs')
  })

  it('knows what a cell adds to the global scope', () => {
    script('declare global { var shared: number }\nglobalThis.shared = 3')
    expect(refusal('const s: number = shared; global.shared')).toBe('runs')
    expect(refusal('shared.nothing')).toMatch(/^TS2339/)
  })

  it('shows the line', () => {
    const prepared = language.prepare({ run: ++runs, count: 9, code: 'let a = 1\nnowhere' })
    const lines = prepared.status === 'error' ? prepared.error.traceback.map(stripVTControlCharacters) : []
    expect(lines.slice(2)).toEqual(['cell 9, line 2', '  1 │ let a = 1', '> 2 │ nowhere', '    │ ^^^^^^^'])
  })

  it('forgets all cells when the executor starts anew', () => {
    script('let ephemeral = 1')
    language.reset()
    expect(refusal('ephemeral')).toBe("TS2304: Cannot find name 'ephemeral'.")
  })
})

/** What is offered where | stands. */
function offered(marked: string): string[] {
  const { items } = language.complete(marked.replace('|', ''), marked.indexOf('|'))
  return items.map(({ text }) => text)
}

describe('a module of Node that few cells import', () => {
  const refusalOf = (notebook: NotebookLanguage, run: number, code: string): string => {
    const prepared = notebook.prepare({ run, count: run, code })
    if (prepared.status === 'error') return prepared.error.evalue
    notebook.commit(run)
    return 'runs'
  }

  it('has its types where a cell first names it, and in every later cell', () => {
    const notebook = new NotebookLanguage()
    expect(refusalOf(notebook, 1, 'const one = 1')).toBe('runs')
    expect(refusalOf(notebook, 2, "import { connect } from 'node:http2'")).toBe('runs')
    expect(refusalOf(notebook, 3, "const session: number = connect('')")).toContain('ClientHttp2Session')
    expect(refusalOf(notebook, 4, "import { connect as again } from 'http2'; again()")).toContain('Expected')
    expect(refusalOf(notebook, 5, 'const two: string = one')).toContain('string')
    expect(refusalOf(notebook, 6, "import { nothing } from 'node:http2'")).toContain('nothing')
    notebook.reset()
    expect(refusalOf(notebook, 1, "import { connect } from 'node:http2'; connect()")).toContain('Expected')
  })

  it('has its types where it is named in an expression', () => {
    expect(refusal("const n: number = process.getBuiltinModule('zlib')")).toContain("type 'number'")
    expect(refusal("const v: number = (await import('node:v8')).getHeapStatistics()")).toContain('HeapInfo')
  })
})

describe('completion in a cell that is being written', () => {
  const declared =
    "const problem = qde({ objective: 'x^2', D: 0.5 }); const packet = wavePacket({ x0: 0, sigma: 1 })"

  it('lists the members of a name of the library', () => {
    expect(offered('derive.|')).toContain('wickRotation')
    expect(offered('RULES.|')).toContain('rearrange')
    expect(offered('Complex.|')).toContain('ZERO')
    expect(offered('landscape.|')).toContain('name')
    expect(offered('derive.|\nconst a = 1')).toContain('wickRotation')
  })

  it('lists the options that an open object may still have', () => {
    script(declared)
    const options = offered("qde({ objective: 'x^2', |")
    expect(options).toEqual(expect.arrayContaining(['D', 'grid', 'parameters']))
    expect(options).not.toContain('objective')
    expect(options).not.toContain('globalThis')
    expect(offered('problem.evolve(packet, { |')).toContain('until')
    expect(offered('problem.evolve(packet, { un|\nconst later = 1')).toEqual(['until'])
    expect(offered('const run = () => { problem.evolve(packet, { |\n}')).toContain('until')
  })

  it('lists the words that an open string may be', () => {
    script(declared)
    expect(offered("problem.evolve(packet, { method: '|")).toContain('strang')
    expect(offered('problem.evolve(packet, { until: 1, method: "str|\nconst later = 1')).toEqual(['strang'])
  })
})

/** The Markdown shown where | stands. */
function shown(marked: string): string {
  return language.inspect(marked.replace('|', ''), marked.indexOf('|'))?.markdown ?? ''
}

describe('what is shown of a function of the library', () => {
  it('lists its options: names, types, what they are for', () => {
    const markdown = shown('qd|e')
    expect(markdown).toMatch(/^```typescript\nfunction qde\(options: QdeOptions\): Problem\n```/)
    expect(markdown).toMatch(/^\*options\*\n\n- `objective: .*` — ζ: .*\.$/m)
    expect(markdown).toMatch(/^- `grid\?: GridOptions` — .*\.$/m)
    expect(shown('wavePacket|')).toMatch(
      /^- `k0\?: number \| readonly number\[\]` — Mean wave number; default 0\.$/m,
    )
    script("const held = qde({ objective: 'x^2', D: 0.5 })")
    expect(shown('held.evolve|')).toMatch(/^- `method\?: ('\w+' \| )+'\w+'` — /m)
  })

  it('lists them for a call that is being written', () => {
    expect(shown('qde({ |')).toContain('- `D: number`')
    expect(language.inspect('qde(', 4)?.text).toMatch(/^ {2}D: number — /m)
  })

  it('leaves out what holds no options', () => {
    script('function own({ a }: { a: number }) { return a }')
    for (const name of ['own|', 'derive|', 'Array.from|']) expect(shown(name)).not.toMatch(/^- `/m)
  })
})

describe('what a failed cell leaves', () => {
  it('is what it declared before the statement that failed, functions and types', () => {
    const code =
      "const leftA = 1; throw new Error('mid'); const leftB = 2; function leftF() { return leftB }; type LeftT = string"
    wholeScript(code, code.indexOf('throw'))
    expect(refusal('leftA; leftF(); const t: LeftT = 1')).toMatch(/^TS2322/)
    expect(refusal('leftB')).toBe("TS2304: Cannot find name 'leftB'.")
  })

  it('keeps what a name meant before', () => {
    wholeScript('let leftC = 1')
    wholeScript("throw new Error('before'); let leftC = 'text'", 0)
    expect(refusal('const same: number = leftC')).toBe('runs')
    wholeScript("let leftC = 'text'; throw new Error('after')", 20)
    expect(refusal('const same: number = leftC')).toMatch(/^TS2322/)
  })
})

describe('a type that is left out', () => {
  it('is no error', () => {
    expect(refusal('const leftSum = (a, b) => a + b')).toBe('runs')
    expect(refusal("const leftKey = { a: 1 }; for (const k in leftKey) String(leftKey[k] + 'x')")).toBe(
      'runs',
    )
  })

  it('is unknown of a variable that only a function sets', () => {
    expect(refusal('let settle; new Promise((r) => { settle = r }); settle(3)')).toBe('runs')
    expect(refusal('let last; [1].forEach((x) => { last = x }); if (last) last.toFixed(1)')).toBe('runs')
    expect(refusal('let last = null; [1].forEach((x) => { last = x }); Math.max(last, last + 1)')).toBe(
      'runs',
    )
    expect(refusal('let last; [1].forEach((x) => { last = x }); [2].push(last)')).toBe('runs')
    expect(refusal('let none; none.toFixed(1)')).toMatch(/^TS/)
    expect(
      refusal('let typed: number | undefined; [1].forEach((x) => { typed = x }); typed.toFixed(1)'),
    ).toMatch(/^TS/)
  })

  it('is seen from what comes into an empty list or a null, in the cell and in later ones', () => {
    expect(refusal('let nothingYet = null; nothingYet = 5; nothingYet.toFixed(2)')).toBe('runs')
    wholeScript('const leftLosses = []; for (let i = 0; i < 3; i++) leftLosses.push(i)')
    expect(refusal('leftLosses.push(4); leftLosses.map((loss) => loss.toFixed(2))')).toBe('runs')
    expect(refusal('const squares = []; squares.push(4); squares[0].toFixed(2)')).toBe('runs')
    expect(refusal('const squares = []; squares.push(4); squares[0].trim()')).toMatch(/^TS2339/)
  })
})

describe('the advice on a cell that cannot be right', () => {
  function advice(code: string): string {
    const prepared = language.prepare({ run: ++runs, count: 9, code })
    if (prepared.status !== 'error') return 'runs'
    return stripVTControlCharacters(prepared.error.traceback.join('\n'))
  }

  it('names what is near, in earlier cells and in the library', () => {
    wholeScript('let oscillatorDepth = 1')
    expect(advice('oscilatorDepth')).toContain("Did you mean 'oscillatorDepth'?")
    expect(advice('wavepacket({ x0: 0, sigma: 1 })')).toContain("Did you mean 'wavePacket'?")
    expect(advice("print('x')")).toContain('console.log')
    expect(advice('fresh = 1')).toContain('let fresh = …')
  })

  it('lists the options that there are', () => {
    const text = advice("qde({ objective: 'x^2', D: 0.5, gird: {} })")
    expect(text).toContain("Did you mean 'grid'?")
    expect(text).toMatch(/\n {2}D: number — .*\n/)
  })

  it('shows the signature, and tells arguments in another order', () => {
    wholeScript('function called(x: number, name: string) { return name.repeat(x) }')
    expect(advice("called('a', 3)")).toContain('another order')
    expect(advice("called('a', 3)")).toContain('called(x: number, name: string): string')
    expect(advice("called('a', 'b')")).not.toContain('another order')
    expect(advice('called(1)')).toContain('called(x: number, name: string): string')
  })

  it('finds a missing await', () => {
    wholeScript('async function later() { return { energy: 1 } }')
    expect(advice('later().energy')).toContain('write await')
    expect(advice('const e: { energy: number } = later()')).toContain('await')
    expect(advice('later() * 2')).toContain('await')
    expect(advice('(5).energy')).not.toContain('await')
  })

  it('converts between lists and typed arrays', () => {
    expect(advice('const list: number[] = new Float64Array(3)')).toContain('Array.from(…)')
    expect(advice('const list: Float64Array = [1]')).toContain('Float64Array.from(…)')
  })

  it('tells how what is missing is installed', () => {
    expect(advice("import x from 'not-there'")).toContain('npm install not-there')
    expect(advice("import x from 'npm:@a/b@1/c'")).toMatch(/npm install @a\/b@1\n.*from '@a\/b\/c'/)
    expect(advice("import x from 'jsr:@std/path'")).toContain('npx jsr add @std/path')
    expect(advice("import x from 'https://esm.sh/x'")).toContain('Node imports no addresses')
    expect(advice("import x from 'typescript/nope'")).toContain('is installed')
    expect(advice("import x from 'node:fss'")).toContain("'node:fs'")
  })

  it('names the types of a signature without their modules', () => {
    expect(advice('wavePacket({ x0: 0 })')).toContain('wavePacket(options: WavePacketOptions): InitialState')
  })

  it('translates lines of Python and of a shell', () => {
    expect(advice('import numpy as np')).toContain('import * as name')
    expect(advice('for i in range(3): print(i)')).toContain('for (const x of list)')
    expect(advice('def f(x):\n  return x')).toContain('function f(x)')
    expect(advice('if 1 > 0:\n  2')).toContain('braces')
    expect(advice('!pip install x')).toContain('execSync')
    expect(advice('!ls')).toContain('execSync')
  })

  it('says how an empty list inside an object gets its type, and a list behind a line', () => {
    expect(advice('const state = { history: [] }; state.history.push(1)')).toContain('[] as number[]')
    expect(advice('const rows = []; rows[0] = []; rows[0][0] = 1')).toContain('[] as number[]')
    expect(advice('const joined = []\n[1, 2].forEach((x) => joined.push(x))')).toContain('semicolon')
    expect(advice('const bare = {}; bare.b = 1')).toContain('Record<string, number>')
  })

  it('tells what a module exports in place of what it does not', () => {
    expect(advice("import { no } from 'node:timers/promises'")).toContain('It exports')
    expect(advice("import { no } from 'node:timers/promises'")).toContain('setTimeout')
  })

  it('refuses JSX in one sentence', () => {
    expect(advice('const el = <b>hi</b>')).toMatch(/^SyntaxError: Cells are TypeScript without JSX/)
    expect(advice('1 < 2 >')).not.toContain('JSX')
  })

  it('gives the innermost of many reasons and where it lies', () => {
    const code = 'const deep: { a: { b: string }[] } = { ...{ a: [{ b: 1 }] } }'
    expect(advice(code)).toMatch(
      /not assignable to type '.*'\.\n {2}The types of .*\n {2}Type 'number'|Type 'number' is not/,
    )
  })

  it('says a thing once, and how many more there are', () => {
    const text = advice('u1; u1; u2; u3; u4; u5')
    expect(text.match(/Cannot find name 'u1'/g)).toHaveLength(1)
    expect(text).toContain('and 3 more')
  })
})

import { runInThisContext } from 'node:vm'
import fc from 'fast-check'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { NotebookLanguage } from '../../../kernel/src/language/service.js'

const language = new NotebookLanguage()
let runs = 0

function script(code: string): string {
  const run = ++runs
  const prepared = language.prepare({ run, count: run, code })
  if (prepared.status !== 'ok') throw new Error(`refused: ${code}`)
  language.commit(run)
  return prepared.script
}

const isOnCopies = (code: string): boolean => script(code).includes('finally')

const nothing = (): void => {}
const RUNTIME = {
  reach: nothing,
  endOfStatement: nothing,
  result: nothing,
  epoch: () => 0,
  checkpoint: nothing,
}

/** A function of the runtime with this body. */
function compiled(body: string): (runtime: object) => unknown {
  return runInThisContext(`(function (__psilab__) { ${body}\n})`) as (runtime: object) => unknown
}

/** What the names hold in the end, of the cell's script or of the same text as plain JavaScript. */
function outcome(text: string, names: readonly string[]): unknown {
  return compiled(`${text}\nreturn [${names.join(', ')}]`)(RUNTIME)
}

function expectSame(code: string, names: readonly string[]): void {
  const plain = ts.transpile(code, { target: ts.ScriptTarget.ES2022 })
  expect(outcome(script(code), names)).toEqual(outcome(plain, names))
}

describe('a loop over numbers', () => {
  it.each([
    ['let s = 0; for (let i = 0; i < 10; i++) s += i * 0.5'],
    [
      'let s = 0; const a = new Float64Array(9); for (const k of a) s += k; for (let i = 0; i < a.length; i++) s += a[i]',
    ],
    ['let n = 0; while (n < 5) { n++ }'],
    ['let n = 0; do n += Math.sqrt(2); while (n < 5)'],
    ['let t = 0; if (t === 0) { for (;;) { if (t > 9) break; t++ } }'],
    [
      'const m = [[1, 2], [3, 4]]; let t = 0; for (let i = 0; i < 2; i++) { const row = m[i]!; t += row[i]! }',
    ],
    ['for (var v = 0; v < 3; v++);'],
  ])('runs on copies: %s', (code) => {
    expect(isOnCopies(code)).toBe(true)
  })

  it('runs on copies of names of other cells', () => {
    script('let total = 0; const data = [1, 2, 3]')
    expect(script('for (let i = 0; i < data.length; i++) total += data[i]!')).toMatch(/= data, .*= total/)
  })

  it.each([
    ['calls a function', 'let s = 0; const f = () => s; for (let i = 0; i < 9; i++) s += f()'],
    ['makes one', 'let s = 0; let g = () => 0; for (let i = 0; i < 9; i++) { s += i; g = () => s }'],
    [
      'reads a property',
      'let s = 0; const o = { get s() { return s } }; for (let i = 0; i < 9; i++) s += o.s',
    ],
    [
      'may call valueOf',
      'let s = 0; const o: any = { valueOf: () => s }; for (let i = 0; i < 9; i++) s += +o',
    ],
    ['shortens an array', 'let s = 0; const a = [1]; for (let i = 0; i < 9; i++) { s++; a.length = 0 }'],
    ['awaits', 'let s = 0; for (let i = 0; i < 9; i++) s += await Promise.resolve(1)'],
    ['takes values from an iterator', 'let s = 0; for (const x of [1, 2]) s += x'],
    [
      'takes Math for something else',
      'let s = 0; { const Math = { f: () => s }; while (s < 9) { s += 1 + Math.f() } }',
    ],
    ['assigns to no top-level name', '{ let s = 0; for (let i = 0; i < 9; i++) s += i }'],
    ['stands in a function', 'let s = 0; function f() { for (let i = 0; i < 9; i++) s += i }'],
  ])('stays as it is where it %s', (_, code) => {
    expect(isOnCopies(code)).toBe(false)
  })

  const bound = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.double({ min: -2, max: 40, noNaN: true }))
  const step = fc.constantFrom('i++', '++i', 'i += 2', 'i += 0.75')
  const body = fc.constantFrom(
    's += i * 0.5',
    '{ if (i % 3 === 1) continue; s += i; n++ }',
    '{ if (s > 20) break; s += i }',
    '{ s -= a[n % 4]!; a[n % 4] = s; n++ }',
    'for (let j = 0; j < i; j++) { if (j > 5) break; s += j }',
    '{ let k = i; while (k-- > 0) s++; do n++; while (n < i) }',
    '{ i += 0.5; s += i }',
    '{ const s = i; n += s }',
  )

  it('ends with the values of the same loop in plain JavaScript', () => {
    fc.assert(
      fc.property(bound, bound, fc.constantFrom('<', '<='), step, body, (from, to, less, next, inside) => {
        const code = `let s = 0, n = 0; const a = [1, 2, 3, 4]; for (let i = ${from}; i ${less} ${to}; ${next}) ${inside}`
        expectSame(code, ['s', 'n', 'a'])
      }),
      { numRuns: 60 },
    )
  })

  it('does so beyond the turns after which it keeps its names', () => {
    for (const less of ['<', '<=']) {
      expectSame(`let n = 0, s = 0; for (let i = 0.5; i ${less} 200000; i++) { n++; s += i }`, ['n', 's'])
      expectSame(`let n = 0; const end = 65536; for (let i = 0; i ${less} end; i++) n++`, ['n'])
    }
    expectSame('let n = 0, i = 0; while (i < 2e5) { i++; if (i % 2) continue; n++ }', ['n', 'i'])
    expectSame(
      'let n = 0; const a = [0]; for (let i = 0; i < a.length; i++) { if (n < 1e5) a[i + 1] = n; n++ }',
      ['n'],
    )
    expectSame('let n = 0n; for (let i = 0n; i < 100000n; i++) n += i', ['n'])
  })

  it('keeps what it has when it throws', () => {
    const code = 'let n = 0; const rows: number[][] = [[1], [2]]; while (true) { n += rows[n]![0]! }'
    const caught = `try { ${script(code).replace(/let n = 0;/, '')} } catch { return n }`
    expect(compiled(`let n = 0; ${caught}`)(RUNTIME)).toBe(3)
  })

  it.each([
    ['for (let i = 0; i < 1e9; i++) { n++; a[0]++ }'],
    ['for (let i = 0; i < 1e9; i += 1) { n++; a[0]++ }'],
    ['while (true) { n++; a[0]++ }'],
    ['do { n++; a[0]++ } while (true)'],
    ['while (true) for (let i = 0; i < 10; i++) { n++; a[0]++ }'],
  ])('ends where it keeps its names when it is interrupted: %s', (loop) => {
    let asked = 0
    const checkpoint = (): void => {
      if (++asked > 3) throw new Error('interrupted')
    }
    script('let n = 0; const a = new Float64Array(1)')
    const stopped = `let n = 0, a = [0]; try { ${script(loop)} } catch {} return [n, a[0]]`
    const [n, written] = compiled(stopped)({ ...RUNTIME, checkpoint }) as number[]
    expect(n).toBeGreaterThan(0)
    expect(written).toBe(n)
  })
})

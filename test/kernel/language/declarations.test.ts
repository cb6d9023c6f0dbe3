import { describe, expect, it } from 'vitest'
import {
  declarationsOf,
  exportedNames,
  identifiersOf,
  parse,
} from '../../../kernel/src/language/declarations.js'

function kinds(code: string): Record<string, string> {
  return Object.fromEntries([...declarationsOf(parse(code))].map(([name, { kind }]) => [name, kind]))
}

describe('declarationsOf', () => {
  it('tells the kind of every top-level name', () => {
    const code = `import d, { a as b, type T } from 'm'; import * as ns from 'n'
      const c = 1; let l; var v; using u = r; function f() { var inner }; class C {} enum E {} namespace N {}
      interface I {} type A = 1`
    expect(Object.entries(kinds(code)).map(([name, kind]) => `${name} ${kind}`)).toEqual(
      'd import|b import|T import|ns import|c const|l let|v let|u const|f function|C class|E enum|N namespace|I type|A type'.split(
        '|',
      ),
    )
  })

  it('looks into patterns, and finds var in blocks and loops but not in functions', () => {
    expect(Object.keys(kinds('const { a, b: [c, ...d], ...e } = x'))).toEqual(['a', 'c', 'd', 'e'])
    expect(kinds('for (var i = 0; ;) { var j; let k; (() => { var m })() }')).toEqual({ i: 'let', j: 'let' })
  })

  it('imports what is both type and value', () => {
    expect(kinds('interface P {} const P = 1')).toEqual({ P: 'import' })
  })
})

describe('identifiersOf', () => {
  it('leaves out the names of properties', () => {
    expect([...identifiersOf(parse('a.b({ c: d, e })'))]).toEqual(['a', 'd', 'e'])
  })
})

describe('exportedNames', () => {
  it('finds modifiers and lists', () => {
    expect([...exportedNames(parse('export const a = 1; const b = 2, c = 3; export { b }'))]).toEqual([
      'a',
      'b',
    ])
  })
})

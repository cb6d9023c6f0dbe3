import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeOpen } from '../../../kernel/src/language/closeOpen.js'

/** Closes a text in which | is the cursor. */
function close(marked: string): string {
  return closeOpen(marked.replace('|', ''), marked.indexOf('|'))
}

describe('a text with open brackets', () => {
  it.each([
    ["qde({ objective: 'x^2', |", "qde({ objective: 'x^2', })"],
    ['f([g(|', 'f([g()])'],
    ['f(a.na|me', 'f(a.name)'],
    ["psi.draw({ reading: '|", "psi.draw({ reading: ''})"],
    ["f({ a: 'po|", "f({ a: 'po'})"],
    ['f({ a: `po|', 'f({ a: `po`})'],
    [`\`a\${f(b.|`, `\`a\${f(b.)}\``],
    [`\`a\${{ b }}\${c.|`, `\`a\${{ b }}\${c.}\``],
  ])('%s', (marked, closed) => {
    expect(close(marked)).toBe(closed)
  })

  it('leaves the lines behind the cursor what they are', () => {
    expect(close('f({ |\nconst g = () => { return [2] }\ng()')).toBe(
      'f({ })\nconst g = () => { return [2] }\ng()',
    )
    expect(close("f({ a: '|\nconst b = 'c'")).toBe("f({ a: ''})\nconst b = 'c'")
  })

  it('closes only what the text behind leaves open', () => {
    expect(close('h(f({ | })')).toBe('h(f({  }))')
    expect(close('f({ |)')).toBe('f({ })')
    expect(close("import { na| from 'm'")).toBe("import { na} from 'm'")
    expect(close('function f() {\n  g([|\n}')).toBe('function f() {\n  g([])\n}')
  })

  it('knows what is no bracket', () => {
    for (const marked of [
      "'('.|",
      '// (\na.|',
      '/[(]/.|',
      'a / b; "(" / c.|',
      '`(`.|',
      '/* ( */ a.|',
      "// it's |",
    ])
      expect(close(marked)).toBe(marked.replace('|', ''))
  })
})

describe('any text', () => {
  const parts = fc.array(
    fc.constantFrom('(', ')', '[', ']', '{', '}', '`', '${', "'", '/', 'a', '.', '\n', ' '),
    {
      maxLength: 24,
    },
  )

  it('keeps what stands before the cursor, and loses nothing behind', () => {
    fc.assert(
      fc.property(parts, fc.nat(), (list, nat) => {
        const code = list.join('')
        const position = nat % (code.length + 1)
        const closed = closeOpen(code, position)
        expect(closed.slice(0, position)).toBe(code.slice(0, position))
        expect(closed.length).toBeGreaterThanOrEqual(code.length)
      }),
      { seed: 1 },
    )
  })

  it('stays as it is where its brackets match', () => {
    const { text } = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 4 },
        fc.constant('a'),
        ...['()', '[]', '{}'].map((pair) => tie('text').map((inner) => `${pair[0]}${inner}${pair[1]}`)),
        tie('text').map((inner) => `\`b\${${inner}}\``),
        fc.tuple(tie('text'), tie('text')).map(([a, b]) => `${a}, ${b}`),
      ),
    }))
    fc.assert(
      fc.property(text, fc.nat(), (code, nat) => {
        expect(closeOpen(code, nat % (code.length + 1))).toBe(code)
      }),
      { seed: 2 },
    )
  })
})

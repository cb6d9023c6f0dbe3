import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHelpers } from '../../../kernel/src/language/lineHelpers.js'

const names = (code: string): string[] => readHelpers(code).helpers.map(({ name }) => name)

describe('line helpers', () => {
  it('are found at the start of a line, and no position of the cell moves', () => {
    const typed = 'const a = 1\n%time f(a)\n%who\na'
    const { code, helpers } = readHelpers(typed)
    expect(helpers).toEqual([
      { name: '%time', line: 1 },
      { name: '%who', line: 2 },
    ])
    expect(code).toBe('const a = 1\n;     f(a)\n;   \na')
    expect(code).toHaveLength(typed.length)
  })

  it('are not seen in texts, comments, blocks and remainders', () => {
    for (const code of ['`\n%who\n`', '/*\n%who\n*/', 'const r = a\n% b', 'const r = a %\n  b', '  %who']) {
      expect(names(code), code).toEqual([])
      expect(readHelpers(code).code).toBe(code)
    }
  })

  it('refuse what cannot be right, and say what there is', () => {
    const message = (code: string): string | undefined => readHelpers(code).wrong?.message
    expect(message('let a = 1\n%tme a')).toMatch(
      /no line helper %tme; there are %time, %%time, %who, %reset and %help/,
    )
    expect(message('%time')).toMatch(/takes a statement/)
    expect(message('1\n%%time')).toMatch(/first line/)
    expect(message('// parameters\n%%time\n1')).toBeUndefined()
    expect(message('1\n%reset')).toMatch(/alone in its cell/)
    expect(message('// all\n%reset\n')).toBeUndefined()
    expect(message('%who all')).toMatch(/alone on its line/)
  })

  it('leave every other cell as it is', () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        const read = readHelpers(code)
        expect(read.code).toHaveLength(code.length)
        if (!/^%/m.test(code)) expect(read).toEqual({ code, helpers: [], wrong: undefined })
      }),
    )
  })
})

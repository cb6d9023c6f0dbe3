import { describe, expect, it } from 'vitest'
import { parse } from '../../../kernel/src/language/declarations.js'
import { mannerOf } from '../../../kernel/src/language/manner.js'

describe('the manner that a cell asks for', () => {
  it('is that of tslab where it imports tslab, of its JavaScript where it requires it', () => {
    expect(mannerOf(parse("import * as tslab from 'tslab'"))).toBe('tslab')
    expect(mannerOf(parse("import { display as show } from 'tslab'\nconst t = require('tslab')"))).toBe(
      'tslab',
    )
    expect(mannerOf(parse("const { display } = require('tslab')"))).toBe('jslab')
  })

  it('is not changed by a cell that only names it', () => {
    for (const code of ["const a = 'tslab'", "// import 'tslab'", "import 'tslab/dist/x'", "f('tslab')"])
      expect(mannerOf(parse(code)), code).toBeUndefined()
  })
})

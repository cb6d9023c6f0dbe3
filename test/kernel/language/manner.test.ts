import { describe, expect, it } from 'vitest'
import { mannerOf } from '../../../kernel/src/language/manner.js'

describe('the manner that a cell asks for', () => {
  it('is that of tslab where it imports tslab, of its JavaScript where it requires it', () => {
    expect(mannerOf("import * as tslab from 'tslab'")).toBe('tslab')
    expect(mannerOf("import { display as show } from 'tslab'\nconst t = require('tslab')")).toBe('tslab')
    expect(mannerOf("const { display } = require('tslab')")).toBe('jslab')
  })

  it('is not changed by a cell that only names it', () => {
    for (const code of ["const a = 'tslab'", "// import 'tslab'", "import 'tslab/dist/x'", "f('tslab')"])
      expect(mannerOf(code), code).toBeUndefined()
  })
})

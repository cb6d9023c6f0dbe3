import { writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { derive } from '../../../src/derive/index.js'

it('writes', () => {
  const d = derive.wickRotation()
  writeFileSync('/tmp/show-d.txt', d.toString())
  writeFileSync('/tmp/show-d.md', d.toMarkdown())
  writeFileSync('/tmp/show-d.tex', d.toLatex({ document: true }))
  writeFileSync('/tmp/show-d.json', JSON.stringify(d.figure()))
})

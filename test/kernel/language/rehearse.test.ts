import { expect, it } from 'vitest'
import { rehearsal } from '../../../kernel/src/language/rehearse.js'
import { NotebookLanguage } from '../../../kernel/src/language/service.js'

it('rehearses what finds something: the library has all that it names', () => {
  const [empty, cell, completion, hover] = rehearsal(new NotebookLanguage()).map((step) => step())
  expect(empty).toMatchObject({ status: 'ok' })
  expect(cell).toMatchObject({ status: 'ok' })
  expect(completion).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ text: 'D' })]),
  })
  expect(hover).toMatchObject({ markdown: expect.stringContaining('function qde') })
})

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeKernelspec } from '../../kernel/src/kernelspec.js'

it('writeKernelspec() writes what Jupyter reads', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'kernels-')), 'psilab')
  writeKernelspec(folder)
  writeKernelspec(folder)
  const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8'))
  expect(spec).toMatchObject({
    display_name: 'TypeScript (ψlab)',
    language: 'typescript',
    interrupt_mode: 'message',
  })
  expect(spec.argv[0]).toBe(process.execPath)
  expect(spec.argv.at(-1)).toBe('{connection_file}')
  expect(readFileSync(join(folder, 'logo-svg.svg'), 'utf8')).toMatch(/^<svg /)
})

/**
 * The formats of files, by the endings of their names.
 */
import { PsilabError } from '../../error.js'

export type FileFormat = 'svg' | 'pdf' | 'png' | 'csv' | 'npz' | 'html' | 'psilab.json'

const FILE_FORMATS: readonly FileFormat[] = ['svg', 'pdf', 'png', 'csv', 'npz', 'html', 'psilab.json']

/** The format that the name of a file asks for. @throws PsilabError `parameter` where it asks for none of ours */
export function formatOf(file: string): FileFormat {
  const name = typeof file === 'string' ? file.toLowerCase() : ''
  const format = FILE_FORMATS.find((each) => name.endsWith(`.${each}`) && name !== `.${each}`)
  return requireFormat(format, 'file', FILE_FORMATS.map((each) => `.${each}`).join(', '), file)
}

/** Returns `format` where there is such a one. */
export function requireFormat(
  format: unknown,
  parameter = 'format',
  allowed: string = FILE_FORMATS.join(', '),
  got: unknown = format,
): FileFormat {
  if (FILE_FORMATS.includes(format as FileFormat)) return format as FileFormat
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem: parameter === 'file' ? 'its ending names no format' : 'no such format',
    allowed,
    got,
  })
}

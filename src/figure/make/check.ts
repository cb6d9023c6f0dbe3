import { FigureError } from '../errors.js'

/** Refuse an array of another length, naming it. */
export function expectLength(name: string, values: ArrayLike<number>, expected: number): void {
  if (values.length !== expected) {
    throw new FigureError({ code: 'length', name, expected, got: values.length })
  }
}

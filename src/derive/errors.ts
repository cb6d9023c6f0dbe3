/** A step that cannot stand: its claim was not proved, or it has nothing to start from. */
export class DerivationError extends Error {
  readonly code: 'unproved' | 'zero-factor' | 'no-start' | 'duplicate'
  /** Id of the step. */
  readonly step: string

  constructor(code: DerivationError['code'], step: string, message: string) {
    super(`Step “${step}”: ${message}`)
    this.name = 'DerivationError'
    this.code = code
    this.step = step
  }
}

/** A step that cannot stand: its claim was not proved, or it has nothing to start from. */
export class DerivationError extends Error {
  readonly code:
    | 'unproved'
    | 'zero-factor'
    | 'no-start'
    | 'duplicate'
    | 'undeclared'
    | 'fact'
    | 'definition'
    | 'no-formula'
    | 'not-applicable'
  /** Id of the step, or the name in question. */
  readonly step: string

  constructor(code: DerivationError['code'], step: string, message: string) {
    super(`${step === '' ? '' : `“${step}”: `}${message}`)
    this.name = 'DerivationError'
    this.code = code
    this.step = step
  }
}

/** One step: its line, its mark, and on demand all that stands behind it. */
import { lineTex, markOf, type NumberedStep, where } from '../figure/index.js'
import { copyButton } from './copy.js'
import { caret, Disclosure, plainButton } from './disclosure.js'
import { element } from './dom.js'
import { pieces, type Writer } from './formula.js'

export interface StepView {
  readonly node: HTMLLIElement
  /** Where formulas are set at once, and where they can wait until the reader opens the step. */
  readonly line: HTMLElement
  readonly details: HTMLElement
  readonly disclosure: Disclosure
}

/** @param goTo called with the number of the step that this one starts from, when the reader asks for it. */
export function stepView(step: NumberedStep, writer: Writer, goTo: (number: number) => void): StepView {
  const { record, number } = step
  const { sign, words } = markOf(record.verdict)
  const button = plainButton('psilab-step-number', caret(), `(${number})`)
  button.setAttribute(
    'aria-label',
    `Step ${number}, ${record.rule}: ${[words, record.provenance].filter((word) => word !== undefined).join(', ')}`,
  )
  const line = lineOf(step, writer)
  const details = detailsOf(step, writer, goTo)
  const mark = element('span', 'psilab-mark-sign', sign)
  mark.setAttribute('aria-hidden', 'true')
  const standing = element(
    'div',
    'psilab-standing',
    element('span', 'psilab-provenance', record.provenance ?? ''),
    element('span', 'psilab-mark', mark, words),
  )
  standing.dataset['status'] = record.verdict.status
  const node = element('li', 'psilab-step', button, line, standing, details)
  const disclosure = new Disclosure(button, details)
  line.addEventListener('click', () => {
    if (document.getSelection()?.isCollapsed !== false) button.click()
  })
  return { node, line, details, disclosure }
}

/** Left side, sign and right side in three columns. It is read aloud as one sentence. */
function lineOf({ record }: NumberedStep, writer: Writer): HTMLElement {
  const right = element('div', 'psilab-right', ...pieces(record.right, writer))
  if (record.at !== undefined) {
    right.append(element('span', 'psilab-piece psilab-at', writer.formula(`\\left(${record.at}\\right)`)))
  }
  const inner = [
    element('div', 'psilab-left', element('span', 'psilab-piece', writer.formula(record.left))),
    element('div', 'psilab-sign', element('span', 'psilab-piece', writer.formula(`{} ${record.sign} {}`))),
    right,
  ]
  for (const part of inner) part.setAttribute('aria-hidden', 'true')
  const line = element('div', 'psilab-line', ...inner)
  line.setAttribute('role', 'math')
  line.setAttribute('aria-label', record.text)
  return line
}

function detailsOf(
  { record, from, using }: NumberedStep,
  writer: Writer,
  goTo: (number: number) => void,
): HTMLElement {
  const { verdict } = record
  const points =
    verdict.status === 'checked' ? ` At ${verdict.points} points, to ${verdict.digits} digits.` : ''
  const rows: [term: string, ...contents: (Node | string)[]][] = [
    [
      'Rule',
      record.rule,
      ...links('from', from === undefined ? [] : [from], goTo),
      ...links('with', using, goTo),
      element('span', 'psilab-statement', writer.formula(record.statement)),
    ],
    ['Why', writer.text(record.why)],
    ['Where', writer.text(where(record.when).replace(/^Where /, ''))],
    ['Check', verdict.method + points],
    ['Source', record.reference ?? ''],
  ]
  const list = element(
    'dl',
    'psilab-details-list',
    ...rows
      .filter(([, first]) => first !== '')
      .flatMap(([term, ...contents]) => [element('dt', '', term), element('dd', '', ...contents)]),
  )
  const details = element(
    'div',
    'psilab-details',
    list,
    copyButton('Copy line', () => lineTex(record)),
  )
  details.hidden = true
  return details
}

/** “, with (2), (3)”, each number a link; nothing where there is none. */
function links(word: string, numbers: readonly number[], goTo: (number: number) => void): (Node | string)[] {
  return numbers.flatMap((number, k) => [k === 0 ? `, ${word} ` : ', ', link(number, goTo)])
}

function link(number: number, goTo: (number: number) => void): HTMLButtonElement {
  const button = plainButton('psilab-link', `(${number})`)
  button.setAttribute('aria-label', `Go to step ${number}`)
  button.addEventListener('click', () => {
    goTo(number)
  })
  return button
}

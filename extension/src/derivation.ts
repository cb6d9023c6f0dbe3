import type { DerivationFigure, DerivationStepRecord } from 'psilab/figure'
import { lineTex, markOf } from 'psilab/figure'
import { element } from './dom.js'

/** The steps as a list; formulas stand between dollar signs until they are typeset. */
export function derivation({ steps }: DerivationFigure): HTMLElement {
  return element('ol', 'psilab-steps', ...steps.map(step))
}

function step(record: DerivationStepRecord): HTMLElement {
  const { rule, why, when, provenance, verdict } = record
  const { sign, words } = markOf(verdict)
  const seal = element('span', 'psilab-verdict', `${sign} ${words}`)
  seal.dataset['status'] = verdict.status
  return element(
    'li',
    'psilab-step',
    element(
      'div',
      'psilab-step-heading',
      element('span', 'psilab-step-rule', rule),
      element('span', 'psilab-step-provenance', provenance),
      seal,
    ),
    element('div', 'psilab-equation', `$$${lineTex(record)}$$`),
    ...(why ? [element('div', 'psilab-step-why', why)] : []),
    ...(when.length > 0 ? [element('div', 'psilab-step-when', `Where ${when.join(', ')}.`)] : []),
    ...(verdict.method ? [element('div', 'psilab-step-method', verdict.method)] : []),
  )
}

import type { DerivationFigure, DerivationStepRecord } from 'psilab/figure'
import { VERDICT_SIGNS } from 'psilab/figure'
import { element } from './dom.js'

/** The steps as a list; formulas stand between dollar signs until they are typeset. */
export function derivation({ steps }: DerivationFigure): HTMLElement {
  return element('ol', 'psilab-steps', ...steps.map(step))
}

function step({ rule, tex, why, when, provenance, verdict }: DerivationStepRecord): HTMLElement {
  const seal = element('span', 'psilab-verdict', `${VERDICT_SIGNS[verdict.status]} ${verdict.status}`)
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
    element('div', 'psilab-equation', `$$${tex}$$`),
    ...(why ? [element('div', 'psilab-step-why', why)] : []),
    ...(when.length > 0 ? [element('div', 'psilab-step-when', `Where ${when.join(', ')}.`)] : []),
    ...(verdict.method ? [element('div', 'psilab-step-method', verdict.method)] : []),
  )
}

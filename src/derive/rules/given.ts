import type { Move, Relation, Rule, Rules } from './rule.js'

/** Rules that state a formula without a proof: what it is taken for is their name. */
export function given<M extends Move>(
  relation: Relation,
  label: string,
  statement: string,
  method: string,
): Rule<M> {
  return {
    label,
    relation,
    statement,
    method,
    needsBefore: false,
    signs: ['=', '<=', '>=', '~', '->'],
    demand: () => ({ obligations: [] }),
  }
}

/** What is stated without a proof. */
export const GIVEN: Rules<'postulate' | 'define' | 'ansatz'> = {
  postulate: given('postulate', 'Postulate', 'A = B', 'A postulate: stated, not derived.'),
  define: given('definition', 'Definition', 'a := B', 'A definition: a name for an expression.'),
  ansatz: given('ansatz', 'Ansatz', 'f := F', 'A trial form: what follows shows whether it holds.'),
}

import Fraction from 'fraction.js'
import { number } from '../../../src/expr/build.js'
import { mapParts, type Node } from '../../../src/expr/node.js'

/**
 * Trees that differ from a tree by one slip: the whole or one term of a sum with the other sign, the whole twice, one
 * number doubled, one i for −i. Each differs from the tree in value, unless what is changed is zero.
 */
export function mutations(node: Node): readonly Node[] {
  return [{ kind: 'negative', of: node }, { kind: 'product', factors: [number(2), node] }, ...slips(node)]
}

function slips(node: Node): readonly Node[] {
  const found: Node[] = []
  if (node.kind === 'number') found.push({ kind: 'number', value: node.value.mul(new Fraction(2)) })
  if (node.kind === 'constant' && node.name === 'i') found.push({ kind: 'negative', of: node })
  if (node.kind === 'sum')
    node.terms.forEach((term, k) => {
      const other: Node = term.kind === 'negative' ? term.of : { kind: 'negative', of: term }
      found.push({ kind: 'sum', terms: node.terms.map((old, j) => (j === k ? other : old)) })
    })
  let place = 0
  mapParts(node, (part) => {
    const mine = place++
    for (const slip of slips(part)) {
      let k = 0
      found.push(mapParts(node, (old) => (k++ === mine ? slip : old)))
    }
    return part
  })
  return found
}

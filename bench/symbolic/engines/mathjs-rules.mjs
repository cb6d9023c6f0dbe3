/** mathjs with rules of our own before its: the imaginary unit, products and powers of exponentials. */
import { itemsWith, math, version } from './mathjs.mjs'

export const name = 'mathjs + rules'
export { version }

const RULES = [
  'i^2 -> -1',
  'i^3 -> -i',
  'i^4 -> 1',
  '1/i -> -i',
  'n1/i -> -i*n1',
  'i*i -> -1',
  'n1*i*i -> -n1',
  'exp(i*pi) -> -1',
  'exp(n1)*exp(n2) -> exp(n1+n2)',
  'exp(n1)/exp(n2) -> exp(n1-n2)',
  'exp(n1)^n2 -> exp(n1*n2)',
  'exp(0) -> 1',
]

export const items = itemsWith((node) => {
  const first = math.simplify(node, [...RULES, ...math.simplify.rules])
  return math.simplify(math.simplify(first, RULES), [...RULES, ...math.simplify.rules])
})

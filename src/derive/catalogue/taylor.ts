import { requireInteger, requireKeys } from '../../error.js'
import { Derivation } from '../derivation.js'
import { Language } from '../language.js'
import { FUNCTIONS, SYMBOLS, type SymbolEntry, symbols } from '../vocabulary.js'

export interface TaylorOptions {
  /** Number of coordinates, 1 to 3: x, y, z. Default 1. */
  readonly dimensions?: number
}

/** Every derivative gets a line of its own, and the inverse Hessian is written out: beyond this it is no page to read. */
const MAX_DIMENSIONS = 3

const APOSTOL = 'T. M. Apostol, Calculus II (Wiley, 1969), §9.10'
const NOCEDAL = 'J. Nocedal, S. J. Wright, Numerical Optimization (Springer, 2006), §2.2'

/**
 * Taylor orders 0, 1 and 2 of the objective about a point, the local models of the QDE that they give, the square
 * completed to the Newton point, and how far the models hold.
 *
 * @throws PsilabError 'parameter' where `dimensions` is no integer from 1 to 3.
 * @example
 * derive.taylor({ dimensions: 2 })
 */
export function taylor(options: TaylorOptions = {}): Derivation {
  requireKeys('options', options, ['dimensions'])
  const place = new Place(requireInteger('dimensions', options.dimensions ?? 1, 1, MAX_DIMENSIONS))
  const model = newtonPoint(place, models(place))
  return limits(place, place.n === 1 ? cubicTerm(place, model) : model)
}

const plus = (terms: readonly string[]): string => terms.join(' + ')

const component = (entry: SymbolEntry, names: readonly string[]): Record<string, SymbolEntry> =>
  Object.fromEntries(names.map((name) => [name, entry]))

/** The names of n coordinates and the terms of sums over them; of one coordinate nothing is numbered. */
class Place {
  readonly n: number
  readonly names: readonly string[]
  readonly language: Language

  constructor(n: number) {
    this.n = n
    this.names = ['x', 'y', 'z'].slice(0, n)
    const curvatures = this.each((j) => this.each((k) => this.h(j, k))).flat()
    this.language = new Language({
      symbols: {
        ...symbols('t', 'D', 'zeta_0'),
        ...component(SYMBOLS.x, this.names),
        ...component(SYMBOLS.a, this.each(this.a)),
        ...component(SYMBOLS.g, this.each(this.g)),
        ...component({ ...SYMBOLS.h, domain: 'real' }, curvatures),
        ...component({ domain: 'real', meaning: 'the Newton point', unit: 'm' }, this.each(this.star)),
        ...component({ domain: 'real', meaning: 'a displacement', unit: 'm' }, this.each(this.c)),
        zeta_star: { domain: 'real', meaning: 'value of the model at the Newton point', unit: '1/s' },
        w: { domain: 'positive', meaning: 'width of the state', unit: 'm' },
        L: { domain: 'real', meaning: 'length over which the model holds', unit: 'm' },
      },
      functions: {
        psi: { ...FUNCTIONS.psi, of: [...this.names, 't'] },
        zeta: { ...FUNCTIONS.zeta, of: this.names },
      },
    })
  }

  each<T>(of: (k: number) => T): T[] {
    return Array.from({ length: this.n }, (_, k) => of(k))
  }

  a = (k: number): string => this.#numbered('a', k)
  c = (k: number): string => this.#numbered('c', k)
  g = (k: number): string => this.#numbered('g', k)
  /** The Hessian is symmetric. */
  h = (j: number, k: number): string => this.#numbered('h', Math.min(j, k), Math.max(j, k))
  star = (k: number): string => `${this.names[k]}_star`

  /** Where the objective is expanded. */
  get about(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.names.map((name, k) => [name, this.a(k)]))
  }

  get zeta(): string {
    return `zeta(${this.names.join(', ')})`
  }

  get psi(): string {
    return `psi(${this.names.join(', ')}, t)`
  }

  get kinetic(): string {
    return `-D*(${this.names.map((name) => `diff(${this.psi}, ${name}, 2)`).join(' + ')})`
  }

  /** ζ at the point of expansion, differentiated by the coordinates of these numbers. */
  value(...by: readonly number[]): string {
    const derivative = by.reduce((inner, k) => `diff(${inner}, ${this.names[k]})`, this.zeta)
    return this.names.reduce((inner, name, k) => `at(${inner}, ${name}, ${this.a(k)})`, derivative)
  }

  /** Σ gₖ sₖ. */
  linear(g: (k: number) => string, s: (k: number) => string): readonly string[] {
    return this.each((k) => `${g(k)}*${s(k)}`)
  }

  /** ½ Σ hⱼₖ sⱼ sₖ, each mixed term once. */
  square(h: (j: number, k: number) => string, s: (k: number) => string): readonly string[] {
    const term = (j: number, k: number): readonly string[] =>
      j > k ? [] : [j === k ? `1/2*${h(j, j)}*${s(j)}^2` : `${h(j, k)}*${s(j)}*${s(k)}`]
    return this.each((j) => this.each((k) => term(j, k))).flat(2)
  }

  /** Terms of an objective, each times the wave function. */
  times(terms: readonly string[]): string {
    return plus(terms.map((term) => `${term}*${this.psi}`))
  }

  step = (from: (k: number) => string) => (k: number) => `(${this.names[k]} - ${from(k)})`

  #numbered(name: string, ...places: readonly number[]): string {
    return this.n === 1 ? name : `${name}_${places.map((k) => k + 1).join('')}`
  }
}

/** The three orders, and what they make of the QDE. */
function models(place: Place): Derivation {
  const { about, n, psi, zeta } = place
  const many = n > 1
  const step = place.step(place.a)
  const orders = [['zeta_0'], place.linear(place.g, step), place.square(place.h, step)]
  const upTo = (order: number): readonly string[] => orders.slice(0, order + 1).flat()
  const said = [
    'Order 0: near the point of expansion the objective is its value there.',
    `Order 1 adds the ${many ? 'gradient' : 'slope'}.`,
    `Order 2 adds the ${many ? 'Hessian' : 'curvature'}.`,
  ]
  const uses = [
    'Order 0 in the QDE: free motion.',
    `Order 1 in the QDE: a constant force, ${many ? 'minus the gradient' : '−g'}.`,
    `Order 2 in the QDE: ${many ? 'coupled oscillators' : 'an oscillator'}, where the ${many ? 'Hessian is positive definite' : 'curvature is positive'}.`,
  ]
  let whole = new Derivation(
    `The objective near a point${many ? `, in ${n} dimensions` : ''}: Taylor orders 0, 1 and 2`,
    place.language,
  )
    .apply(
      { rule: 'postulate' },
      {
        id: 'qde',
        gives: `i*diff(${psi}, t) = ${place.kinetic} + ${zeta}*${psi}`,
        why: 'The quantum dynamic equation, where the argument starts.',
        provenance: 'paper',
      },
    )
    .section('The objective at a point')
  const names: string[] = []
  const define = (id: string, gives: string, why: string): void => {
    names.push(id)
    whole = whole.apply({ rule: 'define' }, { id, gives, why })
  }
  define('value', `zeta_0 = ${place.value()}`, 'Its value.')
  for (const [k, name] of place.names.entries())
    define(
      `slope-${name}`,
      `${place.g(k)} = ${place.value(k)}`,
      many ? `Its slope along ${name}.` : 'Its slope.',
    )
  for (const [j, row] of place.names.entries()) {
    for (const [k, name] of place.names.entries()) {
      const why = many ? 'An element of its Hessian, which is symmetric.' : 'Its curvature, of either sign.'
      if (j <= k) define(`curvature-${row}${name}`, `${place.h(j, k)} = ${place.value(j, k)}`, why)
    }
  }
  whole = whole.section('Taylor orders')
  for (const order of orders.keys()) {
    whole = whole.apply(
      { rule: 'taylor', about, order },
      {
        id: `order-${order}`,
        using: names,
        gives: `${zeta} ~ ${plus(upTo(order))}`,
        why: said[order],
        provenance: 'paper',
        reference: APOSTOL,
      },
    )
  }
  whole = whole.section('Local models')
  for (const order of orders.keys()) {
    whole = whole.apply(
      { rule: 'truncate' },
      {
        id: `model-${order}`,
        from: 'qde',
        using: [`order-${order}`],
        gives: `i*diff(${psi}, t) ~ ${place.kinetic} + ${place.times(upTo(order))}`,
        why: uses[order],
        provenance: 'paper',
      },
    )
  }
  return whole
}

/** The square completed: the second order is an oscillator about the Newton point. */
function newtonPoint(place: Place, models: Derivation): Derivation {
  const { n, names, psi } = place
  const back = (k: number): string => `(${place.a(k)} - ${place.star(k)})`
  let whole = models.section('The Newton point')
  const points = names.map((name) => `star-${name}`)
  for (const [k, id] of points.entries()) {
    whole = whole.apply(
      { rule: 'define' },
      {
        id,
        gives: `${place.star(k)} = ${place.a(k)} - ${inverseTimesGradient(place, k)}`,
        why:
          n === 1
            ? 'The Newton point: one Newton step from a.'
            : `The Newton point along ${names[k]}: the step is minus the inverse Hessian times the gradient.`,
        when: [`$${determinantTex(place)} \\neq 0$`],
        reference: NOCEDAL,
      },
    )
  }
  const equations = names.map((name) => `newton-${name}`)
  for (const [k, id] of equations.entries()) {
    whole = whole.apply(
      { rule: 'identity' },
      {
        id,
        using: points,
        gives: `${place.g(k)} = ${plus(place.linear((j) => place.h(j, k), back))}`,
        why: 'The slope at a is what the curvature makes of the way from the Newton point.',
      },
    )
  }
  const near = place.step(place.a)
  const completed = ['zeta_star', ...place.square(place.h, place.step(place.star))]
  return whole
    .apply(
      { rule: 'define' },
      {
        id: 'lowest',
        gives: `zeta_star = zeta_0 - ${n === 1 ? 'g^2/(2*h)' : `1/2*(${plus(place.linear(place.g, back))})`}`,
        why: 'The value of the model at the Newton point.',
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'completed',
        using: [...equations, 'lowest'],
        gives: `${plus(['zeta_0', ...place.linear(place.g, near), ...place.square(place.h, near)])} = ${plus(completed)}`,
        why: 'Complete the square: about the Newton point the model has no linear term.',
      },
    )
    .apply(
      { rule: 'truncate' },
      {
        id: 'oscillator',
        from: 'model-2',
        using: [...equations, 'lowest'],
        gives: `i*diff(${psi}, t) ~ ${place.kinetic} + ${place.times(completed)}`,
        why: 'The local model of order 2, about the Newton point.',
      },
    )
}

/** Component k of H⁻¹g by Cramer's rule. */
function inverseTimesGradient(place: Place, k: number): string {
  if (place.n === 1) return 'g/h'
  const hessian = place.each((i) => place.each((j) => place.h(i, j)))
  const replaced = hessian.map((row, i) => row.map((entry, j) => (j === k ? place.g(i) : entry)))
  return `(${determinant(replaced)})/(${determinant(hessian)})`
}

/** Laplace expansion along the first row. */
function determinant(rows: readonly (readonly string[])[]): string {
  if (rows.length === 1) return rows[0][0]
  return rows[0]
    .map((entry, k) => {
      const minor = rows.slice(1).map((row) => row.filter((_, j) => j !== k))
      const inner = determinant(minor)
      const product = inner === entry ? `${entry}^2` : `${entry}*${minor.length === 1 ? inner : `(${inner})`}`
      return `${k === 0 ? '' : k % 2 === 1 ? ' - ' : ' + '}${product}`
    })
    .join('')
}

const determinantTex = ({ n }: Place): string => (n === 1 ? 'h' : '\\det H')

/** The first term that is left out, against the last that is kept. */
function cubicTerm(place: Place, model: Derivation): Derivation {
  const third = place.value(0, 0, 0)
  return model
    .section('How far the models hold')
    .apply(
      { rule: 'taylor', about: place.about, order: 3 },
      {
        id: 'order-3',
        using: ['value', 'slope-x', 'curvature-xx'],
        gives: `zeta(x) ~ zeta_0 + g*(x - a) + 1/2*h*(x - a)^2 + 1/6*${third}*(x - a)^3`,
        why: 'The first term that the local models leave out is cubic.',
        reference: APOSTOL,
      },
    )
    .apply(
      { rule: 'define' },
      {
        id: 'length',
        gives: `L = 3*h/(${third})`,
        why: 'The length that curvature and third derivative make.',
        when: ['$\\zeta^{\\prime\\prime\\prime}\\left(a\\right) \\neq 0$'],
      },
    )
    .apply(
      { rule: 'identity' },
      {
        id: 'range',
        using: ['length'],
        gives: `(1/6*(${third})*w^3)/(1/2*h*w^2) = w/L`,
        why: 'At the distance w from a the cubic term is this fraction of the quadratic one: order 2 holds for states that are narrow against $L$, not everywhere.',
        when: ['$w \\ll \\left|L\\right|$ for the model to hold'],
        provenance: 'corrected',
      },
    )
}

/** What a quadratic model cannot have: a second well, and below an indefinite Hessian a ground state. */
function limits(place: Place, model: Derivation): Derivation {
  const { names, n } = place
  const away = place.step(place.star)
  const row = (k: number, by: (j: number) => string): readonly string[] =>
    place.linear((j) => place.h(j, k), by)
  const moved = (k: number): string => `(${names[k]} - ${place.c(k)} - ${place.star(k)})`
  let whole = n === 1 ? model : model.section('How far the models hold')
  names.forEach((name, k) => {
    whole = whole.apply(
      { rule: 'differentiate', by: name },
      {
        id: `force-${name}`,
        from: 'completed',
        gives: `${plus([place.g(k), ...row(k, place.step(place.a))])} = ${plus(row(k, away))}`,
        why: 'The slope of every order up to 2 is linear, so it vanishes at one point at most: no model has a second well, and none contains tunnelling.',
        when: [`$${determinantTex(place)} \\neq 0$ for one point and no more`],
        provenance: 'corrected',
      },
    )
  })
  const cross = place.each((j) => place.each((k) => `${place.h(j, k)}*${place.c(j)}*${away(k)}`))
  return whole.apply(
    { rule: 'identity' },
    {
      id: 'moved',
      gives: `${plus(['zeta_star', ...place.square(place.h, moved)])} = ${plus(['zeta_star', ...place.square(place.h, away)])} - (${plus(cross.flat())}) + ${plus(place.square(place.h, place.c))}`,
      why:
        n === 1
          ? 'A state moved by c keeps its kinetic energy and gets this objective. Where h < 0 the last term has no lower bound, so the model has no ground state.'
          : 'A state moved by c keeps its kinetic energy and gets this objective. Where the last terms are negative for some direction of c they have no lower bound, so with an indefinite Hessian the model has no ground state.',
      when: [n === 1 ? '$h > 0$ for a ground state' : '$H$ positive definite for a ground state'],
      provenance: 'corrected',
    },
  )
}

import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../../../src/expr/index.js'
import { type PreciseLevels, preciseLevels } from '../../../../src/qde/precise/index.js'

interface Case {
  readonly D?: number
  readonly levels?: number
  readonly digits?: number
  readonly parameters?: Readonly<Record<string, number>>
}

function levelsOf(
  objective: string,
  { D = 1, levels = 2, digits = 34, parameters = {} }: Case = {},
): PreciseLevels {
  return preciseLevels({
    objective: parseExpression(objective, { variables: ['x'], parameters }),
    D,
    levels,
    digits,
  })
}

/** The nearest decimal with as many digits after the point as `like` has. */
const roundedLike = (value: string, like: string): string =>
  new Decimal(value).toFixed(like.includes('.') ? like.split('.')[1].length : 0)

/** A number with so many digits after the point. */
const decimals = (value: Decimal.Value, places: number): string => new Decimal(value).toFixed(places)

/** Decimals to so many digits that their own rounding never shows. */
const Exact = Decimal.clone({ precision: 120 })

describe('exactly known levels', () => {
  it('harmonic oscillator: n + ½ to 50 digits', () => {
    const { energies, splittings } = levelsOf('x^2/2', { D: 0.5, levels: 5, digits: 50 })
    expect(energies).toEqual([0, 1, 2, 3, 4].map((n) => new Decimal(n + 0.5).toFixed(n === 0 ? 50 : 49)))
    expect(splittings.every((s) => new Decimal(s).eq(1))).toBe(true)
  })

  it('any D: √(D/2)·(2n + 1) for ζ = x²/2', () => {
    const { energies } = levelsOf('x^2/2', { D: 0.001, levels: 3, digits: 40 })
    energies.forEach((e, n) => {
      expect(e).toBe(decimals(Exact.sqrt('0.0005').times(2 * n + 1), 40))
    })
  })

  it('quasi-exactly solvable sextic: 0; ∓2√2; −8, 0, 8', () => {
    expect(levelsOf('x^6 - 3*x^2', { levels: 1 }).energies).toEqual([decimals(0, 34)])
    const root = Exact.sqrt(8)
    const two = levelsOf('x^6 - 7*x^2', { levels: 3 }).energies
    expect([two[0], two[2]]).toEqual([decimals(root.neg(), 33), decimals(root, 33)])
    const three = levelsOf('x^6 - 11*x^2', { levels: 5 }).energies
    expect([three[0], three[2], three[4]].map(Number)).toEqual([-8, 0, 8])
    expect(three[4]).toBe(decimals(8, 33))
  })

  it('Morse: D_e − Da²(λ − n − ½)², λ = √(D_e/D)/a', () => {
    const { energies } = levelsOf('10*(1 - exp(-x))^2', { D: 0.5, levels: 2, digits: 30 })
    const lambda = Exact.sqrt(20)
    energies.forEach((e, n) => {
      expect(e).toBe(
        decimals(
          Exact.sub(
            10,
            lambda
              .minus(n + 0.5)
              .pow(2)
              .div(2),
          ),
          29,
        ),
      )
    })
  })

  it('a ζ whose doubles overflow far out is the same ζ', () => {
    const wanted = levelsOf('(exp(-x) - 1)^2 - 1', { D: 0.1, levels: 1, digits: 16 }).energies
    expect(levelsOf('exp(-2*x) - 2*exp(-x)', { D: 0.1, levels: 1, digits: 16 }).energies).toEqual(wanted)
  })

  it('Razavy, M = 2: ξ² + 3 ∓ 2ξ, a splitting of 4ξ', () => {
    const found = levelsOf('(xi*cosh(2*x) - 2)^2', { parameters: { xi: 0.1 }, digits: 40 })
    expect(found.energies).toEqual([decimals('2.81', 39), decimals('3.21', 39)])
    expect(found.gap).toBe(decimals('0.4', 39))
  })

  it('Razavy, M = 3: ξ² + 7 − 2√(1 + 4ξ²), ξ² + 5, ξ² + 7 + 2√(1 + 4ξ²)', () => {
    const { energies } = levelsOf('(cosh(2*x)/2 - 3)^2', { levels: 3, digits: 30 })
    const root = Exact.sqrt(8)
    expect(energies).toEqual([
      decimals(Exact.sub('7.25', root), 29),
      decimals('5.25', 29),
      decimals(root.plus('7.25'), 28),
    ])
  })

  it('Pöschl–Teller well, which holds two levels: −4 and −1', () => {
    const { energies } = levelsOf('-6/cosh(x)^2', { digits: 20 })
    expect(energies).toEqual([decimals(-4, 19), decimals(-1, 19)])
  })
})

describe('published levels', () => {
  it.each([
    ['x^4', 1, ['1.060362090484182899647', '3.799673029801394168783', '7.455697937986738392157']],
    ['x^2 + x^4', 1, ['1.392351641530291855658', '4.648812704212077536377']],
    ['x^2/2 + x^4', 0.5, ['0.803770651234273769354']],
    ['x^2/2 + 0.1*x^4', 0.5, ['0.559146327183519576715']],
    ['x^4 - 5*x^2', 1, ['-3.410142761239829475298', '-3.250675362289235980229']],
    ['x^4 - 10*x^2', 1, ['-20.63357670294779914996', '-20.63354688440491107934']],
    ['x^4 - 15*x^2', 1, ['-50.841387284381954366', '-50.841387284187005155']],
    ['x^4 - 25*x^2', 1, ['-149.219456142190888029163966538', '-149.219456142190888029163958974']],
  ])('%s at D = %f', (objective, D, published) => {
    const { energies } = levelsOf(objective, { D, levels: published.length })
    expect(energies.map((e, n) => roundedLike(e, published[n]))).toEqual(published)
  })

  it.each([
    [5, '0.159467398951', 20],
    [10, '0.0000298185428881', 20],
    [15, '1.94949211541e-10', 24],
    [25, '7.5638e-24', 34],
  ])('tunnelling splitting of p² − %dx² + x⁴', (z, published, digits) => {
    const { gap } = levelsOf('x^4 - z*x^2', { parameters: { z }, digits })
    const significant = published.replace(/e.*|^0\.0*|\./g, '').length
    expect(new Decimal(gap ?? '').toSignificantDigits(significant).eq(published)).toBe(true)
  })

  it.each([
    [1, 1.137785848188223, 1.5752420495795],
    [0.1, 0.5331823117610522, 0.074223412412122],
    [0.02, 0.2716844207495591, 3.4229880510156e-4],
    [0.01, 0.1946729955437938, 6.0281820383959e-6],
  ])('(x² − 1)² at D = %f', (D, energy, gap) => {
    const found = levelsOf('(x^2 - 1)^2', { D, digits: 30 })
    expect(Math.abs(found.toNumbers()[0] - energy)).toBeLessThan(1e-15)
    expect(Math.abs(Number(found.gap) / gap - 1)).toBeLessThan(1e-13)
  })
})

describe('what the basis rests on', () => {
  it('moving the well moves no digit, by a rational or an irrational distance', () => {
    const wanted = levelsOf('x^4 - 25*x^2', { digits: 50 }).energies
    for (const x of ['(x - 1/3)', '(x - sqrt(2))', '(x + 1000)'])
      expect(levelsOf(`${x}^4 - 25*${x}^2`, { digits: 50 }).energies).toEqual(wanted)
  })

  it('oscillator states and sinc functions agree', () => {
    const polynomial = levelsOf('x^4/4 + x^3/5 + x', { levels: 4, digits: 30 })
    const sinc = levelsOf('x^4/4 + x^3/5 + x*cos(x - x)', { levels: 4, digits: 30 })
    expect(sinc.energies).toEqual(polynomial.energies)
    expect(polynomial.basis).toMatch(/^oscillator/)
    expect(sinc.basis).toMatch(/^sinc/)
  })

  it('a doublet without parity: a tilt of 1e-24 opens the gap to √(Δ² + tilt²)', () => {
    const bare = new Decimal(levelsOf('x^4 - 25*x^2', { digits: 50 }).gap ?? '')
    // The tilt is linear: twice 1e-24 gives twice the bias, so that (gap² − Δ²) grows fourfold.
    const bias = [1e-24, 2e-24].map((tilt) => {
      const gap = new Decimal(
        levelsOf('x^4 - 25*x^2 + a*x', { digits: 50, parameters: { a: tilt } }).gap ?? '',
      )
      return gap.pow(2).minus(bare.pow(2))
    })
    expect(Math.abs(bias[1].div(bias[0]).toNumber() - 4)).toBeLessThan(1e-12)
  })

  it('D and parameters are the decimals that are written: 0.1 is 1/10', () => {
    const { energies } = levelsOf('a*x^2', { D: 0.1, parameters: { a: 0.1 }, levels: 1, digits: 40 })
    expect(energies).toEqual([decimals('0.1', 40)])
  })

  it('more digits begin with the fewer ones', () => {
    const [few, many] = [20, 100].map((digits) => levelsOf('x^4 + x^3/3', { digits, levels: 3 }).energies)
    expect(many.map((e, n) => roundedLike(e, few[n]))).toEqual(few)
  })
})

describe('the result', () => {
  it('prints levels, splittings and what they rest on', () => {
    const found = levelsOf('x^4 - 25*x^2', { digits: 30 })
    expect(found.toString().split('\n').slice(0, 3)).toEqual([
      'E₀ = -149.219456142190888029163966538',
      'E₁ = -149.219456142190888029163958974',
      'E₁ − E₀ = 7.564e-24',
    ])
    expect(found.errorEstimate).toBeLessThan(1e-27)
    expect(found.size).toBeGreaterThan(50)
  })

  it('has no gap where there is one level', () => {
    expect(levelsOf('x^2', { levels: 1 }).gap).toBeUndefined()
  })
})

describe('refusals', () => {
  it.each([
    ['x^3', {}, 'unbounded'],
    ['2*x', {}, 'unbounded'],
    ['1', {}, 'not-confining'],
    ['-6/cosh(x)^2', { levels: 3 }, 'not-confining'],
    ['abs(x)', {}, 'parameter'],
    ['1/x^2 + x^2', {}, 'not-finite'],
    ['log(x)', {}, 'not-finite'],
    ['x^2', { D: 0 }, 'parameter'],
    ['x^2', { digits: 5 }, 'parameter'],
    ['x^2', { levels: 65 }, 'parameter'],
  ])('%s %o: %s', (objective, options, code) => {
    expect(() => levelsOf(objective, options)).toThrow(expect.objectContaining({ code }))
  })

  it('says how far it came where the digits are out of reach', () => {
    expect(() => levelsOf('(x^2)^(3/2)', { levels: 1, digits: 30 })).toThrow(/states leave an error of/)
  })
})

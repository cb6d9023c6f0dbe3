/**
 * Standard test functions as data: formula, search box, minima, and where the function is from.
 *
 * References: Surjanovic and Bingham, Virtual Library of Simulation Experiments (2013); Jamil and Yang, Int. J. Math.
 * Model. Numer. Optim. 4, 150 (2013).
 */

type Parameters = Readonly<Record<string, number>>

export interface TestFunctionRow {
  /** What the function is known for, and its source. */
  readonly about: string
  /** Fewest and most coordinates. */
  readonly dimensions: readonly [least: number, most: number]
  readonly parameters?: Parameters
  /** ζ of coordinates of these names. */
  readonly source: (names: readonly string[]) => string
  /** Interval of each coordinate in which minima are looked for; the last one is repeated. */
  readonly domain: (parameters: Parameters) => readonly (readonly [lower: number, upper: number])[]
  /**
   * Minima of more than one coordinate: given exactly, near which they are (to be polished), or in each coordinate that
   * of the one-dimensional member. All minima of one coordinate are found from ζ.
   */
  readonly minima:
    | { readonly exact: (dimension: number) => readonly (readonly number[])[] }
    | { readonly near: readonly (readonly number[])[] }
    | 'of each coordinate'
  /** ∂ζ/∂x of each coordinate, where rules of the calculus do not give it at a kink, or give 0/0 there. */
  readonly gradient?: (names: readonly string[]) => readonly string[]
}

/** Largest number of coordinates: formulas, and their gradients, are compiled in a second up to it. */
const MANY = 100

const sum = (terms: readonly string[]): string => terms.join(' + ')
const origin = { exact: (d: number) => [Array.from({ length: d }, () => 0)] }
const ones = { exact: (d: number) => [Array.from({ length: d }, () => 1)] }
const cube = (half: number) => () => [[-half, half]] as const
const line: readonly [number, number] = [1, 1]
const plane: readonly [number, number] = [2, 2]

/** √(mean of squares), and the mean of cos 2πx, of Ackley's function. */
const rootMeanSquare = (names: readonly string[]): string =>
  `sqrt((${sum(names.map((x) => `${x}^2`))})/${names.length})`
const meanCosine = (names: readonly string[]): string =>
  `(${sum(names.map((x) => `cos(2*pi*${x})`))})/${names.length}`

/** Greatest value of x sin √x on [0, 500], at the root 420.968746359982… of tan √x = −√x/2. */
const SCHWEFEL = 418.9828872724337

/** Half-width of the well of the asymmetric double well on the side of x. */
const SIDE = '(left + (right - left)*step(x))'

const rows = {
  sphere: {
    about: 'Convex and round.',
    dimensions: [1, MANY],
    source: (names) => sum(names.map((x) => `${x}^2`)),
    domain: cube(5.12),
    minima: origin,
  },
  sumSquares: {
    about: 'Convex; curvatures from 2 to 2d.',
    dimensions: [1, MANY],
    source: (names) => sum(names.map((x, i) => `${i + 1}*${x}^2`)),
    domain: cube(10),
    minima: origin,
  },
  zakharov: {
    about: 'One minimum in a plate-shaped valley.',
    dimensions: [1, MANY],
    source: (names) => {
      const slant = `(${sum(names.map((x, i) => `${(i + 1) / 2}*${x}`))})`
      return `${sum(names.map((x) => `${x}^2`))} + ${slant}^2 + ${slant}^4`
    },
    domain: () => [[-5, 10]],
    minima: origin,
  },
  ackley: {
    about: 'A cone in a field of shallow minima; not differentiable at its minimum. Ackley (1987).',
    dimensions: [1, MANY],
    source: (names) => `-20*exp(-0.2*${rootMeanSquare(names)}) - exp(${meanCosine(names)}) + 20 + e`,
    domain: cube(32.768),
    minima: origin,
    // At the tip of the cone the subgradient 0: below the least double, r is no longer divided by.
    gradient: (names) =>
      names.map((x) => {
        const r = rootMeanSquare(names)
        return `4*exp(-0.2*${r})*${x}/(${names.length}*max(${r}, 1e-300)) + 2*pi/${names.length}*sin(2*pi*${x})*exp(${meanCosine(names)})`
      }),
  },
  rastrigin: {
    about: 'Minima near every point with whole coordinates. Rastrigin (1974).',
    dimensions: [1, MANY],
    source: (names) => sum(names.map((x) => `${x}^2 + 10*(1 - cos(2*pi*${x}))`)),
    domain: cube(5.12),
    minima: 'of each coordinate',
  },
  griewank: {
    about: 'Many regular minima on a wide bowl. Griewank (1981).',
    dimensions: [1, MANY],
    source: (names) =>
      `1 + (${sum(names.map((x) => `${x}^2`))})/4000 - ${names.map((x, i) => `cos(${x}/sqrt(${i + 1}))`).join('*')}`,
    domain: cube(600),
    minima: origin,
  },
  schwefel: {
    about: 'The best minimum is far from the next best; √|x| has a kink at 0. Schwefel (1981).',
    dimensions: [1, MANY],
    source: (names) =>
      `${SCHWEFEL}*${names.length} - ${names.map((x) => `${x}*sin(sqrt(abs(${x})))`).join(' - ')}`,
    domain: cube(500),
    minima: 'of each coordinate',
    gradient: (names) => names.map((x) => `-sin(sqrt(abs(${x}))) - sqrt(abs(${x}))*cos(sqrt(abs(${x})))/2`),
  },
  levy: {
    about: 'Steep ripples on a bowl. Levy and Montalvo (1985).',
    dimensions: [1, MANY],
    source: (names) => {
      const w = names.map((x) => `(1 + (${x} - 1)/4)`)
      const last = w.at(-1)!
      return sum([
        `sin(pi*${w[0]})^2`,
        ...w.slice(0, -1).map((v) => `(${v} - 1)^2*(1 + 10*sin(pi*${v} + 1)^2)`),
        `(${last} - 1)^2*(1 + sin(2*pi*${last})^2)`,
      ])
    },
    domain: cube(10),
    minima: ones,
  },
  rosenbrock: {
    about: 'A long curved valley. Rosenbrock (1960).',
    dimensions: [2, MANY],
    source: (names) =>
      sum(names.slice(1).map((y, i) => `100*(${y} - ${names[i]}^2)^2 + (1 - ${names[i]})^2`)),
    domain: () => [[-5, 10]],
    minima: ones,
  },
  styblinskiTang: {
    about: 'Two wells of unequal depth in each coordinate. Styblinski and Tang (1990).',
    dimensions: [1, MANY],
    source: (names) => sum(names.map((x) => `(${x}^4 - 16*${x}^2 + 5*${x})/2`)),
    domain: cube(5),
    minima: 'of each coordinate',
  },
  sixHumpCamel: {
    about: 'Two equal lowest minima among six. Dixon and Szegő (1978).',
    dimensions: plane,
    source: ([x, y]) => `(4 - 2.1*${x}^2 + ${x}^4/3)*${x}^2 + ${x}*${y} + (4*${y}^2 - 4)*${y}^2`,
    domain: () => [
      [-3, 3],
      [-2, 2],
    ],
    minima: {
      near: [
        [0.09, -0.71],
        [-0.09, 0.71],
        [1.7, -0.8],
        [-1.7, 0.8],
        [1.6, 0.57],
        [-1.6, -0.57],
      ],
    },
  },
  himmelblau: {
    about: 'Four equal minima. Himmelblau (1972).',
    dimensions: plane,
    source: ([x, y]) => `(${x}^2 + ${y} - 11)^2 + (${x} + ${y}^2 - 7)^2`,
    domain: cube(6),
    minima: {
      near: [
        [3, 2],
        [-2.8, 3.1],
        [-3.8, -3.3],
        [3.6, -1.8],
      ],
    },
  },
  mullerBrown: {
    about: 'Three minima and a bent path between them: a model reaction. Müller and Brown (1979).',
    dimensions: plane,
    source: ([x, y]) =>
      `-200*exp(-(${x} - 1)^2 - 10*${y}^2) - 100*exp(-${x}^2 - 10*(${y} - 0.5)^2)` +
      ` - 170*exp(-6.5*(${x} + 0.5)^2 + 11*(${x} + 0.5)*(${y} - 1.5) - 6.5*(${y} - 1.5)^2)` +
      ` + 15*exp(0.7*(${x} + 1)^2 + 0.6*(${x} + 1)*(${y} - 1) + 0.7*(${y} - 1)^2)`,
    domain: () => [
      [-1.5, 1.2],
      [-0.2, 2],
    ],
    minima: {
      near: [
        [-0.56, 1.44],
        [0.62, 0.03],
        [-0.05, 0.47],
      ],
    },
  },
  henonHeiles: {
    about: 'A bowl with three ways out, not bounded below beyond them. Hénon and Heiles (1964).',
    dimensions: plane,
    parameters: { lambda: 80 ** -0.5 },
    source: ([x, y]) => `(${x}^2 + ${y}^2)/2 + lambda*(${x}^2*${y} - ${y}^3/3)`,
    domain: ({ lambda }) => cube(1 / Math.abs(lambda))(),
    minima: origin,
  },
  doubleWell: {
    about: 'Two wells of equal curvature, tilted where tilt ≠ 0.',
    dimensions: line,
    parameters: { h: 1, a: 1, tilt: 0 },
    source: ([x]) => `h*(${x}^2 - a^2)^2 + tilt*${x}`,
    domain: ({ a }) => cube(2 * Math.abs(a))(),
    minima: 'of each coordinate',
  },
  flatAndSharp: {
    about:
      'A deep sharp well beside a flat one that is less deep: the ground state changes sides as D falls.',
    dimensions: line,
    parameters: { tilt: -0.05 },
    source: ([x]) => `(${x}^2 - 1)^2*(1 + ${x}/2 + ${x}^2/8) + tilt*${x}`,
    domain: cube(2),
    minima: 'of each coordinate',
  },
  asymmetricDoubleWell: {
    about:
      'Wells of different width, made of two halves; second derivatives jump at 0. Stella et al. (2005).',
    dimensions: line,
    parameters: { V: 1, left: 0.75, right: 1.25, tilt: 0.1 },
    source: () => `V*((x/${SIDE})^2 - 1)^2 + tilt*x`,
    domain: ({ left, right }) => cube(2 * Math.max(left, right))(),
    minima: 'of each coordinate',
    gradient: () => [`4*V*((x/${SIDE})^2 - 1)*x/${SIDE}^2 + tilt`],
  },
  razavy: {
    about: 'A double well (xi < M) whose lowest levels at D = 1 are known in closed form. Razavy (1980).',
    dimensions: line,
    parameters: { xi: 0.5, M: 2 },
    source: ([x]) => `(xi*cosh(2*${x}) - M)^2`,
    domain: ({ xi, M }) => cube(1 + Math.acosh(Math.max(1, M / xi)) / 2)(),
    minima: 'of each coordinate',
  },
  sextic: {
    about: 'x⁶ − kx²: k = 3, 7, 11, … have levels at D = 1 in closed form. Turbiner and Ushveridze (1987).',
    dimensions: line,
    parameters: { k: 7 },
    source: ([x]) => `${x}^6 - k*${x}^2`,
    domain: ({ k }) => cube(1 + Math.max(0, k) ** 0.25)(),
    minima: 'of each coordinate',
  },
  instantonWell: {
    about: 'Wells at 0 and 1/√g, whose splitting falls as e^{−1/6g} at D = ½.',
    dimensions: line,
    parameters: { g: 0.05 },
    source: ([x]) => `${x}^2*(1 - sqrt(g)*${x})^2/2`,
    domain: ({ g }) => [[-0.5 / Math.sqrt(g), 1.5 / Math.sqrt(g)]],
    minima: 'of each coordinate',
  },
  ruggedParabola: {
    about: 'Ripples on a parabola, on which annealing is slow. After Shinomoto and Kabashima (1991).',
    dimensions: line,
    parameters: { k: 0.1 },
    source: ([x]) => `k*${x}^2 + 1 - cos(2*pi*${x})`,
    domain: cube(5),
    minima: 'of each coordinate',
  },
} as const satisfies Readonly<Record<string, TestFunctionRow>>

export type TestFunctionName = keyof typeof rows

export const ROWS: Readonly<Record<TestFunctionName, TestFunctionRow>> = rows

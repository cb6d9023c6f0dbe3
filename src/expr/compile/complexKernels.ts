/**
 * Elementary functions of complex numbers as loops over real and imaginary parts, on principal branches,
 * arg z ∈ (−π, π]. A zero has no sign here: on a cut the value is that of arg z = π, whether a part is 0 or −0,
 * as in the exact normal form. The formulas keep relative accuracy near cuts and zeros and overflow only where the
 * value does; W. Kahan, “Branch cuts for complex elementary functions”, in The State of the Art in Numerical
 * Analysis (1987), 165–211.
 */
import type { Kernel } from './program.js'

/** A pair that a function of one point leaves its result in. */
interface Pair {
  re: number
  im: number
}

type PointFunction = (re: number, im: number, out: Pair) => void

/** Above this e^x is built of two factors, so that a small factor beside it may bring it back into range. */
const LARGE_EXPONENT = 700
/** Squares of parts between these neither overflow nor lose digits to underflow. */
const SAFE = { least: 1e-140, most: 1e140 } as const
/** 1 − tanh² is below the last digit from here on. */
const TANH_IS_ONE = 20

/** |z|. */
export function modulus(re: number, im: number): number {
  const [a, b] = [Math.abs(re), Math.abs(im)]
  const [large, small] = a > b ? [a, b] : [b, a]
  if (large > SAFE.least && large < SAFE.most) return Math.sqrt(a * a + b * b)
  if (large === 0 || large === Number.POSITIVE_INFINITY) return large
  const ratio = small / large
  return large * Math.sqrt(1 + ratio * ratio)
}

/** arg z in (−π, π]; + 0 takes the sign off zeros. */
const argument = (re: number, im: number): number => Math.atan2(im + 0, re + 0)

/** ln |z|, to full relative accuracy near |z| = 1 too. */
function logModulus(re: number, im: number): number {
  const [a, b] = [Math.abs(re), Math.abs(im)]
  const [large, small] = a > b ? [a, b] : [b, a]
  if (large > 0.5 && large < 2 && small < 2) return Math.log1p((large - 1) * (large + 1) + small * small) / 2
  return Math.log(modulus(re, im))
}

/** s·e^x where e^x alone may be too large. */
function scaledExp(x: number, s: number): number {
  if (s === 0) return 0
  if (x < LARGE_EXPONENT) return s * Math.exp(x)
  const half = Math.exp(x / 2)
  return s * half * half
}

function exp(re: number, im: number, out: Pair): void {
  if (re < LARGE_EXPONENT) {
    const size = Math.exp(re)
    out.re = size * Math.cos(im)
    out.im = size * Math.sin(im)
  } else {
    out.re = scaledExp(re, Math.cos(im))
    out.im = scaledExp(re, Math.sin(im))
  }
}

function log(re: number, im: number, out: Pair): void {
  const size = logModulus(re, im)
  out.im = argument(re, im)
  out.re = size
}

function sqrt(re: number, im: number, out: Pair): void {
  if (re === 0 && im === 0) {
    out.re = 0
    out.im = 0
    return
  }
  // Scaled by 4^k, so that |z| + |re| neither over- nor underflows.
  const large = Math.max(Math.abs(re), Math.abs(im))
  const scale = large > SAFE.most ? 2 ** -600 : large < SAFE.least ? 2 ** 600 : 1
  const [a, b] = [re * scale, im * scale]
  const t = Math.sqrt((Math.abs(a) + modulus(a, b)) / 2)
  const back = scale === 1 ? 1 : scale < 1 ? 2 ** 300 : 2 ** -300
  const other = (b / (2 * t)) * back
  if (a >= 0) {
    out.re = t * back
    out.im = other
  } else {
    out.re = Math.abs(other)
    out.im = b < 0 ? -t * back : t * back
  }
}

/** cosh x and sinh x as e^{|x|}·c and ±e^{|x|}·s, which are finite where they are not. */
function halves(x: number): { readonly shift: number; readonly cosh: number; readonly sinh: number } {
  if (Math.abs(x) < LARGE_EXPONENT) return { shift: 0, cosh: Math.cosh(x), sinh: Math.sinh(x) }
  return { shift: Math.abs(x), cosh: 0.5, sinh: x > 0 ? 0.5 : -0.5 }
}

function cosh(re: number, im: number, out: Pair): void {
  const { shift, cosh: c, sinh: s } = halves(re)
  out.re = scaledExp(shift, c * Math.cos(im))
  out.im = scaledExp(shift, s * Math.sin(im))
}

function sinh(re: number, im: number, out: Pair): void {
  const { shift, cosh: c, sinh: s } = halves(re)
  out.re = scaledExp(shift, s * Math.cos(im))
  out.im = scaledExp(shift, c * Math.sin(im))
}

function tanh(re: number, im: number, out: Pair): void {
  if (Math.abs(re) > TANH_IS_ONE) {
    out.re = Math.sign(re)
    out.im = 4 * Math.sin(im) * Math.cos(im) * Math.exp(-2 * Math.abs(re))
    return
  }
  const t = Math.tan(im)
  const s = Math.sinh(re)
  const beta = 1 + t * t
  const under = 1 + beta * s * s
  out.re = (beta * Math.sqrt(1 + s * s) * s) / under
  out.im = t / under
}

/** f(z) = −i g(iz). */
const turned =
  (g: PointFunction): PointFunction =>
  (re, im, out) => {
    g(-im, re, out)
    const first = out.re
    out.re = out.im
    out.im = -first
  }

/** 1/(1 + e^{−z}), by the exponential that does not grow. */
function sigmoid(re: number, im: number, out: Pair): void {
  exp(-Math.abs(re), re < 0 ? im : -im, out)
  const { re: a, im: b } = out
  if (re < 0) divide(a, b, 1 + a, b, out)
  else divide(1, 0, 1 + a, b, out)
}

/** (a + ib)/(c + id) without squares of c and d; R. L. Smith, Comm. ACM 5, 435 (1962). */
function divide(a: number, b: number, c: number, d: number, out: Pair): void {
  if (Math.abs(c) >= Math.abs(d)) {
    const ratio = d / c
    const under = c + d * ratio
    out.re = (a + b * ratio) / under
    out.im = (b - a * ratio) / under
  } else {
    const ratio = c / d
    const under = c * ratio + d
    out.re = (a * ratio + b) / under
    out.im = (b * ratio - a) / under
  }
}

/** √(1 − z) and √(1 + z), of which the inverse functions are made. */
const [below, above]: [Pair, Pair] = [
  { re: 0, im: 0 },
  { re: 0, im: 0 },
]

function asin(re: number, im: number, out: Pair): void {
  sqrt(1 - re, -im, below)
  sqrt(1 + re, im, above)
  out.re = Math.atan2(re, below.re * above.re - below.im * above.im)
  out.im = Math.asinh(below.re * above.im - below.im * above.re)
}

function acos(re: number, im: number, out: Pair): void {
  sqrt(1 - re, -im, below)
  sqrt(1 + re, im, above)
  out.re = 2 * Math.atan2(below.re, above.re)
  out.im = Math.asinh(above.re * below.im - above.im * below.re)
}

function acosh(re: number, im: number, out: Pair): void {
  sqrt(re - 1, im, below)
  sqrt(re + 1, im, above)
  out.re = Math.asinh(below.re * above.re + below.im * above.im)
  out.im = 2 * Math.atan2(below.im, above.re)
}

function atanh(re: number, im: number, out: Pair): void {
  const square = im * im
  out.re = Math.log1p((4 * re) / ((1 - re) * (1 - re) + square)) / 4
  // Both logarithms of ½ (ln(1 + z) − ln(1 − z)) have arg = π on their cuts.
  out.im = (argument(1 + re, im) - argument(1 - re, -im)) / 2
}

/** The functions of one argument that have a complex meaning. */
const FUNCTIONS: Readonly<Record<string, PointFunction>> = {
  exp,
  log,
  sqrt,
  sinh,
  cosh,
  tanh,
  sigmoid,
  asin,
  acos,
  acosh,
  atanh,
  sin: turned(sinh),
  cos: (re, im, out) => cosh(-im, re, out),
  tan: turned(tanh),
  asinh: turned(asin),
  atan: turned(atanh),
}

const asKernel =
  (f: PointFunction): Kernel =>
  ([re, im], [outRe, outIm], n) => {
    const out: Pair = { re: 0, im: 0 }
    for (let k = 0; k < n; k++) {
      f(re![k]!, im![k]!, out)
      outRe![k] = out.re
      outIm![k] = out.im
    }
  }

/** (re, im) → (re, im) of a function by its name. */
export const FUNCTION_KERNELS: ReadonlyMap<string, Kernel> = new Map(
  Object.entries(FUNCTIONS).map(([name, f]) => [name, asKernel(f)]),
)

/** (a, b, c, d) → (a + ib)(c + id). */
export const MULTIPLY: Kernel = ([a, b, c, d], [re, im], n) => {
  for (let k = 0; k < n; k++) {
    const [p, q, r, s] = [a![k]!, b![k]!, c![k]!, d![k]!]
    re![k] = p * r - q * s
    im![k] = p * s + q * r
  }
}

/** (a, b, c, d) → (a + ib)/(c + id). */
export const DIVIDE: Kernel = ([a, b, c, d], [re, im], n) => {
  const out: Pair = { re: 0, im: 0 }
  for (let k = 0; k < n; k++) {
    divide(a![k]!, b![k]!, c![k]!, d![k]!, out)
    re![k] = out.re
    im![k] = out.im
  }
}

/** (a, b) → |a + ib|. */
export const MODULUS: Kernel = ([a, b], [out], n) => {
  for (let k = 0; k < n; k++) out![k] = modulus(a![k]!, b![k]!)
}

/** (a, b, c, d) → (a + ib)^{c + id} = exp((c + id) ln(a + ib)); 0 to a power with positive real part is 0. */
export const POWER: Kernel = ([a, b, c, d], [re, im], n) => {
  const out: Pair = { re: 0, im: 0 }
  for (let k = 0; k < n; k++) {
    const [p, q, r, s] = [a![k]!, b![k]!, c![k]!, d![k]!]
    if (p === 0 && q === 0 && r > 0) {
      re![k] = 0
      im![k] = 0
      continue
    }
    log(p, q, out)
    const [size, angle] = [out.re, out.im]
    // A real power of the modulus is more accurate than the exponential of its logarithm.
    if (s === 0) {
      const scale = modulus(p, q) ** r
      const turn = r * angle
      re![k] = scale * Math.cos(turn)
      im![k] = turn === 0 ? 0 : scale * Math.sin(turn)
    } else {
      exp(r * size - s * angle, r * angle + s * size, out)
      re![k] = out.re
      im![k] = out.im
    }
  }
}

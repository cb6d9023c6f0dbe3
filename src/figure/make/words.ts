/**
 * Numbers as words in titles and alternative texts.
 */

/** A number at so many significant digits, with a true minus sign: 0.0012 → "0.0012", −1.5e−7 → "−1.5e−7". */
export function say(value: number, digits = 3): string {
  const size = Math.abs(value)
  const rounded = Number(value.toPrecision(digits))
  const text = size !== 0 && (size >= 1e5 || size < 1e-4) ? rounded.toExponential() : String(rounded)
  return text.replace('e+', 'e').replaceAll('-', '−')
}

/**
 * Rising numbers at as few significant digits as tell each from its neighbours: at least `least`, at most `most`.
 */
export function sayApart(values: ArrayLike<number>, least: number, most = 10): string[] {
  const numbers = Array.from(values)
  return numbers.map((value, k) => {
    const beside = [numbers[k - 1], numbers[k + 1]].filter((other) => other !== undefined && other !== value)
    let digits = least
    while (digits < most && beside.some((other) => say(other!, digits) === say(value, digits))) digits++
    return say(value, digits)
  })
}

/** A name as it is set: digits at its end become an index, w1 → "w₁". */
export function symbol(name: string): string {
  return name.replace(/(?<=[^\d\s])\d+$/, (digits) => subscript(Number(digits)))
}

/** Letters that have an index form. */
const INDICES: Readonly<Record<string, string>> = {
  a: 'ₐ',
  e: 'ₑ',
  h: 'ₕ',
  i: 'ᵢ',
  j: 'ⱼ',
  k: 'ₖ',
  l: 'ₗ',
  m: 'ₘ',
  n: 'ₙ',
  o: 'ₒ',
  p: 'ₚ',
  r: 'ᵣ',
  s: 'ₛ',
  t: 'ₜ',
  u: 'ᵤ',
  v: 'ᵥ',
  x: 'ₓ',
}

/** Text in which indices of a single letter are set as such: "V_s" → "Vₛ", "ζ_min" → "ζₘᵢₙ"; "learning_rate" stays. */
export function indexed(text: string): string {
  return text.replace(
    /(?<![\p{L}\d_])(\p{L})_([a-z]{1,3}|\d{1,2})(?![\p{L}\d_])/gu,
    (whole, base: string, index: string) => {
      const set = [...index].flatMap((c) => (/\d/.test(c) ? subscript(Number(c)) : (INDICES[c] ?? [])))
      return set.length < index.length ? whole : base + set.join('')
    },
  )
}

/** The time variable's symbol at a Wick angle, and the words for it. */
export function timeOf(angle: number): { readonly symbol: string; readonly words: string } {
  if (Math.abs(angle) < 1e-9) return { symbol: 't', words: 'real time' }
  if (Math.abs(angle - Math.PI / 2) < 1e-9) return { symbol: 'τ', words: 'imaginary time' }
  return { symbol: 's', words: `time at the Wick angle ${say((angle * 180) / Math.PI)}°` }
}

/** "a", "a and b", "a, b and c". */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = { '-': '⁻', '1': '¹', '2': '²', '3': '³' }

/** A whole number as superscript digits: −15 → "⁻¹⁵". */
export function superscript(n: number): string {
  return [...String(n)].map((c) => SUPERSCRIPTS[c] ?? String.fromCodePoint(0x2070 + Number(c))).join('')
}

/** A whole number ≥ 0 as subscript digits: 12 → "₁₂". */
export function subscript(n: number): string {
  return [...String(n)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join('')
}

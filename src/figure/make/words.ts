/**
 * Numbers as words in titles and alternative texts.
 */

/** A number at so many significant digits, with a true minus sign: 0.0012 → "0.0012", −1.5e−7 → "−1.5e−7". */
export function say(value: number, digits = 3): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const text =
    size >= 1e5 || size < 1e-3 ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits)))
  return text.replace('e+', 'e').replaceAll('-', '−')
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

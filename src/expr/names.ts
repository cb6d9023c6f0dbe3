/** How names are written: Greek letters by their English names, the rest after a letter as an index. */

const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  upsilon: 'υ',
  phi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Sigma: 'Σ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
}
const HBAR = { tex: '\\hbar', unicode: 'ħ' } as const
const LETTERS = new Map(Object.entries(GREEK).map(([name, letter]) => [letter, name]))
const VARIANTS: Readonly<Record<string, string>> = { phi: '\\varphi', epsilon: '\\varepsilon' }

const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789'].map((digit, k) => [digit, '₀₁₂₃₄₅₆₇₈₉'[k]!]),
)

/** Stem and index of a name: x1, x_1 → x, 1; theta_max → theta, max; speed → speed. */
function split(name: string): readonly [string, string] {
  const match = /^(.+?)_+([\p{L}\p{N}_]+)$/u.exec(name) ?? /^(\p{L}+?)(\d+)$/u.exec(name)
  return match ? [match[1]!, match[2]!] : [name, '']
}

function greekTex(letter: string): string {
  return VARIANTS[letter] ?? `\\${letter}`
}

function stemTex(stem: string): string {
  if (stem === 'hbar' || stem === 'ħ') return HBAR.tex
  const greek = stem in GREEK ? stem : LETTERS.get(stem)
  if (greek !== undefined) return greekTex(greek)
  return /^[A-Za-z]$/.test(stem) ? stem : upright(stem)
}

/** A word in upright letters; letters that mathematical fonts lack are set as text. */
function upright(word: string): string {
  return /^[A-Za-z0-9]*$/.test(word) ? `\\mathrm{${word}}` : `\\text{${word.replace(/_/g, '\\_')}}`
}

/** Index of an optimum: `x_star` → x*. */
const STAR = 'star'
/** Index of a mean: `x_bar` → x̄. */
const BAR = 'bar'

/** TeX of a name: `x_1` → x_{1}, `omega` → \omega, `x_star` → x_{*}, `speed` → \mathrm{speed}. */
export function nameTex(name: string): string {
  const [stem, index] = split(name)
  if (index === '') return stemTex(stem)
  if (index === STAR) return `${stemTex(stem)}_{*}`
  if (index === BAR) return `\\bar{${stemTex(stem)}}`
  const lower = /^([A-Za-z]|\d+)$/.test(index) ? index : index in GREEK ? greekTex(index) : upright(index)
  return `${stemTex(stem)}_{${lower}}`
}

/** Plain-text form of a name: `x_1` → x₁, `omega` → ω, `x_star` → x*. */
export function nameUnicode(name: string): string {
  const [stem, index] = split(name)
  const letter = stem === 'hbar' ? HBAR.unicode : (GREEK[stem] ?? stem)
  if (index === '') return letter
  if (index === STAR) return `${letter}*`
  if (index === BAR) return `${letter}\u0304`
  return /^\d+$/.test(index)
    ? letter + [...index].map((digit) => LOWERED[digit]).join('')
    : `${letter}_${GREEK[index] ?? index}`
}

/** Characters of mathematics, and the TeX commands that set them; of two for one command the last is the usual one. */
const COMMANDS: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'varepsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'varphi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Υ: 'Upsilon',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
  ℏ: 'hbar',
  ħ: 'hbar',
  '∂': 'partial',
  '∇': 'nabla',
  '∞': 'infty',
  '∫': 'int',
  '∑': 'sum',
  '∏': 'prod',
  '√': 'surd',
  '≤': 'le',
  '≥': 'ge',
  '≠': 'neq',
  '≈': 'approx',
  '≡': 'equiv',
  '∼': 'sim',
  '≪': 'll',
  '≫': 'gg',
  '∝': 'propto',
  '→': 'to',
  '←': 'leftarrow',
  '↦': 'mapsto',
  '⇒': 'Rightarrow',
  '⟹': 'implies',
  '⇔': 'Leftrightarrow',
  '⟺': 'iff',
  '∈': 'in',
  '∀': 'forall',
  '·': 'cdot',
  '×': 'times',
  '±': 'pm',
  '∓': 'mp',
  '∗': 'ast',
  '∘': 'circ',
  '⟨': 'langle',
  '⟩': 'rangle',
  '′': 'prime',
  '…': 'ldots',
  '†': 'dagger',
  '≔': 'mathrel{:=}',
  '−': '-',
}

/** Other commands that mean one of the characters. */
const SYNONYMS: Readonly<Record<string, string>> = {
  epsilon: 'ε',
  phi: 'φ',
  leq: '≤',
  geq: '≥',
  ne: '≠',
  lt: '<',
  gt: '>',
  rightarrow: '→',
  longrightarrow: '→',
  cdots: '…',
  dots: '…',
  lbrace: '{',
  rbrace: '}',
  vert: '|',
  lvert: '|',
  rvert: '|',
  Vert: '‖',
  mid: '|',
  ell: 'ℓ',
  Re: 'Re',
  Im: 'Im',
}

const CHARACTERS = new Map([
  ...Object.entries(COMMANDS).map(([character, command]) => [command, character] as const),
  ...Object.entries(SYNONYMS),
])

/** The character that a command without arguments sets, as `∂` for `partial`. */
export function maybeCharacter(command: string): string | undefined {
  return CHARACTERS.get(command)
}

/** TeX, for mathematics, of a character that text fonts of TeX lack: `\zeta` for `ζ`. */
export function maybeCommand(character: string): string | undefined {
  const command = COMMANDS[character]
  if (command === undefined) return undefined
  return command === '-' ? command : `\\${command}`
}

const table = (from: string, to: string): ReadonlyMap<string, string> => {
  const characters = [...to]
  return new Map([...from].map((character, k) => [character, characters[k]!]))
}

/** Characters that have a raised or a lowered form. */
export const RAISED: ReadonlyMap<string, string> = table('0123456789+−-()ni′', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿⁱ′')
export const LOWERED: ReadonlyMap<string, string> = table(
  '0123456789+−-()aehijklmnoprstuvxβγρφχ',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ',
)

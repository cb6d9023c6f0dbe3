/**
 * The figure payload: the one contract between whoever computes (kernel, page) and whoever draws
 * (PNG renderer, JupyterLab extension). A payload is plain JSON; arrays travel packed.
 */

/** MIME type of a ψlab figure. */
export const FIGURE_MIME = 'application/vnd.psilab.figure.v1+json'

/**
 * A packed array: `shape` in C order, `data` the base64 of little-endian numbers of type `dtype`;
 * the value of a stored number r is `offset + scale · r`.
 */
export interface PackedArray {
  readonly dtype: 'float64' | 'float32' | 'uint16' | 'uint8' | 'int8'
  readonly shape: readonly number[]
  readonly data: string
  readonly offset: number
  readonly scale: number
}

/** What is needed to compute the figure again. */
export interface ProblemRecord {
  /** TeX and plain text of the equation with this problem's objective and D. */
  readonly tex: string
  readonly text: string
  /** Source text of ζ where it was given as an expression. */
  readonly objective?: string
  readonly parameters?: Readonly<Record<string, number>>
  readonly D: number
  readonly grid: readonly AxisRecord[]
}

export interface AxisRecord {
  readonly name: string
  readonly lower: number
  readonly upper: number
  readonly points: number
  readonly boundary: 'periodic' | 'walls' | 'zero-flux' | 'absorbing'
  /** Width of the absorbing layer at each end, with that boundary. */
  readonly layer?: number
}

export interface Provenance {
  readonly psilab: string
  readonly seed?: number
}

/** Version of the payloads that this file describes. */
export const FIGURE_VERSION = 1

interface FigureBase {
  readonly version: typeof FIGURE_VERSION
  readonly title: string
  /** One sentence for a reader who cannot see the figure: peaks, norm, energies. */
  readonly alt: string
  readonly provenance: Provenance
  readonly problem?: ProblemRecord
}

/** An objective ζ on its grid, with the equation typeset and the choices that were made. */
export interface ProblemFigure extends FigureBase {
  readonly kind: 'problem'
  readonly problem: ProblemRecord
  /** Coordinates of each axis, one packed 1-D array an axis. */
  readonly axes: readonly PackedArray[]
  /** ζ on the grid, shape = lengths of the axes. */
  readonly zeta: PackedArray
  /** Sentences: which grid, which boundary, and why. */
  readonly notes: readonly string[]
}

/** ψ(x, s) in one dimension at the times of a run. */
export interface EvolutionFigure extends FigureBase {
  readonly kind: 'evolution'
  readonly problem: ProblemRecord
  /** Wick angle θ in radians: 0 real time, π/2 imaginary time. */
  readonly angle: number
  /** Readings of ψ to draw: `born` |ψ|²/∫|ψ|², `population` ψ/∫ψ. */
  readonly readings: readonly ('born' | 'population')[]
  readonly x: PackedArray
  readonly zeta: PackedArray
  /** Times of the frames, shape [T]. */
  readonly times: PackedArray
  /** |ψ|, shape [T, N], each frame with ∫|ψ|² = 1. */
  readonly magnitude: PackedArray
  /** arg ψ in radians, shape [T, N]. It only colours, so it is stored coarsely; ψ = |ψ| e^{i arg ψ} is interpolated, never the angle. */
  readonly phase: PackedArray
  /** ⟨H⟩ of each frame, shape [T]: the line that the density stands on. */
  readonly energy: PackedArray
  /** Energy of the ground state, drawn as a reference where it is known. */
  readonly groundEnergy?: number
}

/** Eigenstates drawn on ζ at their energies. */
export interface EigenstatesFigure extends FigureBase {
  readonly kind: 'eigenstates'
  readonly problem: ProblemRecord
  readonly x: PackedArray
  readonly zeta: PackedArray
  /** Shape [K]. */
  readonly energies: PackedArray
  /** Real wave functions φₙ, shape [K, N], ∫φₙ² = 1. */
  readonly states: PackedArray
}

/** Z, F, U, S, C against temperature T = 1/β. */
export interface ThermodynamicsFigure extends FigureBase {
  readonly kind: 'thermodynamics'
  readonly problem: ProblemRecord
  /** All of shape [T]. */
  readonly temperature: PackedArray
  readonly Z: PackedArray
  readonly F: PackedArray
  readonly U: PackedArray
  readonly S: PackedArray
  readonly C: PackedArray
}

/** Densities in two dimensions over the contours of ζ, one frame a value of `frames`. */
export interface LandscapeFigure extends FigureBase {
  readonly kind: 'landscape'
  readonly problem: ProblemRecord
  /** Two axes, x first. */
  readonly axes: readonly [PackedArray, PackedArray]
  /** ζ, shape [Nx, Ny]. */
  readonly zeta: PackedArray
  /** Densities |ψ|², or what `quantity` says, one packed [Nx, Ny] array a frame: each keeps its own scale, so that narrow peaks do not blank broad ones. */
  readonly densities: readonly PackedArray[]
  /**
   * What distinguishes the frames, for example { symbol: 'D', values: [1, 0.1, 0.01] }, and their captions;
   * without these a frame is called "D = 0.1".
   */
  readonly frames: {
    readonly symbol: string
    readonly values: readonly number[]
    readonly labels?: readonly string[]
  }
  /** Symbol of what is coloured; `|ψ|²` where it is not said. */
  readonly quantity?: string
  readonly points: readonly { readonly label: string; readonly x: number; readonly y: number }[]
  /** Paths over the landscape, points of shape [P, 2]. */
  readonly paths: readonly { readonly label: string; readonly points: PackedArray }[]
}

/** A derivation: typeset steps, each with its rule and its verdict. */
export interface DerivationFigure extends FigureBase {
  readonly kind: 'derivation'
  readonly steps: readonly DerivationStepRecord[]
  /** What the letters mean, in the order of a legend. */
  readonly symbols: readonly SymbolRecord[]
}

/** One line `left sign right`, by which rule it stands, and what the check of it found. */
export interface DerivationStepRecord {
  /** Name of the step, unique in its derivation. */
  readonly id: string
  /** Id of an earlier step that this one starts from. */
  readonly from?: string
  /** Ids of earlier steps that were put in. Default none. */
  readonly using?: readonly string[]
  /** Heading that this step stands under; steps in a row that name the same one form a section. */
  readonly section?: string
  /** Name of the rule for readers, and what it says in TeX. */
  readonly rule: string
  readonly statement: string
  readonly relation: string
  /** TeX of the sides and of the sign between them: `=`, `\le`, `\approx`, `\to`. */
  readonly left: string
  readonly sign: string
  readonly right: string
  /** TeX of a side formula that stands in parentheses beside the line. */
  readonly at?: string
  /** The whole line in plain text: what is read aloud. */
  readonly text: string
  /** Why, TeX inside `$…$`. */
  readonly why: string
  /** Side conditions, TeX inside `$…$`. */
  readonly when: readonly string[]
  /** Where the formula comes from; none where it is only given. */
  readonly provenance?: 'paper' | 'derived' | 'corrected'
  readonly verdict: VerdictRecord
  /** Source of the lemma or formula. */
  readonly reference?: string
}

/** What the check of a step found, and how it was made, in one sentence. */
export type VerdictRecord =
  | { readonly status: 'proved' | 'postulate' | 'definition'; readonly method: string }
  /** Both sides agree in so many decimal digits at so many points. */
  | { readonly status: 'checked'; readonly method: string; readonly digits: number; readonly points: number }

/** A letter of a derivation. */
export interface SymbolRecord {
  readonly tex: string
  readonly meaning: string
  readonly unit?: string
  readonly domain: 'real' | 'positive' | 'nonnegative' | 'complex' | 'integer'
}

/** Charts and tables beside and below each other. */
export interface PanelsFigure extends FigureBase {
  readonly kind: 'panels'
  /** In reading order. */
  readonly panels: readonly PanelRecord[]
  /** Sentences below the panels: choices, limits, what is not converged. */
  readonly notes: readonly string[]
}

export type PanelRecord = LinesPanelRecord | FieldPanelRecord | TablePanelRecord

/** Axis of a chart. */
export interface ScaleRecord {
  readonly label: string
  readonly scale: 'linear' | 'log'
}

/** Curves, points, bars and steps over common axes. */
export interface LinesPanelRecord {
  readonly type: 'lines'
  readonly heading: string
  readonly x: ScaleRecord
  readonly y: ScaleRecord
  readonly series: readonly SeriesRecord[]
}

/** One curve, or one set of points, bars or steps. Where no point can be drawn the arrays are absent. */
export interface SeriesRecord {
  readonly label: string
  readonly mark: 'line' | 'points' | 'bars' | 'steps'
  /** `reference`: what `data` is compared with. It is dashed, and does not widen the axes by much. */
  readonly role: 'data' | 'reference'
  readonly x?: PackedArray
  readonly y?: PackedArray
  /** Half the length of the error bar of each point. */
  readonly error?: PackedArray
  /** Indices, rising, at which a new stroke begins. */
  readonly breaks?: readonly number[]
  /** How many points there were, where fewer than all are stored. */
  readonly of?: number
  /** How many points have no place on the axes: not finite, or not above 0 on a logarithmic one. */
  readonly omitted?: number
}

/** A function of two coordinates, as colours. */
export interface FieldPanelRecord {
  readonly type: 'field'
  readonly heading: string
  /** Labels of both axes, the horizontal one first. */
  readonly labels: readonly [string, string]
  /** Equidistant coordinates. */
  readonly axes: readonly [PackedArray, PackedArray]
  /** Shape [Nx, Ny]. */
  readonly values: PackedArray
  /** `sequential` from 0 or the lowest value; `diverging` about 0; `wells`: an objective, by contour. */
  readonly scale: 'sequential' | 'diverging' | 'wells'
  /** Symbol of what is coloured. */
  readonly quantity: string
  /** Values at which lines are drawn. */
  readonly levels: readonly number[]
  readonly points: readonly { readonly label: string; readonly x: number; readonly y: number }[]
  /** Paths over the field, points of shape [P, 2]. */
  readonly paths: readonly { readonly label: string; readonly points: PackedArray }[]
  /** Samples as dots, and how many there were before some were picked. */
  readonly samples?: { readonly x: PackedArray; readonly y: PackedArray; readonly of: number }
}

/** Rows of text under headings. */
export interface TablePanelRecord {
  readonly type: 'table'
  readonly heading: string
  readonly columns: readonly { readonly label: string; readonly align: 'left' | 'right' }[]
  readonly rows: readonly (readonly string[])[]
}

export type Figure =
  | ProblemFigure
  | EvolutionFigure
  | EigenstatesFigure
  | ThermodynamicsFigure
  | LandscapeFigure
  | DerivationFigure
  | PanelsFigure

/**
 * Figures as vega-lite charts: pure JSON, no vega needed to make them.
 */
import type { Figure, PanelsFigure } from '../payload.js'
import { eigenstatesChart } from './eigenstates.js'
import { evolutionChart } from './evolution.js'
import { landscapeChart } from './landscape.js'
import { problemChart } from './problem.js'
import { thermodynamicsPanels } from './thermodynamics.js'
import type { ChartFigure, ChartKind, FrameUpdate, PanelledFigure, Unit, View } from './view.js'
import { waveChart } from './waves/index.js'

const KINDS: { readonly [K in ChartFigure['kind']]: ChartKind<Extract<ChartFigure, { kind: K }>> } = {
  problem: problemChart,
  evolution: evolutionChart,
  eigenstates: eigenstatesChart,
  landscape: landscapeChart,
  wave: waveChart,
}

/** The chart of a figure's own kind; the table above pairs them, which the compiler cannot follow through a lookup. */
function kindOf(figure: ChartFigure): ChartKind<ChartFigure> {
  return KINDS[figure.kind] as unknown as ChartKind<ChartFigure>
}

export function isPanelled(figure: Figure): figure is PanelledFigure {
  return figure.kind === 'panels' || figure.kind === 'thermodynamics'
}

/** The panels of a figure of several. */
export function panelsOf(figure: PanelledFigure): PanelsFigure {
  return figure.kind === 'panels' ? figure : thermodynamicsPanels(figure)
}

export function isChart(figure: Figure): figure is ChartFigure {
  return figure.kind !== 'derivation' && !isPanelled(figure)
}

/** The figure as a vega-lite chart at `view.frame`. */
export function toVegaLite(figure: ChartFigure, view: View = {}): Unit {
  return kindOf(figure).spec(figure, view)
}

/** Number of frames; 1 for a still figure. */
export function frameCount(figure: ChartFigure): number {
  return kindOf(figure).frames(figure)
}

/** At most `shown` frames that stand for all: about the same happens between any two of them. */
export function keyFrames(figure: ChartFigure, shown: number): readonly number[] {
  return kindOf(figure).keyFrames(figure, shown)
}

/** What the frames run over, for example "t", "n" or "D"; empty for a still figure. */
export function frameSymbol(figure: ChartFigure): string {
  return kindOf(figure).symbol(figure)
}

/** Caption of a frame, for example "t = 1.25"; empty for a still figure. */
export function frameLabel(figure: ChartFigure, frame: number): string {
  return kindOf(figure).label(figure, frame)
}

/** The data sets and parameters to push into a drawn chart so that it shows `view.frame`. */
export function frameUpdate(figure: ChartFigure, view: View): FrameUpdate {
  return kindOf(figure).update(figure, view)
}

/** Whether its frames stand below each other on a page, each as wide as that. */
export function isWide(figure: ChartFigure): boolean {
  return kindOf(figure).wide?.(figure) ?? false
}

/**
 * What all charts share: margins, fonts, axes, and how a chart is put together.
 */
import type { PhaseMapName } from '../colour/phase.js'
import { THEMES, type Theme } from '../colour/theme.js'
import { type Fonts, type FrameUpdate, PNG_FONTS, type Row, type Unit, type View } from './view.js'

export interface Padding {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A view with its defaults filled in. */
export interface Setting {
  readonly frame: number
  readonly theme: Theme
  readonly width: number
  readonly fonts: Fonts
  readonly map: PhaseMapName
}

export function setting(view: View): Setting {
  return {
    frame: view.frame ?? 0,
    theme: THEMES[view.theme ?? 'light'],
    width: view.width ?? 680,
    fonts: view.fonts ?? PNG_FONTS,
    map: view.map ?? 'uniform',
  }
}

export interface ChartParts {
  readonly setting: Setting
  /** Outer size in pixels. */
  readonly height: number
  readonly padding: Padding
  readonly layer: readonly Unit[]
  /** Data and parameters of the frame shown. */
  readonly update?: FrameUpdate
  /** Data that is the same in all frames. */
  readonly data?: Readonly<Record<string, readonly Row[]>>
}

/** A layered chart of fixed outer size: margins do not depend on the labels, so nothing moves between frames. */
export function chart({ setting, height, padding, layer, update, data }: ChartParts): Unit {
  return {
    ...frame(setting),
    width: setting.width - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    padding,
    datasets: copied({ ...data, ...update?.data }),
    params: Object.entries(update?.params ?? {}).map(([name, value]) => ({ name, value })),
    layer,
  }
}

/** Rows of its own for every chart: vega marks the rows that it draws, and figures keep theirs. */
function copied(data: Readonly<Record<string, readonly Row[]>>): Record<string, Row[]> {
  return Object.fromEntries(
    Object.entries(data).map(([name, rows]) => [name, rows.map((row) => ({ ...row }))]),
  )
}

/** The properties that every chart has at its top. */
export function frame({ theme, fonts }: Setting): Unit {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    autosize: { type: 'none' },
    background: 'transparent',
    config: config(theme, fonts),
  }
}

function config(theme: Theme, fonts: Fonts): Unit {
  return {
    aria: false,
    font: fonts.text,
    view: { stroke: null },
    axis: {
      domainColor: theme.muted,
      domainWidth: 0.75,
      gridColor: theme.grid,
      gridWidth: 0.75,
      grid: false,
      tickColor: theme.muted,
      tickWidth: 0.75,
      tickSize: 4,
      labelColor: theme.muted,
      labelFontSize: 11,
      labelPadding: 4,
      labelOverlap: 'greedy',
      titleColor: theme.ink,
      titleFont: fonts.math,
      titleFontSize: 13,
      titleFontStyle: 'italic',
      titleFontWeight: 'normal',
      titlePadding: 8,
    },
    title: {
      color: theme.ink,
      subtitleColor: theme.muted,
      fontSize: 13,
      subtitleFontSize: 11,
      font: fonts.math,
      fontStyle: 'italic',
      subtitleFont: fonts.text,
      fontWeight: 'normal',
      anchor: 'start',
      frame: 'group',
      offset: 8,
    },
    text: { color: theme.ink, fontSize: 12 },
  }
}

/** A positional axis, shared by all layers of a chart: its domain in data units, and how it is labelled. */
export interface Axis {
  readonly domain: readonly [number, number]
  readonly labelled: Unit
  /** Default linear. */
  readonly type?: 'log'
}

/** A positional channel from a field. Every layer names the same axis, so that vega-lite merges them to one. */
export function position(field: string, axis: Axis): Unit {
  return { field, type: 'quantitative', scale: scaleOf(axis), axis: axis.labelled }
}

/** A positional channel at one number. */
export function fixed(datum: number, axis: Axis): Unit {
  return { datum, type: 'quantitative', scale: scaleOf(axis), axis: axis.labelled }
}

function scaleOf({ domain, type }: Axis): Unit {
  return type === 'log' ? { type, domain, nice: false } : { domain, nice: false, zero: false }
}

/** Pixels along a horizontal axis for each of its labels. */
const LABEL_ROOM = 76

/** The horizontal axis of a chart of an outer width, as many labels as have room. */
export function levelTitle(title: string, width: number): Unit {
  return { title, tickCount: Math.max(3, Math.floor(width / LABEL_ROOM)) }
}

/** The vertical axis with its title upright above it. */
export function uprightTitle(title: string): Unit {
  return {
    title,
    titleAngle: 0,
    titleAnchor: 'end',
    titleAlign: 'left',
    titleBaseline: 'bottom',
    titleX: -34,
    titleY: -10,
  }
}

/**
 * What a reader sets for all figures, from JupyterLab's settings; the defaults until those are read, and where there
 * are none.
 */
import type { ISettingRegistry } from '@jupyterlab/settingregistry'
import type { Kept } from 'psilab/figure'
import { DEFAULT_PREFERENCES, type Preferences } from 'psilab/page'

/** The plugin whose settings they are, and the file of their schema. */
const SETTINGS = '@psilab/jupyterlab:figures'

export interface Settings extends Preferences {
  /** What a saved notebook keeps of its figures. */
  readonly embedding: Kept
}

const DEFAULTS: Settings = { ...DEFAULT_PREFERENCES, embedding: 'full' }

let current: Settings = DEFAULTS
const watchers = new Set<() => void>()

export const settings = (): Settings => current

/** Calls back when a setting has changed; returns what ends the watch. */
export function watchSettings(changed: () => void): () => void {
  watchers.add(changed)
  return () => {
    watchers.delete(changed)
  }
}

/** Reads the settings, now and whenever they change. */
export async function followSettings(registry: ISettingRegistry): Promise<void> {
  const loaded = await registry.load(SETTINGS)
  const read = (): void => {
    current = { ...DEFAULTS, ...(loaded.composite as Partial<Settings>) }
    for (const changed of watchers) changed()
  }
  loaded.changed.connect(read)
  read()
}

/** What a file of figures carries besides them: known to the page that figures stand in. */
import type { PageTemplate } from '../../figure/index.js'

let load: (() => Promise<PageTemplate>) | undefined

/** Say where the template comes from; it is asked for when a file is saved. */
export function provideTemplate(loadTemplate: () => Promise<PageTemplate>): void {
  load = loadTemplate
}

export function hasTemplate(): boolean {
  return load !== undefined
}

export function template(): Promise<PageTemplate> {
  return load ? load() : Promise.reject(new Error('This page has no template of files.'))
}

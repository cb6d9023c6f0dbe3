/** JupyterLab and Notebook as the page that figures stand in. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import type { ThemeName } from 'psilab/figure'
import { fontsOf, type PageHost } from 'psilab/page'
import { liveSession } from './live.js'
import { settings, watchSettings } from './settings.js'

/** The theme that the page is in: JupyterLab and Notebook mark the body. */
function currentTheme(): ThemeName {
  return document.body.dataset['jpThemeLight'] === 'false' ? 'dark' : 'light'
}

function watchTheme(changed: () => void): () => void {
  let theme = currentTheme()
  const observer = new MutationObserver(() => {
    if (currentTheme() === theme) return
    theme = currentTheme()
    changed()
  })
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light'] })
  return () => {
    observer.disconnect()
  }
}

export function jupyterHost(typesetter: IRenderMime.ILatexTypesetter | null): PageHost {
  return {
    theme: currentTheme,
    watchTheme,
    fonts: fontsOf,
    typesetter,
    preferences: settings,
    watchPreferences: watchSettings,
    live: liveSession,
    template: async () => (await import('./standalone/template.js')).template(),
  }
}

import type { Fonts, ThemeName } from 'psilab/figure'

/** Faces for symbols, in the order in which machines have them. */
export const MATH_FONT =
  '"STIX Two Text", "Latin Modern Roman", "Cambria Math", Georgia, "DejaVu Serif", serif'

/** The theme that the page is in: JupyterLab and Notebook mark the body. */
export function currentTheme(): ThemeName {
  return document.body.dataset['jpThemeLight'] === 'false' ? 'dark' : 'light'
}

/** Fonts for charts: a canvas needs names, not variables. */
export function currentFonts(node: Element): Fonts {
  return { text: getComputedStyle(node).fontFamily || 'sans-serif', math: MATH_FONT }
}

/** Calls back when the page changes its theme; returns what ends the watch. */
export function watchTheme(changed: (theme: ThemeName) => void): () => void {
  let theme = currentTheme()
  const observer = new MutationObserver(() => {
    if (currentTheme() === theme) return
    theme = currentTheme()
    changed(theme)
  })
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light'] })
  return () => {
    observer.disconnect()
  }
}

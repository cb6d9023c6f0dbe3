/**
 * Light or dark: as the system asks for, until the reader chooses.
 */
import type { ThemeName } from '../../figure/index.js'
import { element } from '../dom.js'

const DARK = '(prefers-color-scheme: dark)'

const listeners = new Set<() => void>()

export function currentTheme(): ThemeName {
  return document.documentElement.dataset['psilabTheme'] === 'dark' ? 'dark' : 'light'
}

export function watchTheme(changed: () => void): () => void {
  listeners.add(changed)
  return () => {
    listeners.delete(changed)
  }
}

let chosen = false

function show(theme: ThemeName): void {
  if (theme === document.documentElement.dataset['psilabTheme']) return
  document.documentElement.dataset['psilabTheme'] = theme
  for (const changed of listeners) changed()
}

export function watchSystemTheme(): void {
  const dark = matchMedia(DARK)
  const follow = (): void => {
    if (!chosen) show(dark.matches ? 'dark' : 'light')
  }
  dark.addEventListener('change', follow)
  // Paper is light.
  let before: ThemeName = 'light'
  addEventListener('beforeprint', () => {
    before = currentTheme()
    show('light')
  })
  addEventListener('afterprint', () => {
    show(before)
  })
  follow()
}

/** The button that changes the theme; it says which one it brings. */
export function themeSwitch(): HTMLButtonElement {
  const button = element('button', 'psilab-theme-switch')
  button.type = 'button'
  const label = (): void => {
    button.textContent = currentTheme() === 'dark' ? 'Light' : 'Dark'
    button.setAttribute('aria-label', `${button.textContent} theme`)
  }
  button.addEventListener('click', () => {
    chosen = true
    show(currentTheme() === 'dark' ? 'light' : 'dark')
  })
  watchTheme(label)
  label()
  return button
}

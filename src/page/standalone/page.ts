/**
 * A page of its own: the figures that stand in it as data, drawn alive from one file, without a network.
 */
import { type Figure, FigureError, validateFigure } from '../../figure/index.js'
import { element } from '../dom.js'
import { fallback } from '../fallback.js'
import { FigureView } from '../figureView.js'
import type { PageHost } from '../host.js'
import { standaloneHost } from './host.js'
import { themeSwitch, watchSystemTheme } from './themes.js'

/** What the file holds as JSON. */
interface Contents {
  readonly figures: readonly unknown[]
  /** MathML of formulas by their TeX. */
  readonly formulas: Readonly<Record<string, string>>
}

/** @param live what computes figures anew */
export async function standalonePage(live: PageHost['live']): Promise<void> {
  const place = document.querySelector('main')!
  const { figures, formulas } = JSON.parse(
    document.querySelector('#psilab-contents')!.textContent,
  ) as Contents
  watchSystemTheme()
  place.append(themeSwitch())
  const host = standaloneHost(new Map(Object.entries(formulas)), live)
  for (const payload of figures) {
    const section = element('section', 'psilab-sheet')
    place.append(section)
    try {
      const figure: Figure = validateFigure(payload)
      const view = new FigureView(section, figure, host)
      const title = section.querySelector('.psilab-title')!
      title.setAttribute('role', 'heading')
      title.setAttribute('aria-level', '1')
      await view.draw()
    } catch (error) {
      if (!(error instanceof FigureError)) console.error(error)
      const sentence = error instanceof FigureError ? error.message : 'This figure cannot be drawn.'
      section.replaceChildren(fallback(sentence, undefined))
    }
  }
}

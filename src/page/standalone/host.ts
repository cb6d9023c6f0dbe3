/** A page of its own as the page that figures stand in. */
import { plainTex } from '../../figure/index.js'
import { DEFAULT_PREFERENCES, fontsOf, type PageHost } from '../host.js'
import { mathElement } from './mathml.js'
import { ownTemplate } from './template.js'
import { currentTheme, watchTheme } from './themes.js'

/**
 * @param formulas MathML by TeX, made when the file was written
 * @param live what computes figures anew
 */
export function standaloneHost(formulas: ReadonlyMap<string, string>, live: PageHost['live']): PageHost {
  return {
    theme: currentTheme,
    watchTheme,
    fonts: fontsOf,
    typesetter: {
      typeset: (node) => {
        typeset(node, formulas)
      },
    },
    preferences: () => DEFAULT_PREFERENCES,
    watchPreferences: () => () => {},
    ...(live && { live }),
    template: () => Promise.resolve(ownTemplate()),
    eager: true,
  }
}

/** Formulas between dollar signs in the texts of a node; what has no MathML is written in plain characters. */
function typeset(node: HTMLElement, formulas: ReadonlyMap<string, string>): void {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  for (const text of texts) {
    const parts = text.data.split(/\$\$?([^$]+)\$\$?/)
    if (parts.length === 1) continue
    text.replaceWith(
      ...parts.map((part, i) => {
        if (i % 2 === 0) return part
        const tex = part.replace(/^\\displaystyle /, '')
        const display = tex !== part || text.data.startsWith('$$')
        return mathElement(formulas.get(tex), display) ?? plainTex(tex)
      }),
    )
  }
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Page } from 'playwright-core'

const require = createRequire(import.meta.url)
const FOLDER = path.join(path.dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf')

/** Families that figures and JupyterLab ask for, and the files that stand in for them. */
const FACES = [
  ['psilab test', 'DejaVuSans.ttf', 'normal', '400'],
  ['psilab test', 'DejaVuSans-Bold.ttf', 'normal', '700'],
  ['STIX Two Text', 'DejaVuSerif.ttf', 'normal', '400'],
  ['STIX Two Text', 'DejaVuSerif-Italic.ttf', 'italic', '400'],
] as const

/** Pages draw all text with fonts of the tests' own, so that pictures of several machines can be compared. */
export async function pinFonts(page: Page): Promise<void> {
  const faces = FACES.map(
    ([family, file, style, weight]) =>
      `@font-face { font-family: '${family}'; font-style: ${style}; font-weight: ${weight};` +
      ` src: url(data:font/ttf;base64,${readFileSync(path.join(FOLDER, file)).toString('base64')}) }`,
  )
  const style = `${faces.join('\n')}
    body { --jp-ui-font-family: 'psilab test' !important; --jp-content-font-family: 'psilab test' !important;
      --jp-code-font-family: 'psilab test' !important; }`
  await page.addInitScript((css) => {
    document.addEventListener('DOMContentLoaded', () => {
      const element = document.createElement('style')
      element.textContent = css
      document.documentElement.append(element)
      void Promise.all([...document.fonts].map((font) => font.load()))
    })
  }, style)
}

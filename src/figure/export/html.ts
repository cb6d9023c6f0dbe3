/**
 * Figures as a page of their own: one file that draws them alive, and can load nothing, for its policy lets run the
 * script that it carries and no other.
 *
 * @see Content Security Policy Level 3
 */
import { encodeBase64 } from '../base64.js'
import type { Figure } from '../payload.js'
import { saved } from '../wire.js'
import { aboutOf } from './about.js'

/** What every such file carries besides its figures: the script that draws them, and the style. */
export interface PageTemplate {
  /** As {@link pageScript} spells it. */
  readonly script: string
  readonly style: string
  /** `sha256-…` of both. */
  readonly scriptHash: string
  readonly styleHash: string
}

export interface PageContents {
  readonly template: PageTemplate
  /** MathML of formulas by their TeX; what is not there is written in plain characters. */
  readonly formulas: Readonly<Record<string, string>>
  /** A picture of each figure, a PNG, for readers whose browser runs no scripts. */
  readonly pictures: readonly Uint8Array[]
}

export function figurePage(
  figures: readonly Figure[],
  { template, formulas, pictures }: PageContents,
): string {
  const about = figures.map(aboutOf)
  const policy = [
    "default-src 'none'",
    // WebAssembly of the solver, in a worker.
    `script-src '${template.scriptHash}' 'wasm-unsafe-eval'`,
    `style-src '${template.styleHash}'`,
    "style-src-attr 'unsafe-inline'",
    'img-src data: blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const contents = JSON.stringify({ figures: figures.map(saved), formulas })
  const images = pictures.map(
    (png, k) =>
      `<img alt="${inHtml(about[k]!.description)}" src="data:image/png;base64,${encodeBase64(png)}">`,
  )
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${inHtml(about[0]!.software)}">`,
    `<meta name="description" content="${inHtml(about.map(({ description }) => description).join(' '))}">`,
    ...about.map(({ origin }) => `<meta name="psilab:origin" content="${inHtml(origin)}">`),
    `<title>${inHtml(about.map(({ title }) => title).join('; '))}</title>`,
    `<style>${template.style}</style>`,
    '</head>',
    '<body>',
    '<main></main>',
    `<noscript>${images.join('')}</noscript>`,
    `<script type="application/json" id="psilab-contents">${inScript(contents)}</script>`,
    `<script>${template.script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** A script in a page ends where its text says so: the same strings, spelt otherwise. */
export function pageScript(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3C')
}

/** Text of an element or of an attribute between double quotes. */
function inHtml(text: string): string {
  return text.replace(/[&<>"\0]/g, (character) =>
    character === '\0' ? '\uFFFD' : `&#${character.charCodeAt(0)};`,
  )
}

/** JSON whose text can end no script and begin no comment. */
function inScript(json: string): string {
  return json.replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

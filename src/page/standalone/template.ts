/** The template of the page itself: what it saves is what it is. */
import type { PageTemplate } from '../../figure/index.js'

export function ownTemplate(): PageTemplate {
  const policy = document
    .querySelector('meta[http-equiv="Content-Security-Policy"]')!
    .getAttribute('content')!
  const hash = (directive: string): string => new RegExp(`${directive} '(sha256-[^']+)'`).exec(policy)![1]!
  return {
    script: document.querySelector('body > script:not([type])')!.textContent,
    style: document.querySelector('head > style')!.textContent,
    scriptHash: hash('script-src'),
    styleHash: hash('style-src'),
  }
}

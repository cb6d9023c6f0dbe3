import { plainButton } from './disclosure.js'

/** Milliseconds for which a button says that it copied. */
const SAID = 1600

/** A button that puts a text on the clipboard, and says so. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const button = plainButton('psilab-button', label)
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', () => {
    void copy(text()).then((copied) => {
      button.textContent = copied ? 'Copied' : 'Not copied'
      setTimeout(() => {
        button.textContent = label
      }, SAID)
    })
  })
  return button
}

/** Pages without a certificate have no clipboard. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/**
 * Whose keys are pressed while something of a figure has the focus.
 *
 * Lumino looks for shortcuts from the focused element upwards, on the document's way down to it, and JupyterLab's own
 * name that element itself (`.jp-Notebook … :focus`). So the attribute that turns them off has to stand at the element,
 * before the event comes to the document.
 */

/** Lumino runs no commands for keys of an element that has this. */
const SUPPRESS = 'data-lm-suppress-shortcuts'

/** What text is typed into, or a key chooses from. */
const FIELD = 'input:not([type="range"]), select, textarea'

/**
 * Keys within figures are the figures' own, but for those with Ctrl, Alt or Cmd outside of fields, and the second of a
 * shortcut of two, which all begin with Ctrl or Cmd and Alt.
 */
export function keepKeys(): void {
  let hasBegun = false
  window.addEventListener(
    'keydown',
    ({ target, ctrlKey, altKey, metaKey }) => {
      if (!(target instanceof Element && target.closest('.psilab-output'))) return
      const isShortcut = ctrlKey || altKey || metaKey || hasBegun
      target.toggleAttribute(SUPPRESS, target.matches(FIELD) || !isShortcut)
      hasBegun = altKey && (ctrlKey || metaKey)
    },
    true,
  )
}

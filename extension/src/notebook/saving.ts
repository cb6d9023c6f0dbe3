import type { JupyterFrontEnd } from '@jupyterlab/application'
import { settings, watchSettings } from '../settings.js'
import type { Notebook } from './keep.js'

/** JupyterLab's and Notebook's name for the widgets of notebooks. */
const NOTEBOOK = 'Notebook'

type Model = Parameters<WidgetExtension['createNew']>[1]['model']
type WidgetExtension = Parameters<JupyterFrontEnd['docRegistry']['addWidgetExtension']>[1]

/** Models whose writing is ours already: a notebook may have several views. */
const ours = new WeakSet<Model>()

let lessened: typeof import('./keep.js').withKept | undefined

/** What lessens a notebook is loaded once a setting asks for it. */
async function load(): Promise<void> {
  if (settings().embedding !== 'full') lessened ??= (await import('./keep.js')).withKept
}

/**
 * Notebooks are written with no more of their figures than is set. The model itself stays as it is: what is on the
 * screen, and every further view of it, keeps all numbers.
 */
export function keepWhatIsSet({ docRegistry }: JupyterFrontEnd): void {
  watchSettings(() => void load())
  docRegistry.addWidgetExtension(NOTEBOOK, {
    createNew: (_panel, { model }) => {
      if (ours.has(model)) return
      ours.add(model)
      const whole = model.toJSON.bind(model)
      model.toJSON = () => {
        const notebook = whole()
        return lessened ? (lessened(notebook as Notebook, settings().embedding) as typeof notebook) : notebook
      }
    },
  })
}

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { type Cells, RunListener, type WidgetExtension } from './listener.js'

/** JupyterLab's and Notebook's name for the widgets of notebooks. */
const NOTEBOOK = 'Notebook'

/** Makes a listener for each notebook that is opened; it is disposed of with the notebook. */
const listeners: WidgetExtension = {
  createNew: (panel, { sessionContext }) =>
    new RunListener(sessionContext, (panel as typeof panel & { readonly content: Cells }).content),
}

/** Shows under each running cell how far a long run of ψlab is. */
export const progressPlugin: JupyterFrontEndPlugin<void> = {
  id: '@psilab/jupyterlab:progress',
  description: 'Shows how far long ψlab runs are.',
  autoStart: true,
  activate: ({ docRegistry }: JupyterFrontEnd) => {
    docRegistry.addWidgetExtension(NOTEBOOK, listeners)
  },
}

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { type Cells, StreamListener, type WidgetExtension } from './listener.js'
import { followPage } from './streams.js'

/** JupyterLab's and Notebook's name for the widgets of notebooks. */
const NOTEBOOK = 'Notebook'

/** Makes a listener for each notebook that is opened; it is disposed of with the notebook. */
const listeners: WidgetExtension = {
  createNew: (panel, { sessionContext }) =>
    new StreamListener(sessionContext, (panel as typeof panel & { readonly content: Cells }).content),
}

/** Paints figures that the kernel streams while a cell runs. */
export const streamPlugin: JupyterFrontEndPlugin<void> = {
  id: '@psilab/jupyterlab:streams',
  description: 'Paints figures that the kernel streams.',
  autoStart: true,
  activate: ({ docRegistry }: JupyterFrontEnd) => {
    followPage()
    docRegistry.addWidgetExtension(NOTEBOOK, listeners)
  },
}

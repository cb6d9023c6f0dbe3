/**
 * The JupyterLab plugin: it registers the renderer of ψlab figures, and nothing runs until a figure arrives.
 */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IRenderMimeRegistry } from '@jupyterlab/rendermime'
import { figureFactory } from './factory.js'

const plugin: JupyterFrontEndPlugin<void> = {
  id: '@psilab/jupyterlab:figures',
  description: 'Draws ψlab figures in outputs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app, registry: IRenderMimeRegistry) => {
    registry.addFactory(figureFactory)
  },
}

export default plugin

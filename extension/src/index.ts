/**
 * The JupyterLab plugins: one registers the renderer of ψlab figures, and nothing of it runs until a figure arrives; the
 * other shows how far long runs are.
 */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IRenderMimeRegistry } from '@jupyterlab/rendermime'
import { figureFactory } from './factory.js'
import { progressPlugin } from './progress/plugin.js'

const figures: JupyterFrontEndPlugin<void> = {
  id: '@psilab/jupyterlab:figures',
  description: 'Draws ψlab figures in outputs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app, registry: IRenderMimeRegistry) => {
    registry.addFactory(figureFactory)
  },
}

export default [figures, progressPlugin]

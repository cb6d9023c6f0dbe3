/**
 * The JupyterLab plugins: one registers the renderer of ψlab figures, and nothing of it runs until a figure arrives; the
 * other shows how far long runs are.
 */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application'
import { IRenderMimeRegistry } from '@jupyterlab/rendermime'
import { ISettingRegistry } from '@jupyterlab/settingregistry'
import { addFigureDocuments } from './documents/document.js'
import { figureFactory } from './factory.js'
import { homePlugin } from './home.js'
import { keepKeys } from './keys.js'
import { keepWhatIsSet } from './notebook/saving.js'
import { progressPlugin } from './progress/plugin.js'
import { followSettings } from './settings.js'
import { streamPlugin } from './stream/plugin.js'

const figures: JupyterFrontEndPlugin<void> = {
  id: '@psilab/jupyterlab:figures',
  description: 'Draws ψlab figures in outputs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ISettingRegistry],
  activate: (app, rendermime: IRenderMimeRegistry, settings: ISettingRegistry | null) => {
    rendermime.addFactory(figureFactory)
    keepKeys()
    addFigureDocuments(app, rendermime)
    keepWhatIsSet(app)
    // Read beside the start of the page: figures follow when they are there.
    if (settings) void followSettings(settings)
  },
}

export default [figures, homePlugin, progressPlugin, streamPlugin]

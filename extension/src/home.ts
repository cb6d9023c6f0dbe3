import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils'
import { ILauncher } from '@jupyterlab/launcher'
import { addNotebookCommands, addToLauncher, addToPalette, NEW_NOTEBOOK, OPEN_GUIDE } from './commands.js'
import { addToolbarMenu } from './toolbar.js'

/** Puts ψlab where users of JupyterLab and Notebook look for it; what a front end lacks is left out. */
export const homePlugin: JupyterFrontEndPlugin<void> = {
  id: '@psilab/jupyterlab:home',
  description: 'Commands, menus and launcher card of ψlab.',
  autoStart: true,
  optional: [ICommandPalette, ILauncher, IToolbarWidgetRegistry],
  activate: (
    app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    toolbars: IToolbarWidgetRegistry | null,
  ) => {
    addNotebookCommands(app)
    if (palette) addToPalette(palette, [NEW_NOTEBOOK, OPEN_GUIDE])
    if (launcher) void addToLauncher(app, launcher)
    if (toolbars) addToolbarMenu(app, toolbars, [{ command: NEW_NOTEBOOK }, { command: OPEN_GUIDE }])
  },
}

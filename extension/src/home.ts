import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application'
import { ICommandPalette, IToolbarWidgetRegistry } from '@jupyterlab/apputils'
import { ILauncher } from '@jupyterlab/launcher'
import {
  addFigureCommands,
  addInspector,
  addNotebookCommands,
  addSettingsCommand,
  addToLauncher,
  addToPalette,
  COPY_CODE,
  EXPORT_FIGURE,
  NEW_NOTEBOOK,
  OPEN_GUIDE,
  OPEN_SETTINGS,
  PAUSE_ALL,
  RESUME_ALL,
  SHOW_INSPECTOR,
} from './commands.js'
import { addToolbarMenu } from './toolbar.js'

const LINE = 'line'

/** The menu in a notebook's toolbar; the palette has the same. */
const ENTRIES = [
  EXPORT_FIGURE,
  COPY_CODE,
  LINE,
  PAUSE_ALL,
  RESUME_ALL,
  SHOW_INSPECTOR,
  LINE,
  NEW_NOTEBOOK,
  OPEN_GUIDE,
  OPEN_SETTINGS,
] as const

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
    addFigureCommands(app)
    addInspector(app)
    addSettingsCommand(app)
    if (palette)
      addToPalette(
        palette,
        ENTRIES.filter((entry) => entry !== LINE),
      )
    if (launcher) void addToLauncher(app, launcher)
    if (toolbars) addToolbarMenu(app, toolbars, ENTRIES)
  },
}

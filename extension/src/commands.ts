/**
 * The commands of ψlab: for the palette, menus, the launcher, the notebook's toolbar and keys.
 */
import type { JupyterFrontEnd } from '@jupyterlab/application'
import { Clipboard, type ICommandPalette, Notification } from '@jupyterlab/apputils'
import type { ILauncher } from '@jupyterlab/launcher'
import { copyIcon, downloadIcon, infoIcon, pauseIcon, runIcon, settingsIcon } from '@jupyterlab/ui-components'
import { liveFigures } from 'psilab/page'
import { activeFigure, openFigures } from './figures.js'
import { psiIcon } from './icons.js'
import { Inspector } from './inspector/inspector.js'

/** The button of a figure's toolbar with the menu of files. */
const EXPORT_BUTTON = '[data-psilab-action="save"]'

/** Heading in the palette. */
const CATEGORY = 'ψlab'

/** Name of the kernel's specification. */
export const KERNEL = 'psilab'

export const NEW_NOTEBOOK = 'psilab:new-notebook'
export const OPEN_GUIDE = 'psilab:open-guide'
export const EXPORT_FIGURE = 'psilab:export-figure'
export const COPY_CODE = 'psilab:copy-code'
export const PAUSE_ALL = 'psilab:pause-all'
export const RESUME_ALL = 'psilab:resume-all'
export const SHOW_INSPECTOR = 'psilab:show-inspector'
export const OPEN_SETTINGS = 'psilab:open-settings'

/** Notebooks from the template, and the guide. What makes them is loaded when it is asked for. */
export function addNotebookCommands(app: JupyterFrontEnd): void {
  app.commands.addCommand(NEW_NOTEBOOK, {
    label: ({ short }) => (short === true ? 'ψlab Notebook' : 'New ψlab Notebook'),
    caption: 'A notebook with the first figures: a problem, a wave, its levels, its heat',
    icon: psiIcon,
    execute: async ({ cwd }) => {
      const { newNotebook } = await import('./notebook/new.js')
      return newNotebook(app, typeof cwd === 'string' ? cwd : folderOf(app))
    },
  })
  app.commands.addCommand(OPEN_GUIDE, {
    label: 'ψlab Guide',
    caption: 'The first notebook of the guide',
    icon: infoIcon,
    execute: async () => {
      const { openGuide } = await import('./notebook/new.js')
      return openGuide(app)
    },
  })
}

/** What can be done with the figure that is meant, and with all of them. */
export function addFigureCommands({ commands, shell }: JupyterFrontEnd): void {
  const active = () => activeFigure(shell.currentWidget?.node)
  commands.addCommand(EXPORT_FIGURE, {
    label: 'Export Figure…',
    caption: 'Save the figure as a picture, a page or data: the menu of its toolbar',
    icon: downloadIcon,
    isEnabled: () => active() !== undefined,
    execute: () => {
      const { node } = active() ?? {}
      node?.scrollIntoView({ block: 'nearest' })
      node?.querySelector<HTMLElement>(EXPORT_BUTTON)?.click()
    },
  })
  commands.addCommand(COPY_CODE, {
    label: 'Copy Problem as Code',
    caption: 'Copy the TypeScript that states the problem of the figure',
    icon: copyIcon,
    isEnabled: () => active()?.figure?.problem !== undefined,
    execute: async () => {
      const { problemCode } = await import('psilab/figure')
      const figure = active()?.figure
      const code = figure && problemCode(figure)
      if (code === undefined) return
      Clipboard.copyToSystem(code)
      Notification.success('The problem is copied as code: paste it into a cell.', { autoClose: 3000 })
    },
  })
  commands.addCommand(PAUSE_ALL, {
    label: 'Pause All Figures',
    caption: 'Nothing of ψlab moves in this page; what a kernel computes goes on',
    icon: pauseIcon,
    isEnabled: () => openFigures().length > 0,
    execute: () => {
      for (const figure of openFigures()) figure.pause()
    },
  })
  commands.addCommand(RESUME_ALL, {
    label: 'Resume All Figures',
    caption: 'Figures that are computed or streamed go on',
    icon: runIcon,
    isEnabled: () => openFigures().length > 0,
    execute: () => {
      for (const figure of openFigures()) figure.resume()
    },
  })
}

/** The panel of live figures at the right, which is there from the start. */
export function addInspector({ commands, shell }: JupyterFrontEnd): void {
  const widgets = () => [...shell.widgets('main')]
  const inspector = new Inspector(liveFigures, {
    nameOf: ({ node }) => widgets().find((widget) => widget.node.contains(node))?.title.label,
    show: ({ node }) => {
      const document = widgets().find((widget) => widget.node.contains(node))
      if (document) shell.activateById(document.id)
      node.scrollIntoView({ block: 'center' })
      node.focus({ preventScroll: true })
    },
  })
  shell.add(inspector, 'right', { rank: 1100, type: 'ψlab' })
  commands.addCommand(SHOW_INSPECTOR, {
    label: 'Live ψlab Figures',
    caption: 'The figures of this page that change, their rates, and how to pause them',
    icon: psiIcon,
    execute: () => {
      shell.activateById(inspector.id)
    },
  })
}

/** The settings of figures, where the front end has an editor of settings. */
export function addSettingsCommand({ commands }: JupyterFrontEnd): void {
  const EDITOR = 'settingeditor:open'
  commands.addCommand(OPEN_SETTINGS, {
    label: 'Settings of Figures…',
    icon: settingsIcon,
    isVisible: () => commands.hasCommand(EDITOR),
    execute: () => commands.execute(EDITOR, { query: 'ψlab figures' }),
  })
}

/** The folder of the document that is looked at. */
function folderOf({ shell }: JupyterFrontEnd): string {
  const { context } = (shell.currentWidget ?? {}) as { context?: { path?: unknown } }
  return typeof context?.path === 'string' ? context.path.split('/').slice(0, -1).join('/') : ''
}

/** Offers commands in the palette. */
export function addToPalette(palette: ICommandPalette, commands: readonly string[]): void {
  for (const command of commands) {
    palette.addItem({ command, category: CATEGORY })
  }
}

/** A card beside those of the kernels, with the icon of ours, where the server has it. */
export async function addToLauncher(
  { serviceManager: { kernelspecs } }: JupyterFrontEnd,
  launcher: ILauncher,
): Promise<void> {
  await kernelspecs.ready
  const spec = kernelspecs.specs?.kernelspecs[KERNEL]
  if (!spec) return
  const { 'logo-svg': svg, 'logo-64x64': png } = spec.resources
  const kernelIconUrl = svg ?? png
  launcher.add({
    command: NEW_NOTEBOOK,
    category: 'Notebook',
    args: { short: true },
    rank: 1,
    ...(kernelIconUrl !== undefined && { kernelIconUrl }),
  })
}

/**
 * The commands of ψlab: for the palette, menus, the launcher, the notebook's toolbar and keys.
 */
import type { JupyterFrontEnd } from '@jupyterlab/application'
import type { ICommandPalette } from '@jupyterlab/apputils'
import type { ILauncher } from '@jupyterlab/launcher'
import { infoIcon } from '@jupyterlab/ui-components'
import { psiIcon } from './icons.js'

/** Heading in the palette. */
export const CATEGORY = 'ψlab'

/** Name of the kernel's specification. */
export const KERNEL = 'psilab'

export const NEW_NOTEBOOK = 'psilab:new-notebook'
export const OPEN_GUIDE = 'psilab:open-guide'

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

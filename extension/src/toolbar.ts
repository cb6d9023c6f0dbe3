import type { JupyterFrontEnd } from '@jupyterlab/application'
import type { IToolbarWidgetRegistry } from '@jupyterlab/apputils'
import { ToolbarButton } from '@jupyterlab/ui-components'
import { Menu, type Widget } from '@lumino/widgets'
import { KERNEL } from './commands.js'
import { psiIcon } from './icons.js'

/** What is used of a notebook's panel. */
interface NotebookPanel extends Widget {
  readonly sessionContext: {
    readonly kernelDisplayName: string
    readonly kernelPreference: { readonly name?: string }
    readonly session?: { readonly kernel?: { readonly name: string } | null } | null
    readonly kernelChanged: {
      connect(slot: () => void): boolean
      disconnect(slot: () => void): boolean
    }
  }
}

/** An entry of the menu: a command, with or without arguments; a line; or a menu below it. */
export type MenuEntry =
  | { readonly command: string; readonly args?: { readonly [name: string]: string } }
  | 'line'
  | { readonly label: string; readonly entries: readonly MenuEntry[] }

/** A button with a menu in the toolbar of each notebook whose kernel is ours. */
export function addToolbarMenu(
  { commands }: JupyterFrontEnd,
  registry: IToolbarWidgetRegistry,
  entries: readonly MenuEntry[],
): void {
  let menu: Menu | undefined
  registry.addFactory<NotebookPanel>('Notebook', 'psilab', (panel) => {
    const button = new ToolbarButton({
      icon: psiIcon,
      tooltip: 'ψlab figures',

      // Else the button takes the focus from the menu.
      noFocusOnClick: true,
      'aria-haspopup': true,
      onClick: () => {
        menu ??= menuOf(commands, entries)
        const { left, bottom } = button.node.getBoundingClientRect()
        menu.open(left, bottom)
      },
    })
    const { sessionContext } = panel
    const show = (): void => {
      const name = sessionContext.session?.kernel?.name ?? sessionContext.kernelPreference.name
      button.setHidden(name !== KERNEL)
    }
    sessionContext.kernelChanged.connect(show)
    button.disposed.connect(() => sessionContext.kernelChanged.disconnect(show))
    show()
    return button
  })
}

function menuOf(commands: Menu.IOptions['commands'], entries: readonly MenuEntry[]): Menu {
  const menu = new Menu({ commands })
  for (const entry of entries) {
    if (entry === 'line') menu.addItem({ type: 'separator' })
    else if ('command' in entry) menu.addItem({ command: entry.command, args: entry.args ?? {} })
    else {
      const submenu = menuOf(commands, entry.entries)
      submenu.title.label = entry.label
      menu.addItem({ type: 'submenu', submenu })
    }
  }
  return menu
}

import type { JupyterFrontEnd } from '@jupyterlab/application'
import type { IToolbarWidgetRegistry } from '@jupyterlab/apputils'
import { MenuSvg, ToolbarButton } from '@jupyterlab/ui-components'
import type { Menu, Widget } from '@lumino/widgets'
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

/** A button with a menu in the toolbar of each notebook whose kernel is ours. */
export function addToolbarMenu(
  { commands }: JupyterFrontEnd,
  registry: IToolbarWidgetRegistry,
  entries: readonly string[],
): void {
  let menu: Menu | undefined
  registry.addFactory<NotebookPanel>('Notebook', 'psilab', (panel) => {
    const button = new ToolbarButton({
      icon: psiIcon,
      tooltip: 'ψlab figures',

      'aria-haspopup': true,
      onClick: () => {
        // After the toolbar has given the focus back to the notebook, as it does after every click.
        requestAnimationFrame(() => {
          menu ??= menuOf(commands, entries)
          const { left, bottom } = button.node.getBoundingClientRect()
          menu.open(left, bottom)
        })
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

/** A menu of commands, with a line where there is none of that name. */
function menuOf(commands: Menu.IOptions['commands'], entries: readonly string[]): Menu {
  const menu = new MenuSvg({ commands })
  for (const command of entries) {
    menu.addItem(commands.hasCommand(command) ? { command } : { type: 'separator' })
  }
  return menu
}

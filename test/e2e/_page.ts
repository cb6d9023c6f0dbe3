import type { ElementHandle, Page } from 'playwright-core'

/** What the tests use of JupyterLab's application object. */
interface LabWindow {
  jupyterapp: {
    commands: { execute(command: string): Promise<unknown> }
    shell: { currentWidget: NotebookPanel | null }
  }
}

interface NotebookPanel {
  readonly context?: { readonly isReady: boolean; save(): Promise<void> }
  readonly sessionContext?: {
    readonly isReady: boolean
    readonly session?: {
      readonly kernel?: { readonly status: string; readonly name: string; restart(): Promise<void> } | null
    } | null
  }
  readonly content: {
    readonly widgets: readonly { readonly node: HTMLElement; readonly model: CellModel }[]
    scrollToItem(index: number): Promise<void>
  }
}

interface CellModel {
  readonly type: string
  readonly executionCount?: number | null
  clearExecution?(): void
  toJSON(): { outputs?: readonly { output_type: string; ename?: string; evalue?: string }[] }
}

/** Waits until the notebook is open and its kernel waits for work. */
export async function opened(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const panel = (window as unknown as LabWindow).jupyterapp?.shell?.currentWidget
      return (
        panel?.context?.isReady === true &&
        panel.sessionContext?.isReady === true &&
        panel.sessionContext.session?.kernel?.status === 'idle'
      )
    },
    undefined,
    { timeout: 60_000 },
  )
}

/** Runs all cells and waits until each has run and the kernel is idle. */
export async function runAll(page: Page): Promise<void> {
  await page.evaluate(() =>
    (window as unknown as LabWindow).jupyterapp.commands.execute('notebook:run-all-cells'),
  )
  await page.waitForFunction(
    () => {
      const panel = (window as unknown as LabWindow).jupyterapp.shell.currentWidget!
      const code = panel.content.widgets.filter((cell) => cell.model.type === 'code')
      const done = code.every((cell) => cell.model.executionCount != null)
      const failed = code.some((cell) => cell.model.toJSON().outputs?.some((o) => o.output_type === 'error'))
      return panel.sessionContext!.session!.kernel!.status === 'idle' && (done || failed)
    },
    undefined,
    { timeout: 180_000 },
  )
}

export const kernel = (page: Page): Promise<{ name: string; status: string }> =>
  page.evaluate(() => {
    const { name, status } = (window as unknown as LabWindow).jupyterapp.shell.currentWidget!.sessionContext!
      .session!.kernel!
    return { name, status }
  })

/** Errors among the outputs. */
export const outputErrors = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    (window as unknown as LabWindow).jupyterapp.shell.currentWidget!.content.widgets.flatMap((cell) =>
      (cell.model.toJSON().outputs ?? [])
        .filter((output) => output.output_type === 'error')
        .map(({ ename, evalue }) => `${ename}: ${evalue}`),
    ),
  )

export const save = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as LabWindow).jupyterapp.shell.currentWidget!.context!.save())

/** A ψlab figure on the page. */
export type Figure = ElementHandle<HTMLElement>

/** All figures, each cell scrolled to as a reader would, since JupyterLab draws what is in view. */
export async function figures(page: Page): Promise<{ kind: string; figure: Figure }[]> {
  const found: { kind: string; figure: Figure }[] = []
  const count = await page.evaluate(
    () => (window as unknown as LabWindow).jupyterapp.shell.currentWidget!.content.widgets.length,
  )
  for (let index = 0; index < count; index++) {
    const cell = await page.evaluateHandle(async (i) => {
      const { content } = (window as unknown as LabWindow).jupyterapp.shell.currentWidget!
      await content.scrollToItem(i)
      return content.widgets[i]!.node
    }, index)
    for (const figure of await cell.$$('[data-psilab-kind]')) {
      await figure.scrollIntoViewIfNeeded()
      const kind = (await figure.getAttribute('data-psilab-kind'))!
      await page.waitForFunction(
        (element) => (element as HTMLElement).dataset.psilabReady === 'true',
        figure,
        { timeout: 30_000 },
      )
      found.push({ kind, figure: figure as Figure })
    }
  }
  return found
}

export const frameOf = async (figure: Figure): Promise<number> =>
  Number(await figure.getAttribute('data-psilab-frame'))

/** A window of a page's width with the notebook alone in it. */
export async function readerView(page: Page): Promise<void> {
  await page.setViewportSize({ width: 960, height: 760 })
  await page.evaluate(() =>
    (window as unknown as LabWindow).jupyterapp.commands.execute('application:toggle-left-area'),
  )
}

/** Scrolls until the cell of a figure is at the top. */
export async function toTop(page: Page, figure: Figure): Promise<void> {
  await figure.evaluate((element) => {
    element.closest('.jp-Cell')!.scrollIntoView({ block: 'start' })
    ;(document.activeElement as HTMLElement | null)?.blur()
  })
  // Charts follow the new width of their place.
  await page.waitForTimeout(1000)
}

/** Restarts the kernel and waits until it waits for work. */
export async function restart(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { content, sessionContext } = (window as unknown as LabWindow).jupyterapp.shell.currentWidget!
    for (const { model } of content.widgets) model.clearExecution?.()
    await sessionContext!.session!.kernel!.restart()
  })
  await opened(page)
}

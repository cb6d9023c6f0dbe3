import type { JupyterFrontEnd } from '@jupyterlab/application'
import { PAGE } from '../stream/streams.js'
import { RunBar, type RunState, runState } from './bar.js'
import type { RunPicture } from './picture.js'

/** The comm over which the kernel tells of long runs. */
const TARGET = 'psilab.progress'

export type WidgetExtension = Parameters<JupyterFrontEnd['docRegistry']['addWidgetExtension']>[1]
type Session = Parameters<WidgetExtension['createNew']>[1]['sessionContext']
type Kernel = NonNullable<NonNullable<Session['session']>['kernel']>

/** What is used of a notebook's cells. */
export interface Cells {
  readonly widgets: readonly {
    readonly node: HTMLElement
    readonly model: { readonly id: string }
    readonly outputArea?: { readonly future: ReturnType<Kernel['requestExecute']> | null }
  }[]
}

/**
 * Listens to the kernel of one notebook, and shows under a cell how far its run is and what it has come to. Nothing of
 * that is in the notebook.
 */
export class RunListener {
  readonly #session: Session
  readonly #cells: Cells
  /** Bars by the request that runs the cell. */
  readonly #bars = new Map<string, RunBar>()
  /** The figure under the last of them. */
  #picture: RunPicture | undefined
  #comm: ReturnType<Kernel['createComm']> | undefined
  /** The kernel that is being asked; a restart forgets it, since its answer may never come. */
  #asked: Kernel | undefined
  isDisposed = false

  constructor(session: Session, cells: Cells) {
    this.#session = session
    this.#cells = cells
    session.statusChanged.connect(this.#changed, this)
    session.connectionStatusChanged.connect(this.#changed, this)
    session.kernelChanged.connect(this.#changed, this)
    this.#changed()
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.#session.statusChanged.disconnect(this.#changed, this)
    this.#session.connectionStatusChanged.disconnect(this.#changed, this)
    this.#session.kernelChanged.disconnect(this.#changed, this)
    // Not closed: another window may listen on the same comm.
    this.#picture?.dispose()
    this.#comm?.dispose()
    this.#clear()
  }

  /** The kernel's status says when it has been restarted, and the comm with it. */
  #changed(): void {
    const kernel = this.#session.session?.kernel
    if (!kernel || kernel.isDisposed) return
    if (/restarting|dead|terminating/.test(kernel.status)) {
      this.#asked = undefined
      this.#comm = undefined
      this.#picture?.dispose()
      this.#picture = undefined
      this.#clear()
      return
    }
    if (this.#isOpen || this.#asked === kernel || kernel.connectionStatus !== 'connected') return
    this.#asked = kernel
    this.#connect(kernel)
      // A kernel that goes away while it is asked is asked again when it is back.
      .catch(() => undefined)
      .finally(() => {
        if (this.#asked === kernel) this.#asked = undefined
      })
  }

  get #isOpen(): boolean {
    return this.#comm?.isDisposed === false
  }

  async #connect(kernel: Kernel): Promise<void> {
    if ((await kernel.info).implementation !== 'psilab') return
    const { content } = await kernel.requestCommInfo({ target_name: TARGET })
    // After the page was loaded anew the comm is still there; the kernel of a busy cell could not open another.
    const [known] = content.status === 'ok' ? Object.keys(content.comms) : []
    if (known && kernel.hasComm(known)) return
    const comm = kernel.createComm(TARGET, known)
    // The next message waits for the promise.
    comm.onMsg = async ({ parent_header, content: { data }, buffers = [] }) => {
      if ('frame' in data) (await this.#pictureOn(comm)).stream.receive(data, buffers)
      else if ('msg_id' in parent_header) this.#show(parent_header.msg_id, runState(data), data['cell'])
    }
    comm.onClose = () => this.#clear()
    this.#comm = comm
    if (!known) comm.open()
    comm.send(known ? { resume: PAGE } : { ready: PAGE })
  }

  /** What draws figures is loaded with the first one. */
  async #pictureOn(comm: ReturnType<Kernel['createComm']>): Promise<RunPicture> {
    if (!this.#picture) {
      const { RunPicture } = await import('./picture.js')
      this.#picture = new RunPicture({
        send: (data) => {
          comm.send(data)
        },
        get isDisposed() {
          return comm.isDisposed
        },
      })
    }
    const last = [...this.#bars.values()].at(-1)
    if (last && !this.#picture.node.isConnected) last.node.after(this.#picture.node)
    return this.#picture
  }

  /** @param name The notebook's name of the cell: after the page was loaded anew, cells do not know their requests. */
  #show(request: string, state: RunState, name: unknown): void {
    if (state.fraction === undefined) {
      this.#clear()
      return
    }
    let bar = this.#bars.get(request)
    if (!bar) {
      const cell = this.#cells.widgets.find(
        ({ outputArea, model }) => outputArea?.future?.msg.header.msg_id === request || model.id === name,
      )
      const input = cell?.node.querySelector('.jp-Cell-inputWrapper')
      if (!input) return
      bar = new RunBar()
      input.after(bar.node)
      this.#bars.set(request, bar)
    }
    bar.show(state)
  }

  #clear(): void {
    for (const { node } of this.#bars.values()) node.remove()
    this.#bars.clear()
    this.#picture?.clear()
    this.#picture?.node.remove()
  }
}

import type { JupyterFrontEnd } from '@jupyterlab/application'
import { FIGURE_MIME, type Figure } from 'psilab/figure'
import type { Channel, Stream } from './stream.js'
import { addStream, PAGE, removeStream, streamOf } from './streams.js'

/** The comms over which the kernel streams figures. */
const TARGET = 'psilab.stream'

export type WidgetExtension = Parameters<JupyterFrontEnd['docRegistry']['addWidgetExtension']>[1]
type Session = Parameters<WidgetExtension['createNew']>[1]['sessionContext']
type Kernel = NonNullable<NonNullable<Session['session']>['kernel']>
type Comm = ReturnType<Kernel['createComm']>

/** What is used of a notebook's cells. */
export interface Cells {
  readonly widgets: readonly { readonly model: { readonly id: string; readonly outputs?: Outputs } }[]
}

/** What is used of a cell's outputs. */
interface Outputs {
  readonly length: number
  get(index: number): { readonly metadata: Readonly<Record<string, unknown>> }
  set(index: number, output: object): void
  add(output: object): number
}

const RESTARTED = 'The kernel was restarted: this is the last frame that came.'
const ENDED = 'The process of the cells ended: this is the last frame that came.'

/** Listens to the kernel of one notebook, and hands its streams to the outputs. */
export class StreamListener {
  readonly #session: Session
  readonly #cells: Cells
  readonly #streams = new Set<Stream>()
  /** The kernel that is listened to. */
  #kernel: Kernel | undefined
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
    // Their comms are not closed: another window may watch.
    for (const stream of this.#streams) stream.leave()
    this.#end('')
  }

  #changed(): void {
    const kernel = this.#session.session?.kernel
    if (!kernel || kernel.isDisposed) return
    if (/restarting|dead|terminating/.test(kernel.status)) {
      this.#asked = undefined
      this.#kernel = undefined
      this.#end(RESTARTED)
      return
    }
    if (kernel.connectionStatus !== 'connected') {
      // What is streamed meanwhile does not come; when the connection is back, the kernel is asked again.
      this.#kernel = undefined
      return
    }
    if (this.#kernel === kernel || this.#asked === kernel || !kernel.handleComms) return
    this.#asked = kernel
    this.#connect(kernel)
      // A kernel that goes away while it is asked is asked again when it is back.
      .catch(() => undefined)
      .finally(() => {
        if (this.#asked === kernel) this.#asked = undefined
      })
  }

  async #connect(kernel: Kernel): Promise<void> {
    if ((await kernel.info).implementation !== 'psilab') return
    kernel.registerCommTarget(TARGET, async (comm, { content: { data } }) => {
      const { stream, cell } = data as Record<string, unknown>
      if (typeof stream === 'string') this.#listen(comm, await this.#open(stream, comm), cell)
      comm.send({ ready: PAGE })
    })
    this.#kernel = kernel
    // After the page was loaded anew the streams are still there.
    const { content } = await kernel.requestCommInfo({ target_name: TARGET })
    for (const id of content.status === 'ok' ? Object.keys(content.comms) : []) {
      if (kernel.hasComm(id)) continue
      const comm = kernel.createComm(TARGET, id)
      this.#listen(comm, undefined, undefined)
      comm.send({ resume: PAGE })
    }
  }

  /** What reads frames is loaded with the first stream. */
  async #open(id: string, comm: Comm): Promise<Stream> {
    const { Stream } = await import('./stream.js')
    const channel: Channel = {
      send: (data) => {
        comm.send(data)
      },
      get isDisposed() {
        return comm.isDisposed
      },
    }
    const stream = new Stream(id, channel)
    this.#streams.add(stream)
    addStream(stream)
    return stream
  }

  /** @param known The stream, unless the page was loaded anew; its first frame tells then. */
  #listen(comm: Comm, known: Stream | undefined, cell: unknown): void {
    let stream = known
    let home = cell
    // The next message waits for the promise.
    comm.onMsg = async ({ content: { data }, buffers = [] }) => {
      const { stream: id, cell: from } = data as Record<string, unknown>
      if (!stream && typeof id === 'string') {
        home = from
        stream = await this.#open(id, comm)
        stream.receive(data, buffers)
        if (stream.last) this.#restore(stream.id, home, stream.last)
        return
      }
      stream?.receive(data, buffers)
    }
    comm.onClose = ({ content: { data } }) => {
      if (!stream) return
      const { ended, data: bundle } = data as Record<string, unknown>
      if (bundle) this.#keep(stream.id, home, bundle as object)
      this.#close(stream, ended === true ? '' : ENDED)
    }
  }

  #close(stream: Stream, reason: string): void {
    stream.end(reason)
    removeStream(stream)
    this.#streams.delete(stream)
  }

  #end(reason: string): void {
    for (const stream of this.#streams) this.#close(stream, reason)
  }

  /** The output of a stream, among those of its cell. */
  #find(id: string, cell: unknown): { outputs: Outputs; index: number } | undefined {
    const outputs = this.#cells.widgets.find(({ model }) => model.id === cell)?.model.outputs
    if (!outputs) return undefined
    const index = Array.from({ length: outputs.length }, (_, i) => outputs.get(i)).findIndex(
      ({ metadata }) => streamOf(metadata) === id,
    )
    return { outputs, index }
  }

  /** The output that a page which was loaded anew lacks, when the notebook was not saved after it had come. */
  #restore(id: string, cell: unknown, figure: Figure): void {
    const place = this.#find(id, cell)
    if (!place || place.index >= 0) return
    const data = { [FIGURE_MIME]: figure, 'text/plain': figure.title }
    const metadata = { [FIGURE_MIME]: { stream: id } }
    place.outputs.add({ output_type: 'display_data', data, metadata })
  }

  /** The last state of an output, which the page cannot change by its id since it was loaded anew. */
  #keep(id: string, cell: unknown, data: object): void {
    const place = this.#find(id, cell)
    if (place && place.index >= 0)
      place.outputs.set(place.index, { output_type: 'display_data', data, metadata: {} })
  }
}

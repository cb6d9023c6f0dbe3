/**
 * The menu of a figure under which it is saved. What it does is loaded when it is asked for.
 */
import type { Figure, View } from '../../figure/index.js'
import type { PageHost } from '../host.js'
import type { Shown } from './save.js'

type Saver = typeof import('./save.js')

interface Context {
  readonly figure: Figure
  readonly view: View
  readonly host: PageHost
  readonly say: (sentence: string) => void
}

interface Saving {
  readonly id: string
  readonly label: string
  readonly section: string
  readonly applies?: (figure: Figure, host: PageHost) => boolean
  readonly run: (context: Context) => Promise<void>
}

const isDerivation = ({ kind }: Figure): boolean => kind === 'derivation'
const isDrawn = (figure: Figure): boolean => !isDerivation(figure)

function saving(
  id: string,
  section: string,
  label: string,
  act: (saver: Saver, shown: Shown, context: Context) => Promise<void> | void,
  applies?: Saving['applies'],
): Saving {
  return {
    id: `save-${id}`,
    section,
    label,
    ...(applies && { applies }),
    run: async (context) => {
      const { view } = context
      const figure = view.slice
        ? { ...context.figure, view: { ...context.figure.view, slice: view.slice } }
        : context.figure
      const saver = await import('./save.js')
      await act(saver, { figure, frame: view.frame ?? 0, theme: view.theme ?? 'light' }, context)
    },
  }
}

const [PICTURE, NUMBERS, WHOLE] = ['Picture', 'Numbers of the figure', 'Figure']

/** A tray with an arrow into it. */
export const SAVE_ICON = 'M8,2v8M4.5,6.5l3.5,3.5l3.5,-3.5M2.5,11.5v2h11v-2'

export const SAVINGS: readonly Saving[] = [
  saving('svg', PICTURE, 'SVG', (saver, shown) => saver.saveSvg(shown), isDrawn),
  saving(
    'svg-column',
    PICTURE,
    'SVG, one column (86 mm)',
    (saver, shown) => saver.saveSvg(shown, { preset: 'single-column', theme: 'light' }),
    isDrawn,
  ),
  saving('png', PICTURE, 'PNG (192 dpi)', (saver, shown) => saver.savePng(shown, 192), isDrawn),
  saving(
    'png-print',
    PICTURE,
    'PNG for print (600 dpi)',
    (saver, shown) => saver.savePng(shown, 600),
    isDrawn,
  ),
  saving('pdf', PICTURE, 'PDF (300 dpi picture)', (saver, shown) => saver.savePdf(shown), isDrawn),
  saving(
    'copy',
    PICTURE,
    'Copy PNG',
    async (saver, shown, { say }) => {
      await saver.copyPng(shown)
      say('The picture is on the clipboard.')
    },
    isDrawn,
  ),
  saving('csv', NUMBERS, 'CSV', (saver, shown) => saver.saveCsv(shown), isDrawn),
  saving('npz', NUMBERS, 'npz for NumPy', (saver, shown) => saver.saveNpz(shown), isDrawn),
  saving('tex', WHOLE, 'LaTeX', (saver, shown) => saver.saveLatex(shown), isDerivation),
  saving('md', WHOLE, 'Markdown', (saver, shown) => saver.saveMarkdown(shown), isDerivation),
  saving(
    'html',
    WHOLE,
    'HTML, alive without a network',
    async (saver, shown, { host }) => saver.saveHtml(shown, await host.template!()),
    (figure, { template }) => isDrawn(figure) && template !== undefined,
  ),
  saving('json', WHOLE, 'ψlab figure (.psilab.json)', (saver, shown) => saver.savePayload(shown)),
]

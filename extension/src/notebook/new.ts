import type { JupyterFrontEnd } from '@jupyterlab/application'
import template from './template.json' with { type: 'json' }

/** The guide's first notebook, where the server's folder is `notebooks` of the checkout, or the checkout. */
const GUIDE = ['guide/first-steps.ipynb', 'notebooks/guide/first-steps.ipynb']

type Contents = JupyterFrontEnd['serviceManager']['contents']

/** Makes a notebook with the first figures in a folder of the server, and opens it; resolves to its widget. */
export async function newNotebook(
  { commands, serviceManager }: JupyterFrontEnd,
  folder: string,
): Promise<unknown> {
  const { contents } = serviceManager
  const { path } = await contents.newUntitled({ path: folder, type: 'notebook' })
  await contents.save(path, { type: 'notebook', format: 'json', content: template })
  return commands.execute('docmanager:open', { path, factory: 'Notebook' })
}

/** Opens the guide, or a notebook with the first figures where the server has none. */
export async function openGuide(app: JupyterFrontEnd): Promise<unknown> {
  for (const path of GUIDE) {
    if (await isThere(app.serviceManager.contents, path)) {
      return app.commands.execute('docmanager:open', { path, factory: 'Notebook' })
    }
  }
  return newNotebook(app, '')
}

/** By the listings of its folders: to ask for a file that is not there leaves an error on the page's console. */
async function isThere(contents: Contents, path: string): Promise<boolean> {
  let folder = ''
  for (const name of path.split('/')) {
    const { content } = await contents.get(folder)
    if (!(content as readonly { name: string }[]).some((entry) => entry.name === name)) return false
    folder = folder === '' ? name : `${folder}/${name}`
  }
  return true
}

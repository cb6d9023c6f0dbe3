/**
 * What a saved page carries, put together from the files of this extension: most of them are loaded already.
 */
import { type PageTemplate, pageScript } from 'psilab/figure'

/** Where the files are: known to what loads them. */
declare const __webpack_public_path__: string

/** What `webpack.config.cjs` writes beside the files. */
interface Parts extends Omit<PageTemplate, 'script'> {
  /** Names of files, in the order in which they run. */
  readonly scripts: readonly string[]
}

async function fetched(name: string, cache: RequestCache = 'default'): Promise<Response> {
  const response = await fetch(new URL(name, __webpack_public_path__), { cache })
  if (!response.ok) throw new Error('The server does not give the files that a page is made of.')
  return response
}

export async function template(): Promise<PageTemplate> {
  // The names of the others change with what is in them.
  const { scripts, ...besides } = (await (await fetched('standalone.json', 'no-cache')).json()) as Parts
  const texts = await Promise.all(scripts.map(async (name) => (await fetched(name)).text()))
  return { script: pageScript(texts.join('\n')), ...besides }
}

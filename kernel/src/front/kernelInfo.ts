/**
 * What the kernel says of itself.
 */
import { readFileSync } from 'node:fs'
import { type Json, PROTOCOL_VERSION } from '../wire/message.js'

interface Manifest {
  readonly version: string
  readonly dependencies: { readonly typescript: string }
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Manifest

/** The content of `kernel_info_reply`. */
export const kernelInfo: Json = {
  status: 'ok',
  protocol_version: PROTOCOL_VERSION,
  implementation: 'psilab',
  implementation_version: manifest.version,
  language_info: {
    name: 'typescript',
    version: manifest.dependencies.typescript,
    mimetype: 'application/typescript',
    file_extension: '.ts',
    // CodeMirror's and Pygments' name for the language: highlighting in JupyterLab and in exported notebooks.
    codemirror_mode: 'typescript',
    pygments_lexer: 'typescript',
    nbconvert_exporter: 'script',
  },
  banner: `ψlab ${manifest.version}: TypeScript ${manifest.dependencies.typescript} on Node ${process.versions.node}`,
  debugger: false,
  help_links: [
    { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
    { text: 'Node.js', url: 'https://nodejs.org/api/' },
  ],
  supported_features: [],
}

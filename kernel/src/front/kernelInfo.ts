/**
 * What the kernel says of itself.
 */
import { type Json, PROTOCOL_VERSION } from '../wire/message.js'

export interface Versions {
  readonly psilab: string
  readonly typescript: string
  /** What runs the cells, such as `Node 24.1.0`. */
  readonly runtime: string
}

/** The content of `kernel_info_reply`. */
export function kernelInfo({ psilab, typescript, runtime }: Versions): Json {
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'psilab',
    implementation_version: psilab,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'application/typescript',
      file_extension: '.ts',
      // CodeMirror's and Pygments' name for the language: highlighting in JupyterLab and in exported notebooks.
      codemirror_mode: 'typescript',
      pygments_lexer: 'typescript',
      nbconvert_exporter: 'script',
    },
    banner: `ψlab ${psilab}: TypeScript ${typescript} on ${runtime}`,
    debugger: false,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/api/' },
    ],
    supported_features: ['kernel subshells'],
  }
}

/**
 * What is known of the name at a place: its signature and its TSDoc.
 */
import type TS from 'typescript'
import type { Place } from './complete.js'
import { type OptionList, optionsOfCall, optionsOfName } from './options.js'
import { OWN } from './ownFiles.js'
import type { Inspection } from './protocol.js'
import type { Scope } from './scope.js'
import { ts } from './typescript.js'

interface Knowledge {
  readonly signature: string
  readonly documentation: string
  readonly tags: readonly TS.JSDocTagInfo[]
  readonly options?: readonly OptionList[]
}

export function inspect(place: Place, scope: Scope): Inspection {
  const known = aboutName(place, scope) ?? aboutCall(place)
  if (!known) return undefined
  const { signature, documentation, tags, options = [] } = known
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    documentation,
    ...options.map(markdownOptions),
    ...tags.map(markdownTag),
  ]
  const text = [signature, documentation, ...options.map(plainOptions), ...tags.map(plainTag)]
  return { markdown: joined(markdown), text: joined(text) }
}

/** The name at the place, or the one that ends there. */
function aboutName({ service, file, code, position }: Place, scope: Scope): Knowledge | undefined {
  for (const at of [position, position - 1]) {
    const word = /[\p{ID_Continue}$]/u.test(code.charAt(at))
    const info = word ? service.getQuickInfoAtPosition(file, at) : undefined
    // Of a name that nobody knows, the checker says that it is anything.
    if (!info || ts.displayPartsToString(info.displayParts) === 'any') continue
    const known = { ...toKnowledge(info), options: optionsOfName(service, file, at) }
    if (known.documentation !== '' || known.tags.length > 0) return known
    // A variable of an earlier cell: its comment stands there.
    const entry = scope.entries.get(
      code.slice(info.textSpan.start, info.textSpan.start + info.textSpan.length),
    )
    const origin = entry && service.getProgram()?.getSourceFile(entry.file)
    const there = origin && service.getQuickInfoAtPosition(origin.fileName, entry.position)
    if (there) return { ...known, ...toKnowledge(there), signature: known.signature }
    return { ...known, ...aboutType(service, file, at) }
  }
  return undefined
}

/** What is said of the library's type that a value has, where the value itself says nothing. */
function aboutType(
  service: TS.LanguageService,
  file: string,
  position: number,
): Pick<Knowledge, 'documentation' | 'tags'> | undefined {
  const [type] = service.getTypeDefinitionAtPosition(file, position) ?? []
  if (!type?.fileName.startsWith(OWN)) return undefined
  const info = service.getQuickInfoAtPosition(type.fileName, type.textSpan.start)
  if (!info) return undefined
  const { documentation, tags } = toKnowledge(info)
  return { documentation, tags }
}

function toKnowledge({ displayParts, documentation, tags = [] }: TS.QuickInfo): Knowledge {
  const signature = ts
    .displayPartsToString(displayParts)
    .replace(/^\(alias\) /, '')
    .replace(/\nimport .*$/s, '')
  return { signature, documentation: ts.displayPartsToString(documentation), tags }
}

/** The function whose arguments are being written at the place. */
function aboutCall({ service, file, position }: Place): Knowledge | undefined {
  const help = service.getSignatureHelpItems(file, position, undefined)
  const item = help?.items[help.selectedItemIndex]
  if (!item) return undefined
  const { prefixDisplayParts, parameters, separatorDisplayParts, suffixDisplayParts } = item
  const between = ts.displayPartsToString(separatorDisplayParts)
  const list = parameters.map(({ displayParts }) => ts.displayPartsToString(displayParts)).join(between)
  return {
    signature: `${ts.displayPartsToString(prefixDisplayParts)}${list}${ts.displayPartsToString(suffixDisplayParts)}`,
    documentation: ts.displayPartsToString(item.documentation),
    tags: item.tags,
    options: optionsOfCall(service, file, position),
  }
}

function markdownOptions({ parameter, options }: OptionList): string {
  const items = options.map(({ text, about }) => `- \`${text}\`${about && ` — ${about}`}`)
  return `*${parameter}*\n\n${items.join('\n')}`
}

function plainOptions({ parameter, options }: OptionList): string {
  const items = options.map(({ text, about }) => `  ${text}${about && ` — ${about}`}`)
  return [`${parameter}:`, ...items].join('\n')
}

function markdownTag(tag: TS.JSDocTagInfo): string {
  const text = ts.displayPartsToString(tag.text)
  switch (tag.name) {
    case 'param': {
      const [, name, rest] = /^(\S+)\s*(.*)$/s.exec(text) ?? ['', '', text]
      return `*${name}* — ${rest.replace(/^[-–—]\s*/, '')}`
    }
    case 'example':
      return `**Example**\n${/```/.test(text) ? text : `\`\`\`typescript\n${text}\n\`\`\``}`
    default:
      return `**${heading(tag.name)}** ${text}`.trimEnd()
  }
}

function plainTag(tag: TS.JSDocTagInfo): string {
  const text = ts.displayPartsToString(tag.text)
  return tag.name === 'example' ? `Example\n${text}` : `@${tag.name} ${text}`.trimEnd()
}

function heading(tag: string): string {
  return `${tag.charAt(0).toUpperCase()}${tag.slice(1)}`
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

/**
 * Which messages come by which channels, and what their content must be.
 */
import { isJson, type Json, type RequestChannel } from '../wire/message.js'

type Kind = 'text' | 'truth' | 'number' | 'texts'

interface Shape {
  /** Default shell and control, which Jupyter treats alike. */
  readonly channels?: readonly RequestChannel[]
  /** Fields that must be there. */
  readonly needed?: Readonly<Record<string, Kind>>
  /** Fields that may be missing or `null`. */
  readonly optional?: Readonly<Record<string, Kind>>
}

const EVERYWHERE: readonly RequestChannel[] = ['shell', 'control']

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'execute_request',
    {
      needed: { code: 'text' },
      optional: {
        silent: 'truth',
        store_history: 'truth',
        user_expressions: 'texts',
        allow_stdin: 'truth',
        stop_on_error: 'truth',
      },
    },
  ],
  ['complete_request', { needed: { code: 'text' }, optional: { cursor_pos: 'number' } }],
  [
    'inspect_request',
    { needed: { code: 'text' }, optional: { cursor_pos: 'number', detail_level: 'number' } },
  ],
  ['is_complete_request', { needed: { code: 'text' } }],
  [
    'history_request',
    {
      optional: {
        hist_access_type: 'text',
        output: 'truth',
        raw: 'truth',
        session: 'number',
        start: 'number',
        stop: 'number',
        n: 'number',
        pattern: 'text',
        unique: 'truth',
      },
    },
  ],
  ['comm_info_request', { optional: { target_name: 'text' } }],
  ['comm_open', { needed: { comm_id: 'text', target_name: 'text' } }],
  ['comm_msg', { needed: { comm_id: 'text' } }],
  ['comm_close', { needed: { comm_id: 'text' } }],
  ['kernel_info_request', {}],
  ['interrupt_request', {}],
  ['create_subshell_request', { channels: ['control'] }],
  ['delete_subshell_request', { channels: ['control'], needed: { subshell_id: 'text' } }],
  ['list_subshell_request', { channels: ['control'] }],
  ['shutdown_request', { optional: { restart: 'truth' } }],
  ['input_reply', { channels: ['stdin'], optional: { value: 'text' } }],
])

const HOLDS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  truth: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  texts: (value) => isJson(value) && Object.values(value).every(HOLDS.text),
}

/** Whether the kernel knows a message of this type on this channel. */
export function isKnown(channel: RequestChannel, type: string): boolean {
  return SHAPES.get(type)?.channels?.includes(channel) ?? (SHAPES.has(type) && EVERYWHERE.includes(channel))
}

/** What is wrong with the content of a message of a known type; `undefined` when it is right. */
export function problemOf(type: string, content: Json): string | undefined {
  const { needed = {}, optional = {} } = SHAPES.get(type) ?? {}
  for (const [name, kind] of Object.entries(needed)) {
    if (!HOLDS[kind](content[name])) return wrong(type, name, kind, content[name])
  }
  for (const [name, kind] of Object.entries(optional)) {
    const value = content[name] ?? undefined
    if (value !== undefined && !HOLDS[kind](value)) return wrong(type, name, kind, value)
  }
  return undefined
}

function wrong(type: string, name: string, kind: Kind, value: unknown): string {
  const got = value === undefined ? 'nothing' : shown(value)
  return `The ${name} of ${type} must be ${WORDS[kind]}; got ${got}.`
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value).slice(0, 60)
}

const WORDS: Readonly<Record<Kind, string>> = {
  text: 'a text',
  truth: 'true or false',
  number: 'a number',
  texts: 'an object of texts',
}

/**
 * The connection file that Jupyter writes for a kernel it starts.
 */
import { getHashes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isJson } from './message.js'

export interface Connection {
  readonly transport: 'tcp' | 'ipc'
  readonly ip: string
  readonly key: string
  readonly signature_scheme: string
  readonly shell_port: number
  readonly control_port: number
  readonly stdin_port: number
  readonly iopub_port: number
  readonly hb_port: number
  /** Keys of CURVE encryption (ZeroMQ RFC 26) in Z85; without them messages are signed, and travel in the open. */
  readonly curve_publickey?: string
  readonly curve_secretkey?: string
}

export type Channel = 'shell' | 'control' | 'stdin' | 'iopub' | 'hb'

const CHANNELS: readonly Channel[] = ['shell', 'control', 'stdin', 'iopub', 'hb']

/** A connection file that cannot be used. */
export class ConnectionError extends Error {
  constructor(path: string, problem: string) {
    super(`The connection file ${path} ${problem} Jupyter writes this file itself, for each kernel anew.`)
  }
}

/** A field of the file: what it may be, in words and as a test, and what holds when it is missing. */
interface Field {
  readonly allowed: string
  readonly fits: (value: unknown) => boolean
  readonly fallback?: string
  readonly optional?: true
}

const PORT: Field = { allowed: 'a whole number from 1 to 65535', fits: isPort }

const CURVE_KEY: Field = { allowed: 'a key of 40 characters in Z85', fits: isCurveKey, optional: true }

const FIELDS: Readonly<Record<keyof Connection, Field>> = {
  transport: {
    allowed: '"tcp" or "ipc"',
    fits: (value) => value === 'tcp' || value === 'ipc',
    fallback: 'tcp',
  },
  ip: { allowed: 'an address', fits: (value) => typeof value === 'string' && value !== '' },
  key: { allowed: 'a text', fits: (value) => typeof value === 'string' },
  signature_scheme: {
    allowed: '"hmac-" and the name of a hash that Node knows, such as "hmac-sha256"',
    fits: isScheme,
    fallback: 'hmac-sha256',
  },
  shell_port: PORT,
  control_port: PORT,
  stdin_port: PORT,
  iopub_port: PORT,
  hb_port: PORT,
  curve_publickey: CURVE_KEY,
  curve_secretkey: CURVE_KEY,
}

/**
 * Reads and checks the file. Whoever has its key can run code as the user: a file that others can read is refused
 * unless JUPYTER_ALLOW_INSECURE_WRITES is set, without which Jupyter would not have written it either.
 *
 * @param warn Takes a sentence on what is allowed, but not safe.
 * @throws ConnectionError on what cannot be used.
 */
export function readConnection(path: string, warn: (sentence: string) => void = console.error): Connection {
  const given = parse(path)
  for (const [name, { allowed, fits, fallback, optional }] of Object.entries(FIELDS)) {
    const value = given[name] ?? fallback
    if (value === undefined && optional) continue
    if (value === undefined) throw new ConnectionError(path, `has no ${name}, which must be ${allowed}.`)
    if (!fits(value)) {
      throw new ConnectionError(
        path,
        `has ${JSON.stringify(value)} as its ${name}, which must be ${allowed}.`,
      )
    }
    given[name] = value
  }
  const connection = given as unknown as Connection
  const ports = CHANNELS.map((channel) => connection[`${channel}_port`])
  if (new Set(ports).size < ports.length) throw new ConnectionError(path, 'has one port for two channels.')
  if ((connection.curve_publickey === undefined) !== (connection.curve_secretkey === undefined)) {
    throw new ConnectionError(path, 'has one of the two keys of CURVE encryption, which needs both.')
  }
  if (connection.key === '') {
    warn(
      'The connection file has an empty key: messages are not signed, and whoever reaches the ports runs code.',
    )
  } else if (process.platform !== 'win32' && othersReach(path)) {
    const problem = `can be read or written by other users of this machine, who could run code with its key; chmod 600 ${path} keeps them out.`
    if (!allowsInsecure()) throw new ConnectionError(path, problem)
    warn(`The connection file ${path} ${problem}`)
  }
  return connection
}

/** The ZeroMQ address of a channel. */
export function address(connection: Connection, channel: Channel): string {
  const { transport, ip } = connection
  const port = connection[`${channel}_port`]
  if (transport === 'ipc') return `ipc://${ip}-${port}`
  // An IPv6 address stands in brackets before a port.
  return `tcp://${ip.includes(':') && !ip.startsWith('[') ? `[${ip}]` : ip}:${port}`
}

function parse(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConnectionError(path, `cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    throw new ConnectionError(path, `is no JSON (${(error as Error).message}).`)
  }
  if (!isJson(given)) throw new ConnectionError(path, 'is JSON, but no object.')
  return given
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535
}

/** Letters, digits and signs of Z85 (ZeroMQ RFC 32). */
function isCurveKey(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/.test(value)
}

function isScheme(value: unknown): boolean {
  return (
    typeof value === 'string' && /^hmac-/.test(value) && getHashes().includes(value.slice('hmac-'.length))
  )
}

/** Whether the group or all users may read or write the file and may enter its folder. */
function othersReach(path: string): boolean {
  const [file, folder] = [statSync(path).mode, statSync(dirname(path)).mode]
  const [group, all] = [0o060, 0o006]
  const [groupEnters, allEnter] = [0o010, 0o001]
  return (
    ((file & group) !== 0 && (folder & groupEnters) !== 0) ||
    ((file & all) !== 0 && (folder & allEnter) !== 0)
  )
}

function allowsInsecure(): boolean {
  return ['true', '1'].includes((process.env.JUPYTER_ALLOW_INSECURE_WRITES ?? '').toLowerCase())
}

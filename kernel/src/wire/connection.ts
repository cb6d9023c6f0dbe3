/**
 * The connection file that Jupyter writes for a kernel it starts.
 */
import { readFileSync } from 'node:fs'

export interface Connection {
  readonly transport: string
  readonly ip: string
  readonly key: string
  readonly signature_scheme: string
  readonly shell_port: number
  readonly control_port: number
  readonly stdin_port: number
  readonly iopub_port: number
  readonly hb_port: number
}

export type Channel = 'shell' | 'control' | 'stdin' | 'iopub' | 'hb'

const NEEDED = ['ip', 'shell_port', 'control_port', 'stdin_port', 'iopub_port', 'hb_port'] as const

/** @throws Error that names the first thing the file lacks. */
export function readConnection(path: string): Connection {
  const given = JSON.parse(readFileSync(path, 'utf8')) as Partial<Connection>
  const missing = NEEDED.find((name) => given[name] === undefined)
  if (missing)
    throw new Error(`The connection file ${path} has no ${missing}; Jupyter writes this file itself.`)
  return { transport: 'tcp', key: '', signature_scheme: 'hmac-sha256', ...given } as Connection
}

/** The ZeroMQ address of a channel. */
export function address(connection: Connection, channel: Channel): string {
  const { transport, ip } = connection
  const port = connection[`${channel}_port`]
  return transport === 'ipc' ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`
}

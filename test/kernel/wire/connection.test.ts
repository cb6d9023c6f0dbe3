import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { address, readConnection } from '../../../kernel/src/wire/connection.js'

const ports = { shell_port: 1, control_port: 2, stdin_port: 3, iopub_port: 4, hb_port: 5 }

function file(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'connection-')), 'kernel.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

describe('connection file', () => {
  it('gives the address of each channel', () => {
    const connection = readConnection(file({ ip: '127.0.0.1', ...ports }))
    expect(address(connection, 'iopub')).toBe('tcp://127.0.0.1:4')
    expect(address({ ...connection, transport: 'ipc', ip: 'kernel' }, 'hb')).toBe('ipc://kernel-5')
  })

  it('names what it lacks', () => {
    expect(() => readConnection(file({ ip: '127.0.0.1', ...ports, hb_port: undefined }))).toThrow(
      /no hb_port/,
    )
  })
})

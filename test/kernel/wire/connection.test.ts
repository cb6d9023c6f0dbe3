import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { address, readConnection } from '../../../kernel/src/wire/connection.js'

const whole = {
  transport: 'tcp',
  ip: '127.0.0.1',
  key: 'secret',
  signature_scheme: 'hmac-sha256',
  shell_port: 1,
  control_port: 2,
  stdin_port: 3,
  iopub_port: 4,
  hb_port: 65535,
}

/** A connection file with some fields changed, or of any text. */
function file(content: object | string = {}, mode = 0o600): string {
  const path = join(mkdtempSync(join(tmpdir(), 'connection-')), 'kernel.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify({ ...whole, ...content }))
  chmodSync(path, mode)
  return path
}

const warnings: string[] = []
const read = (path: string) => readConnection(path, (sentence) => warnings.push(sentence))

afterEach(() => {
  warnings.length = 0
  vi.unstubAllEnvs()
})

describe('connection file', () => {
  it('gives the address of each channel', () => {
    const connection = read(file())
    expect(connection).toEqual(whole)
    expect(address(connection, 'iopub')).toBe('tcp://127.0.0.1:4')
    expect(address({ ...connection, ip: '::1' }, 'shell')).toBe('tcp://[::1]:1')
    expect(address({ ...connection, transport: 'ipc', ip: 'kernel' }, 'hb')).toBe('ipc://kernel-65535')
    expect(warnings).toEqual([])
  })

  it('may leave out transport and scheme', () => {
    expect(read(file({ transport: undefined, signature_scheme: undefined }))).toEqual(whole)
  })

  it.each(['ip', 'key', 'shell_port', 'control_port', 'stdin_port', 'iopub_port', 'hb_port'])(
    'must have %s, and says so',
    (name) => {
      expect(() => read(file({ [name]: undefined }))).toThrow(`has no ${name}, which must be`)
    },
  )

  it.each([
    ['shell_port', 0],
    ['shell_port', 65536],
    ['hb_port', 1.5],
    ['iopub_port', '4'],
    ['transport', 'udp'],
    ['ip', ''],
    ['key', 5],
    ['signature_scheme', 'hmac-rot13'],
    ['signature_scheme', 'sha256'],
  ])('may not have %s %j', (name, value) => {
    expect(() => read(file({ [name]: value }))).toThrow(`has ${JSON.stringify(value)} as its ${name}`)
  })

  it('may have keys of encryption, both or none', () => {
    const keys = { curve_publickey: 'a#{'.repeat(13) + '0', curve_secretkey: '.'.repeat(40) }
    expect(read(file(keys))).toEqual({ ...whole, ...keys })
    expect(() => read(file({ ...keys, curve_secretkey: undefined }))).toThrow(/one of the two keys/)
    expect(() => read(file({ ...keys, curve_secretkey: 'short' }))).toThrow(/curve_secretkey, which must be/)
    expect(() => read(file({ ...keys, curve_publickey: '~'.repeat(40) }))).toThrow(
      /curve_publickey, which must/,
    )
  })

  it('may not have one port for two channels', () => {
    expect(() => read(file({ shell_port: 2 }))).toThrow(/one port for two channels/)
  })

  it.each([
    ['{"ip":', /is no JSON/],
    ['[]', /is JSON, but no object/],
  ])('may not be %s', (text, problem) => {
    expect(() => read(file(text))).toThrow(problem)
  })

  it('must be there', () => {
    expect(() => read('/nowhere/kernel.json')).toThrow('/nowhere/kernel.json cannot be read (ENOENT)')
  })

  it('may have an empty key, with a warning', () => {
    expect(read(file({ key: '' })).key).toBe('')
    expect(warnings.join()).toContain('not signed')
  })
})

describe.skipIf(process.platform === 'win32')('permissions of a connection file', () => {
  it.each([0o600, 0o400, 0o700])('%o is for its owner alone', (mode) => {
    const path = file({}, mode)
    chmodSync(dirname(path), 0o755)
    expect(read(path)).toEqual(whole)
  })

  it.each([0o640, 0o604, 0o620, 0o602, 0o666])('%o is refused, with the way to mend it', (mode) => {
    const path = file({}, mode)
    chmodSync(dirname(path), 0o755)
    expect(() => read(path)).toThrow(`chmod 600 ${path}`)
  })

  it('do not matter in a folder that others cannot enter', () => {
    expect(read(file({}, 0o666))).toEqual(whole)
    const path = file({}, 0o640)
    chmodSync(dirname(path), 0o701)
    expect(read(path)).toEqual(whole)
  })

  it('may be open to others where Jupyter was told to allow it, with a warning', () => {
    vi.stubEnv('JUPYTER_ALLOW_INSECURE_WRITES', '1')
    const path = file({}, 0o644)
    chmodSync(dirname(path), 0o755)
    expect(read(path)).toEqual(whole)
    expect(warnings.join()).toContain('read or written by other users')
  })
})

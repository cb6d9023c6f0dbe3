import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startOptions } from '../../tools/commands/start.mjs'
import { causeOf } from '../../tools/setup/causes.mjs'
import { freePort, portFailure } from '../../tools/setup/lab.mjs'
import { isAlive, withLock } from '../../tools/setup/lock.mjs'
import { isInstalled } from '../../tools/setup/packages.mjs'
import { at } from '../../tools/setup/paths.mjs'
import { choosePython } from '../../tools/setup/python.mjs'
import { contentHash, isStamped, stamp } from '../../tools/setup/stamp.mjs'

const { refusal } = createRequire(import.meta.url)('../../tools/node-version.cjs') as {
  refusal(version: string): string | null
}

/** No process has the id 2³¹ − 1: it is above the largest that systems hand out. */
const DEAD = 2 ** 31 - 1

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'psilab-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('Node', () => {
  test.each(['20.19.0', '20.20.2', '22.12.0', '22.23.3', '24.0.0', '26.10.0'])('%s will do', (version) => {
    expect(refusal(version)).toBeNull()
  })

  test.each(['0.12.18', '8.17.0', '18.20.4', '20.18.9', '21.7.3', '22.11.0'])(
    '%s is refused in one sentence',
    (v) => {
      expect(refusal(v)).toMatch(/^ψlab needs Node 20\.19 .*this is Node [\d.]+: install .*\.$/)
    },
  )

  test.each(['run.cjs', 'node-version.cjs'])('%s keeps to the syntax that an old Node parses', (name) => {
    const code = readFileSync(at('tools', name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(code).not.toMatch(/=>|\b(const|let|import|async|class)\b|`|\?\.|\?\?/)
  })
})

describe('Python', () => {
  const python = (version: number[], venv: boolean) => ({ program: 'python3', args: [], version, venv })

  test('the first that is recent and complete is taken', () => {
    const found = [
      python([3, 9, 1], true),
      python([3, 11, 2], false),
      python([3, 12, 1], true),
      python([3, 13, 0], true),
    ]
    expect(choosePython(found).version).toEqual([3, 12, 1])
    expect(choosePython([python([3, 10, 0], true)]).version).toEqual([3, 10, 0])
  })

  test('none, too old, and without venv: each names what to install', () => {
    expect(() => choosePython([])).toThrow(/finds none: install it .*apt install python3 python3-venv/)
    expect(() => choosePython([python([2, 7, 18], false), python([3, 9, 18], true)])).toThrow(
      /Python 3\.10 or newer.*only Python 2\.7\.18/,
    )
    expect(() => choosePython([python([3, 11, 2], false)])).toThrow(/Python 3\.11 .*apt install python3-venv/)
  })
})

describe('npm and pip', () => {
  test.each([
    ['npm', 'npm error code ENOTFOUND\nnpm error network request failed'],
    ['npm', 'npm error code EAI_AGAIN'],
    [
      'pip',
      "connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found for anyio",
    ],
    ['pip', 'Temporary failure in name resolution'],
  ])('%s without a network says so', (tool, output) => {
    expect(causeOf(tool, output, at('.setup', `${tool}.log`)).message).toBe(
      `${tool} cannot reach its registry: connect this machine to the network (or set ${tool}'s proxy) and run the command again (all it said: .setup/${tool}.log).`,
    )
  })

  test('a full disk, a broken lock file and an unknown cause are told apart', () => {
    const message = (output: string) => causeOf('npm', output, at('.setup', 'npm.log')).message
    expect(message('npm error code ENOSPC')).toMatch(/disk is full/)
    expect(message('npm error Missing: a@1 from lock file')).toMatch(/package-lock.json disagree/)
    expect(message('something else')).toMatch(/^npm failed: .*\.setup\/npm\.log\)\.$/)
  })

  test('installed packages match a lock file up to optional ones of other platforms', () => {
    const lock = {
      packages: {
        '': {},
        src: { version: '0.1.0' },
        'node_modules/psilab': { link: true },
        'node_modules/a': { version: '1.0.0', integrity: 'x' },
        'node_modules/a-darwin': { version: '1.0.0', integrity: 'y', optional: true },
      },
    }
    const a = { version: '1.0.0', integrity: 'x' }
    expect(isInstalled(lock, { packages: { 'node_modules/a': a } })).toBe(true)
    expect(isInstalled(lock, { packages: {} })).toBe(false)
    expect(isInstalled(lock, { packages: { 'node_modules/a': { ...a, version: '1.0.1' } } })).toBe(false)
    expect(isInstalled(lock, { packages: { 'node_modules/a': { ...a, integrity: 'z' } } })).toBe(false)
  })
})

describe('stamps', () => {
  test('a hash follows names and contents of sources, and nothing that is built', () => {
    const write = (name: string, text: string) => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    write('src/a.ts', 'one')
    const hash = () => contentHash(folder, ['src', 'missing'])
    const before = hash()
    write('src/dist/a.js', 'built')
    write('src/.tsbuildinfo', 'state')
    expect(hash()).toBe(before)
    write('src/b/c.ts', 'two')
    const more = hash()
    expect(more).not.toBe(before)
    write('src/b/c.ts', 'three')
    expect(hash()).not.toBe(more)
    expect(contentHash(folder, ['src'], ['fact'])).not.toBe(contentHash(folder, ['src']))
  })

  test('a stamp holds for its own hash alone', () => {
    const file = path.join(folder, 'deep', 'stamp')
    expect(isStamped(file, 'a')).toBe(false)
    stamp(file, 'a')
    expect(isStamped(file, 'a')).toBe(true)
    expect(isStamped(file, 'b')).toBe(false)
  })
})

describe('the lock', () => {
  test('two set-ups do their work one after the other', async () => {
    const file = path.join(folder, 'lock')
    const events: string[] = []
    const work = (name: string) => async () => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      events.push(`${name} ends`)
    }
    await withLock(file, work('one'))
    await withLock(file, work('two'))
    expect(events).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })

  test('the lock of a process that died is taken over', async () => {
    const file = path.join(folder, 'lock')
    writeFileSync(file, String(DEAD))
    expect(await withLock(file, async () => readFileSync(file, 'utf8'))).toBe(String(process.pid))
  })

  test('the lock of a process that lives is waited for, and said so', async () => {
    const file = path.join(folder, 'lock')
    writeFileSync(file, String(process.ppid))
    const told: number[] = []
    setTimeout(() => rmSync(file), 300)
    await withLock(
      file,
      async () => {},
      (pid) => told.push(pid),
    )
    expect(told).toEqual([process.ppid])
  })

  test('a failed set-up gives the lock back', async () => {
    const file = path.join(folder, 'lock')
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(file, async () => 'again')).toBe('again')
  })

  test('isAlive() tells a running process from one that has ended', () => {
    expect(isAlive(process.pid)).toBe(true)
    expect(isAlive(DEAD)).toBe(false)
  })
})

describe('npm start', () => {
  test('opens a browser on port 8888 when nothing else is asked', () => {
    expect(startOptions([])).toEqual({ browser: true, port: 8888 })
    expect(startOptions(['--no-browser', '--port', '9000'])).toEqual({ browser: false, port: 9000 })
  })

  test.each([['--port', 'x'], ['--port', '70000'], ['--port', '0'], ['--nonsense'], ['surplus']])(
    'refuses %s %s',
    (...args) => {
      expect(() => startOptions(args)).toThrow(/\.$/)
    },
  )

  test('a taken port is named, with another to try', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    await expect(freePort(port)).rejects.toThrow(`Port ${port} is taken`)
    server.close()
    expect(portFailure(8888, 'EADDRINUSE').message).toBe(
      'Port 8888 is taken: stop the program that uses it, or run `npm start -- --port 8889`.',
    )
    expect(portFailure(80, 'EACCES').message).toMatch(/Port 80 cannot be used here \(EACCES\)/)
  })
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { at } from '../../tools/setup/paths.mjs'

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].map((name) => ({
  name,
  text: readFileSync(at(name), 'utf8'),
}))

mkdirSync(at('.setup'), { recursive: true })
const folder = mkdtempSync(at('.setup', 'readme-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('README', () => {
  test('the five lines run', async () => {
    const lines = documents[0]!.text
      .match(/```ts\n([\s\S]*?)```/)![1]!
      .trim()
      .split('\n')
    expect(lines).toHaveLength(5)
    const last = lines.pop()!
    const cell = path.join(folder, 'cell.ts')
    const names = ['qde', 'wavePacket']
    writeFileSync(
      cell,
      [
        `import { ${names.join(', ')} } from '../../src/index.ts'`,
        ...lines,
        `export const value = ${last}`,
      ].join('\n'),
    )
    const { value } = await import(cell)
    expect([...value.temperature]).toEqual([0.1, 0.2, 0.5, 1, 2])
    expect(value.Z.every((z: number) => z > 0)).toBe(true)
  })
})

describe.each(documents)('$name', ({ text }) => {
  test('its links lead somewhere', () => {
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]!)
    expect(targets.filter((target) => !isThere(target))).toEqual([])
  })

  test('the commands it names exist', () => {
    const { scripts } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = [...text.matchAll(/npm (start|test)\b|npm run ([a-z:]+)/g)].map(
      ([, short, long]) => short ?? long!,
    )
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

function isThere(target: string): boolean {
  try {
    readFileSync(at(target))
    return true
  } catch {
    return false
  }
}

/** What JupyterLab reads of the extension beside its code: settings, menus, keys. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from '../../src/page/host.js'
import { at } from '../../tools/setup/paths.mjs'

interface Schema {
  readonly 'jupyter.lab.menus': unknown
  readonly 'jupyter.lab.shortcuts': readonly { command: string; keys: readonly string[]; selector: string }[]
  readonly properties: Readonly<Record<string, { readonly default: unknown }>>
}

const schema = JSON.parse(readFileSync(at('extension/schema/figures.json'), 'utf8')) as Schema
const { 'jupyter.lab.menus': menus, 'jupyter.lab.shortcuts': shortcuts, properties } = schema

/** Every command that is named in a part of the schema. */
const commandsIn = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(/"command":"([^"]+)"/g)].map(([, command]) => command!)

describe('the settings', () => {
  it('begin as figures are without any', () => {
    const defaults = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, of.default]))
    expect(defaults).toEqual({ ...DEFAULT_PREFERENCES, embedding: 'full' })
  })
})

describe('menus and keys', () => {
  const source = readFileSync(at('extension/src/commands.ts'), 'utf8')

  it('name commands that there are', () => {
    for (const command of commandsIn([menus, shortcuts])) expect(source).toContain(`'${command}'`)
  })

  it('give each key to one command, in a figure as outside of it', () => {
    const keys = shortcuts.map(({ keys: pressed, selector }) => `${pressed.join()} ${selector}`)
    expect(new Set(keys).size).toBe(keys.length)
    const outside = shortcuts.filter(({ selector }) => selector === 'body').map(({ command }) => command)
    const inside = shortcuts.filter(({ selector }) => selector !== 'body').map(({ command }) => command)
    expect(inside).toEqual(outside)
  })
})

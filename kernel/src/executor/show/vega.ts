/**
 * Vega and Vega-Lite specifications, which JupyterLab and other front ends draw.
 */

/** Versions of Vega-Lite that front ends have a type for; newer specifications are sent as the newest of them. */
const VEGA_LITE = { oldest: 3, newest: 5 } as const
const VEGA = 5

const SCHEMA = /\/schema\/(vega|vega-lite)\/v(\d+)(?:[./]|$)/

/** The bundle of an object that names one of the two schemas; empty for others. */
export function vegaBundle(value: object): Record<string, unknown> {
  const schema = Object.getOwnPropertyDescriptor(value, '$schema')?.value as unknown
  const match = typeof schema === 'string' ? SCHEMA.exec(schema) : null
  if (!match) return {}
  return match[1] === 'vega'
    ? { [`application/vnd.vega.v${VEGA}+json`]: plainData(value) }
    : { [vegaLiteType(Number(match[2]))]: plainData(value) }
}

/** The bundle of a Vega-Lite specification that need not name its schema. */
export function vegaLiteBundle(spec: object): Record<string, unknown> {
  const own = vegaBundle(spec)
  return Object.keys(own).length > 0 ? own : { [vegaLiteType(VEGA_LITE.newest)]: plainData(spec) }
}

function vegaLiteType(version: number): string {
  const known = Math.min(VEGA_LITE.newest, Math.max(VEGA_LITE.oldest, version))
  return `application/vnd.vegalite.v${known}+json`
}

/** What is sent as JSON: typed arrays become lists, BigInts numbers, maps objects and sets lists. */
export function plainData(data: unknown): unknown {
  const text = JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'bigint') return Number(value)
    if (ArrayBuffer.isView(value) && !(value instanceof DataView))
      return Array.from(value as unknown as number[])
    if (value instanceof Map) return Object.fromEntries(value)
    return value instanceof Set ? [...value] : value
  })
  return text === undefined ? undefined : JSON.parse(text)
}

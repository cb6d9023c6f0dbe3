/**
 * The schema of payloads as a JSON Schema document, for tools that know nothing of ψlab. What holds between fields, as
 * that arrays fit each other, it does not say.
 *
 * @see JSON Schema, draft 2020-12
 */
import { FIGURE_VERSION } from '../version.js'
import { figure } from './index.js'
import { packedFields } from './packed.js'
import type { Fields, Schema } from './schema.js'

type Json = Readonly<Record<string, unknown>>

/** The JSON Schema of a figure. */
export function figureSchema(): Json {
  const defs: Record<string, Json> = {}
  const { oneOf } = jsonOf(figure, defs)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:psilab:figure:${FIGURE_VERSION}`,
    title: 'ψlab figure',
    oneOf,
    $defs: Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function jsonOf({ is }: Schema<unknown>, defs: Record<string, Json>): Json {
  const inner = (schema: Schema<unknown>): Json => jsonOf(schema, defs)
  const named = (name: string, schema: Schema<unknown>): Json => {
    defs[name] ??= {}
    if (Object.keys(defs[name]).length === 0) defs[name] = inner(schema)
    return { $ref: `#/$defs/${name}` }
  }
  switch (is.node) {
    case 'number':
      return {
        type: is.whole ? 'integer' : 'number',
        ...(is.least !== undefined && { minimum: is.least }),
        ...(is.most !== undefined && { maximum: is.most }),
      }
    case 'text':
      return { type: 'string', maxLength: is.longest }
    case 'literal':
      return is.values.length === 1 ? { const: is.values[0] } : { enum: is.values }
    case 'list':
      return {
        type: 'array',
        items: inner(is.of),
        ...(is.least > 0 && { minItems: is.least }),
        maxItems: is.most,
      }
    case 'map':
      return {
        type: 'object',
        additionalProperties: inner(is.of),
        maxProperties: is.most,
        propertyNames: { maxLength: 80 },
      }
    case 'record':
      return {
        type: 'object',
        properties: propertiesOf({ ...is.optional, ...is.fields }, inner),
        required: Object.keys(is.fields),
        additionalProperties: false,
      }
    case 'union':
      return { oneOf: is.of.map(inner) }
    case 'data':
      return { type: 'string', contentEncoding: 'base64', pattern: '^[A-Za-z0-9+/]*={0,2}$' }
    case 'packed':
      return {
        ...named('PackedArray', packedFields),
        properties: { shape: { minItems: is.axes[0], maxItems: is.axes[1] } },
      }
    case 'named':
      return named(is.name, is.of)
    case 'where':
      return inner(is.of)
  }
}

function propertiesOf(fields: Fields, inner: (schema: Schema<unknown>) => Json): Json {
  return Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, inner(schema)]))
}

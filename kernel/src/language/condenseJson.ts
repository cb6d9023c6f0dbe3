/**
 * A data file as the checker needs it: of the rows of an array, as many as it takes to show every type of every
 * field. What a field may hold stays the same, and a table of ten thousand rows is checked in no time.
 */

/** The text with few elements in every array; a text that is no JSON is left to the checker. */
export function condenseJson(text: string): string {
  try {
    return JSON.stringify(condense(JSON.parse(text)).value)
  } catch {
    return text
  }
}

interface Condensed {
  readonly value: unknown
  /** What there is to know of the type: for an object its keys, and the type of each. */
  readonly features: readonly string[]
}

function condense(value: unknown): Condensed {
  if (Array.isArray(value)) return condenseArray(value)
  if (typeof value !== 'object' || value === null) {
    return { value, features: [value === null ? 'null' : typeof value] }
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, condense(inner)] as const)
  const types = entries.flatMap(([key, { features }]) => features.map((feature) => `${key}:${feature}`))
  return {
    value: Object.fromEntries(entries.map(([key, inner]) => [key, inner.value])),
    features: [`{${Object.keys(value).sort().join()}}`, ...types],
  }
}

/** Keeps the elements that tell something new. */
function condenseArray(elements: readonly unknown[]): Condensed {
  const seen = new Set<string>()
  const kept: unknown[] = []
  for (const element of elements) {
    const { value, features } = condense(element)
    if (features.every((feature) => seen.has(feature))) continue
    for (const feature of features) seen.add(feature)
    kept.push(value)
  }
  return { value: kept, features: ['[]', ...[...seen].map((feature) => `[${feature}]`)] }
}

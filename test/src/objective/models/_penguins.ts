/** The Palmer penguins that have all of some measures. */
import penguins from 'vega-datasets/data/penguins.json' with { type: 'json' }

const MEASURES = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'] as const

/** Beak depth and body mass, and 1 for males. */
export function sexOfPenguins(): { features: number[][]; labels: number[] } {
  const birds = penguins.filter(
    (p) =>
      (p.Sex === 'MALE' || p.Sex === 'FEMALE') &&
      p['Beak Depth (mm)'] !== null &&
      p['Body Mass (g)'] !== null,
  )
  return {
    features: birds.map((p) => [p['Beak Depth (mm)']!, p['Body Mass (g)']!]),
    labels: birds.map((p) => (p.Sex === 'MALE' ? 1 : 0)),
  }
}

/** All four measures, and the species 0, 1 or 2. */
export function speciesOfPenguins(): { features: number[][]; labels: number[] } {
  const birds = penguins.filter((p) => MEASURES.every((measure) => p[measure] !== null))
  const species = [...new Set(birds.map((p) => p.Species))].toSorted()
  return {
    features: birds.map((p) => MEASURES.map((measure) => p[measure]!)),
    labels: birds.map((p) => species.indexOf(p.Species)),
  }
}

/**
 * The numbers of a figure as tables have them: axes, and variables over some of them.
 */

/** Coordinates along one direction. */
export interface DataAxis {
  readonly name: string
  readonly values: ArrayLike<number>
  /** How many decimal digits its numbers have; default all of a double. */
  readonly digits?: number
}

/** A quantity at all coordinates of some axes, in C order. */
export interface Variable {
  readonly name: string
  /** Places of its axes among those of the data set, rising. */
  readonly over: readonly number[]
  readonly values: ArrayLike<number> | readonly string[]
  readonly digits?: number
}

export interface Dataset {
  /** What tells it from the other data sets of its figure, by column; nothing where it is the only one. */
  readonly labels: Readonly<Record<string, string>>
  readonly axes: readonly DataAxis[]
  readonly variables: readonly Variable[]
}

/** Number of rows that the data set makes: one for each point of all its axes. */
export function rowsOf({ axes }: Dataset): number {
  return axes.reduce((product, { values }) => product * values.length, 1)
}

/** Headings of the columns: labels, axes, variables. */
export function headingsOf({ labels, axes, variables }: Dataset): string[] {
  return [...Object.keys(labels), ...axes.map(({ name }) => name), ...variables.map(({ name }) => name)]
}

/** The rows, the last axis running fastest; a variable stands in every row whose coordinates it has. */
export function* recordsOf(set: Dataset): Generator<(string | number)[]> {
  const { axes, variables } = set
  const labels = Object.values(set.labels)
  const lengths = axes.map(({ values }) => values.length)
  const place = axes.map(() => 0)
  for (let rows = rowsOf(set); rows > 0; rows--) {
    yield [
      ...labels,
      ...axes.map(({ values, digits }, a) => rounded(values[place[a]!]!, digits)),
      ...variables.map(({ over, values, digits }) =>
        rounded(values[over.reduce((index, a) => index * lengths[a]! + place[a]!, 0)]!, digits),
      ),
    ]
    for (let a = place.length - 1; a >= 0; a--) {
      place[a]!++
      if (place[a]! < lengths[a]!) break
      place[a] = 0
    }
  }
}

function rounded(value: number | string, digits: number | undefined): number | string {
  return digits === undefined || typeof value === 'string' ? value : Number(value.toPrecision(digits))
}

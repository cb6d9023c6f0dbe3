// Writes the schema of figures beside the compiled library.
import { writeFileSync } from 'node:fs'
import { figureSchema } from '../../dist/figure/index.js'

writeFileSync(
  new URL('../../dist/figure.schema.json', import.meta.url),
  `${JSON.stringify(figureSchema(), undefined, 2)}\n`,
)

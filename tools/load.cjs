'use strict'
// A file of its own: `import()` does not parse on the oldest Nodes that run.cjs answers.
void import('./main.mjs').then(({ main }) => main(process.argv.slice(2)))

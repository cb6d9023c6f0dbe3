'use strict'
// A file of its own: `import()` does not parse on the oldest Nodes that main.cjs answers.
void import('./dist/main.js')

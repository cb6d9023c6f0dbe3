const { pageScript } = require('psilab/figure')
const { besides } = require('../tools/slim/page.mjs')
const { SLIM } = require('../tools/slim/vega.mjs')

/** Name of the chunk with which the script of a saved page begins. */
const ENTRY = 'standalone'

/**
 * Writes `standalone.json`: which files the script of a saved page is made of, those of its entry and of all that it
 * ever loads, and what stands beside the script.
 */
class StandaloneParts {
  /** @param {import('@rspack/core').Compiler} compiler */
  apply(compiler) {
    const { sources, Compilation } = compiler.webpack
    compiler.hooks.thisCompilation.tap(ENTRY, (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_REPORT
      compilation.hooks.processAssets.tap({ name: ENTRY, stage }, () => {
        const entry = compilation.entrypoints.get(ENTRY)
        const own = entry.getFiles()
        const loaded = groupsFrom(entry).flatMap((group) => group.getFiles())
        const scripts = [...new Set([...loaded.filter((file) => !own.includes(file)), ...own])]
        const text = scripts.map((file) => String(compilation.getAsset(file).source.source())).join('\n')
        const parts = { scripts, ...besides(pageScript(text)) }
        compilation.emitAsset(`${ENTRY}.json`, new sources.RawSource(JSON.stringify(parts)))
      })
    })
  }
}

/**
 * A group of chunks and all that are loaded from it.
 * @param {import('@rspack/core').ChunkGroup} group
 * @returns {import('@rspack/core').ChunkGroup[]}
 */
function groupsFrom(group, found = new Set()) {
  if (found.has(group)) return []
  found.add(group)
  return [group, ...[...group.childrenIterable].flatMap((child) => groupsFrom(child, found))]
}

module.exports = {
  // A page on the disk has all its chunks in it, and loads none.
  entry: { [ENTRY]: { import: './lib/standalone/main.js', publicPath: '/' } },
  plugins: [new StandaloneParts()],
  resolve: { alias: SLIM },
  // What figures and saved pages share is shipped once.
  optimization: { splitChunks: { minSize: 2000 } },
}

// `node tools/kernelspec/main.mjs`: makes kernel/kernelspec, a folder that Jupyter starts the kernel from, wherever
// it is copied to. The library and the kernel are compiled before.
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { at } from '../setup/paths.mjs'
import { writeKernel } from './kernel.mjs'
import { writeLibrary } from './library.mjs'
import { writeLogos } from './logos.mjs'
import { copyPackage, zeromqAddons } from './packages.mjs'

const target = at('kernel', 'kernelspec')
const folder = at('.setup', 'kernelspec')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const entry of ['kernel.json', 'main.cjs', 'load.cjs'])
  cpSync(at('kernel', entry), path.join(folder, entry))
cpSync(at('tools', 'node-version.cjs'), path.join(folder, 'node-version.cjs'))
cpSync(at('kernel', 'package.json'), path.join(folder, 'package.json'))
cpSync(at('LICENSE'), path.join(folder, 'LICENSE'))
await Promise.all([writeKernel(folder), writeLibrary(folder), writeLogos(folder)])
copyPackage(folder, 'zeromq', ['LICENSE.txt', 'lib', 'build/manifest.json', ...zeromqAddons()])
copyPackage(folder, 'cmake-ts', ['build/loader.js', 'build/loader.mjs'])
// Whole or not at all.
rmSync(target, { recursive: true, force: true })
renameSync(folder, target)

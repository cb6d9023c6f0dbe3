export * from './figure/index.js'

export * from './payload.js'

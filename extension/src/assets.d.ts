declare module 'psilab/live/worker.json' {
  const worker: { readonly script: string }
  export default worker
}

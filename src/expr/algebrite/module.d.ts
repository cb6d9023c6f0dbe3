declare module 'algebrite' {
  const algebrite: {
    /** Runs a line of Algebrite's language; errors come back as text that starts with `Stop:`. */
    run(line: string): string
  }
  export default algebrite
}

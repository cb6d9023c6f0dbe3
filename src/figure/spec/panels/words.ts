/** A whole number with its thousands set apart: 20000 → "20 000". */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

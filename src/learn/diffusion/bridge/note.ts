export const BRIDGE_NOTE =
  "P = φφ̂ is the imaginary time's twin of the Born rule: φ̂ evolves forward, φ backward, and neither is a density alone (Schrödinger 1931)."

/** The pair of orders 5 and 4 of Dormand and Prince, J. Comput. Appl. Math. 6, 19 (1980); its last stage is the first of the next step. */
export const DORMAND_PRINCE: {
  readonly nodes: readonly number[]
  readonly stages: readonly (readonly number[])[]
  readonly difference: readonly number[]
} = {
  nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  stages: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  /** Order 5 less order 4. */
  difference: [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40],
}

/** Version of the payloads that this ψlab makes and draws. */
export const FIGURE_VERSION = 1

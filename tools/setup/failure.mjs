/** What the user can put right; its message is one sentence that says what is missing and how to get it. */
export class Failure extends Error {}

/** A reason not to start that the operator can correct. Only its message is printed. */
export class StartupError extends Error {}

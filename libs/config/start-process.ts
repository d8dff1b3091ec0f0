/** A process that must not or cannot start, for a reason that its operator can mend. */
export class StartupError extends Error {}

/** Starts a process; what refuses that is told on standard error, in words where the operator can mend it, and ends the process with 1. */
export async function startProcess(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const reason =
      error instanceof StartupError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
}

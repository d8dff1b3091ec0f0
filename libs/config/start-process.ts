import { environment } from './config.js';
import { StartupError } from './startup-error.js';

/** How often a program under npm looks whether its shell still runs. */
const SHELL_CHECK_INTERVAL_MS = 200;

/** Starts a program. Prints startup errors to stderr and exits with `failureCode`. */
export async function startProcess(start: () => Promise<void>, failureCode = 1): Promise<void> {
  stopWithShell();
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(failureCode);
  }
}

/**
 * npm passes a SIGTERM on to the shell of its script, and most shells end without passing it on. `exec` would replace the shell, but
 * not every npm shell has it.
 */
function stopWithShell(): void {
  if (environment().npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, SHELL_CHECK_INTERVAL_MS).unref();
}

function describe(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { QueryFailedError, type QueryRunner } from 'typeorm';
import { StartupError } from '#config';
import { isLockUnavailable } from './database-errors.js';

const MAX_WAIT_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 15_000;
/** The longest transaction that uses a table which the statement $1 names. */
const FIND_USER = `
  SELECT l.relation::regclass AS "table", l.pid, a.application_name AS program
    FROM pg_locks l JOIN pg_stat_activity a USING (pid) JOIN pg_class c ON c.oid = l.relation
   WHERE l.granted AND l.pid <> pg_backend_pid() AND c.relkind = 'r' AND $1 ~ ('\\m' || c.relname || '\\M')
     AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   ORDER BY a.xact_start NULLS LAST LIMIT 1`;

/**
 * Runs a migration, again while other transactions hold its locks. Pauses between the tries, so that requests get the locks. Prints one
 * line when that begins.
 * @throws StartupError if it lasts longer than `maxWaitMs`
 */
export async function retryWhileLocked(
  runner: QueryRunner,
  migration: string,
  work: () => Promise<void>,
  maxWaitMs = MAX_WAIT_MS,
): Promise<void> {
  let deadline: number | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isLockUnavailable(error)) throw error;
      const lock = await describeLock(runner, error);
      if (deadline === undefined) process.stderr.write(`${migration} waits for a lock ${lock}\n`);
      deadline ??= Date.now() + maxWaitMs;
      if (Date.now() >= deadline)
        throw new StartupError(
          `${migration} did not get a lock ${lock}. Migrate again when that transaction has ended: what has finished stays`,
        );
    }
    await sleep(pauseMs);
  }
}

async function describeLock(runner: QueryRunner, error: unknown): Promise<string> {
  const statement = error instanceof QueryFailedError ? error.query : '';
  const [user] = await runner.manager.query<{ table: string; pid: number; program: string }[]>(FIND_USER, [
    statement,
  ]);
  return user ? `on ${user.table}, which process ${user.pid} (${user.program}) uses` : 'on a table';
}

import type { TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';

/** Makes distant retries due and waits until the workers have no work left. */
export async function waitUntilIdle(database: TestDatabase): Promise<void> {
  await eventually(
    'the workers to become idle',
    async () => {
      await database.query(
        `UPDATE notifications SET due_at = now() WHERE state = 'pending' AND due_at > now() + interval '3 seconds'`,
      );
      await database.query(
        `UPDATE order_placements SET lease_expires_at = now() WHERE state = 'unknown' AND lease_expires_at > now()`,
      );
      await database.query(
        `UPDATE refunds SET due_at = now() WHERE state IN ('pending', 'unknown') AND due_at > now()`,
      );
      const [busy] = await database.query<{ count: number }>(
        `SELECT (SELECT count(*) FROM notifications WHERE state = 'pending')::int
              + (SELECT count(*) FROM refunds WHERE state IN ('pending', 'sending') OR due_at IS NOT NULL)::int
              + (SELECT count(*) FROM order_placements
                  WHERE state = 'charging' OR state = 'unknown' AND lease_expires_at IS NOT NULL)::int AS count`,
      );
      return busy?.count === 0;
    },
    60_000,
  );
}

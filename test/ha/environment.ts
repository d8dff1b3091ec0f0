import pg from 'pg';
import type { ChaosEnvironment } from '../faults/chaos/chaos-run.js';
import type { ClientHabits } from '../faults/chaos/simulated-clients.js';
import type { TestDatabase } from '../support/database.js';
import type { Cluster } from './cluster/cluster.js';

/** Longer than the outages, so that clients send orders before, during and after them. */
const HABITS: ClientHabits = {
  purchases: 50,
  startWindowMs: 20_000,
  retryForMs: 30_000,
  // As a 503 asks for.
  pauseMs: { from: 1_000, to: 2_000 },
  // An API gives up a silent database connection after 8 s.
  timeoutMs: 12_000,
};

/** Returns where the processes and the clients of a drill work. */
export function environmentOf(
  { primaryUrl, poolerUrl, apiUrl }: Cluster,
  apiPorts: readonly number[],
): ChaosEnvironment {
  return {
    database: databaseAt(primaryUrl),
    variables: {
      DATABASE_URL: poolerUrl,
      DATABASE_DIRECT_URL: primaryUrl,
      DATABASE_PREPARED_STATEMENTS: 'off',
      PAYMENT_TIMEOUT_MS: '5000',
      JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '600',
      // HAProxy needs two checks, a second apart, to see that an API is not ready.
      SHUTDOWN_DELAY_MS: '3000',
    },
    apiPorts,
    balancer: { url: apiUrl },
    habits: HABITS,
  };
}

/** The tests' own connections to the primary. */
function databaseAt(url: string): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 2, allowExitOnIdle: true });
  // The connection to a former primary ends.
  pool.on('error', () => undefined);
  return {
    url,
    query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
    drop: () => pool.end(),
  };
}

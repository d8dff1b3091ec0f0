import { literals } from '#database';
import type { NotificationState } from '#notifications';
import { OPEN_PLACEMENT_STATES, UNCONFIRMED_PLACEMENT_STATES, type PlacementState } from '#placements';
import { OPEN_REFUND_STATES } from '#refunds';

/** No backlog makes the statement slow: of each state and of the sessions, at most this many rows are counted. */
const MAX_ROWS = 10_000;
const MAX_SESSIONS = 100_000;

export type Backlog = 'placements' | 'refunds' | 'notifications';

/** The states that need work. Of the other states there are more every day. */
const STATES_WITH_WORK: Readonly<Record<Backlog, readonly string[]>> = {
  placements: [...UNCONFIRMED_PLACEMENT_STATES, 'refund_due' satisfies PlacementState],
  refunds: OPEN_REFUND_STATES,
  notifications: ['pending', 'dead'] satisfies NotificationState[],
};

const TABLES: Record<Backlog, string> = {
  placements: 'order_placements',
  refunds: 'refunds',
  notifications: 'notifications',
};

/** Reads the beginning of one state in an index of (state, created_at, id): the planner would scan tables for a GROUP BY. */
function stateOf(backlog: Backlog, state: string): string {
  return `
    SELECT '${backlog}' AS backlog, '${state}' AS state, count(*)::int AS rows,
           coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds"
      FROM (SELECT created_at FROM ${TABLES[backlog]}
             WHERE state = '${state}' ORDER BY created_at, id LIMIT ${MAX_ROWS}) AS open`;
}

const STATES = (['placements', 'refunds', 'notifications'] satisfies Backlog[]).flatMap((backlog) =>
  STATES_WITH_WORK[backlog].map((state) => stateOf(backlog, state)),
);

/** A charge is in doubt as soon as nobody waits for its outcome, also if no process has noticed that yet. */
export const BACKLOGS = `
  SELECT (SELECT json_agg(states) FROM (${STATES.join(' UNION ALL ')}) AS states) AS states,
         (SELECT coalesce(sum(total_cents), 0)::float8
            FROM (SELECT total_cents FROM order_placements
                   WHERE state IN (${literals(OPEN_PLACEMENT_STATES)}) AND (state = 'unknown' OR lease_expires_at < now())
                   LIMIT ${MAX_ROWS}) AS in_doubt) AS "inDoubtCents",
         (SELECT count(*)::int
            FROM (SELECT FROM sessions WHERE expires_at > now() ORDER BY expires_at LIMIT ${MAX_SESSIONS}) AS active) AS "activeSessions"`;

import type { NotificationState } from '#notifications';
import type { PlacementState } from '#placements';
import type { RefundState } from '#refunds';

/** No backlog makes the statement slow: of each state and of the sessions, at most this many rows are counted. */
const MAX_ROWS = 10_000;
const MAX_SESSIONS = 100_000;

/** The states that need work, by table. Of the other states there are more every day. */
export const OPEN_STATES = {
  placements: ['charging', 'unknown', 'declined_unconfirmed', 'refund_due'] satisfies PlacementState[],
  refunds: ['pending', 'sending', 'unknown'] satisfies RefundState[],
  notifications: ['pending', 'dead'] satisfies NotificationState[],
};
export type Backlog = keyof typeof OPEN_STATES;

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
  OPEN_STATES[backlog].map((state) => stateOf(backlog, state)),
);

/** A charge is in doubt as soon as nobody waits for its outcome, also if no process has noticed that yet. */
export const BACKLOGS = `
  SELECT (SELECT json_agg(states) FROM (${STATES.join(' UNION ALL ')}) AS states) AS states,
         (SELECT coalesce(sum(total_cents), 0)::float8
            FROM (SELECT total_cents FROM order_placements
                   WHERE state IN ('charging', 'unknown') AND (state = 'unknown' OR lease_expires_at < now())
                   LIMIT ${MAX_ROWS}) AS in_doubt) AS "inDoubtCents",
         (SELECT count(*)::int
            FROM (SELECT FROM sessions WHERE expires_at > now() LIMIT ${MAX_SESSIONS}) AS active) AS "activeSessions"`;

/** Rows of each backlog. */
export const ROWS = Number(process.env.SCALE_ROWS ?? 20_000);

export interface Backlog {
  name: string;
  /** Statements with $rows and $customer. */
  inserts: string[];
  /** The task of the worker that reads the backlog. */
  task: 'delivery' | 'refunding' | 'recovery' | 'key cleanup';
  /** The limit of 8 KB pages that one statement of the task may read. */
  maxPages: number;
}

const EACH_ROW = 'FROM generate_series(1, $rows) n';
const ORDERS = `
  INSERT INTO orders (id, customer_id, status, total_cents)
  SELECT md5(n || 'o')::uuid, $customer, 'ready', 430 ${EACH_ROW}`;
const NOTIFICATIONS = `
  INSERT INTO notifications (id, order_id, sequence, status, due_at)
  SELECT gen_random_uuid(), md5(n || 'o')::uuid`;
const PLACEMENTS = `
  INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at, created_at)
  SELECT md5(n || 'p')::uuid, md5(n || 'o')::uuid, md5(n || 'o')::uuid, $customer, 430, '{"items": [], "metadata": null}', 'r'`;

const REFUNDS = `
  INSERT INTO refunds (id, placement_id, amount_cents, reason, request_id, state, due_at)
  SELECT gen_random_uuid(), md5(n || 'p')::uuid, 100, 'quality', 'r'`;
const DECLINED = `${PLACEMENTS}, 'declined', NULL, now() - interval '1 day' ${EACH_ROW}`;

export const BACKLOGS: Backlog[] = [
  {
    name: 'notifications that wait for a retry',
    inserts: [ORDERS, `${NOTIFICATIONS}, 1, 'preparation', now() + n * interval '1 second' ${EACH_ROW}`],
    task: 'delivery',
    maxPages: 500,
  },
  {
    name: 'due notifications',
    inserts: [ORDERS, `${NOTIFICATIONS}, 1, 'preparation', now() - n * interval '1 second' ${EACH_ROW}`],
    task: 'delivery',
    maxPages: 1_000,
  },
  {
    name: 'notifications after a due one of the same order',
    inserts: [
      ORDERS,
      `${NOTIFICATIONS}, s, 'ready', now() - n * interval '1 second' ${EACH_ROW}, generate_series(1, 3) s`,
    ],
    task: 'delivery',
    maxPages: 1_000,
  },
  {
    name: 'notifications after one of the same order that waits for a retry',
    inserts: [
      ORDERS,
      `${NOTIFICATIONS}, s, 'ready', CASE s WHEN 1 THEN now() + interval '10 minutes' ELSE now() - n * interval '1 second' END
         ${EACH_ROW}, generate_series(1, 3) s`,
    ],
    task: 'delivery',
    // Each claim checks every due notification for an earlier undelivered one: about 70 ms for 20,000 orders.
    maxPages: 12 * ROWS,
  },
  {
    name: 'due refunds',
    inserts: [DECLINED, `${REFUNDS}, 'pending', now() - n * interval '1 second' ${EACH_ROW}`],
    task: 'refunding',
    maxPages: 500,
  },
  {
    name: 'refunds that wait for a manager',
    inserts: [DECLINED, `${REFUNDS}, 'unknown', NULL ${EACH_ROW}`],
    task: 'refunding',
    maxPages: 500,
  },
  {
    name: 'placements that wait for a manager',
    inserts: [`${PLACEMENTS}, 'unknown', NULL, now() - n * interval '1 second' ${EACH_ROW}`],
    task: 'recovery',
    maxPages: 500,
  },
  {
    name: 'placements that were interrupted a minute ago',
    inserts: [
      `${PLACEMENTS}, 'charging', now() - n * interval '1 millisecond', now() - interval '1 minute' ${EACH_ROW}`,
    ],
    task: 'recovery',
    maxPages: 2_000,
  },
  {
    name: 'placements that were interrupted a day ago',
    inserts: [
      `${PLACEMENTS}, 'charging', now() - n * interval '1 millisecond', now() - interval '1 day' ${EACH_ROW}`,
    ],
    task: 'recovery',
    maxPages: 10_000,
  },
  {
    name: 'expired keys of placements that wait for a manager',
    inserts: [
      `${PLACEMENTS}, 'unknown', NULL, now() - interval '2 days' ${EACH_ROW}`,
      `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, placement_id, expires_at)
       SELECT $customer, sha256(n::text::bytea), sha256('x'), md5(n || 'p')::uuid, now() - interval '1 day' ${EACH_ROW}`,
    ],
    task: 'key cleanup',
    maxPages: 40_000,
  },
];

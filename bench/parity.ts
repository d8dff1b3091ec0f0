import { isDeepStrictEqual } from 'node:util';
import type { Target } from './targets.js';
import type { Fixtures } from './workloads.js';

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:\d\d)?)/g;
const ROWS = [
  `SELECT customer_id, status, total_cents, metadata FROM orders ORDER BY created_at`,
  `SELECT i.position, i.product_id, i.variation_id, i.product_name, i.variation_name, i.quantity, i.product_base_price_cents,
          i.variation_price_change_cents, i.unit_price_cents, i.line_total_cents
     FROM order_items i JOIN orders o ON o.id = i.order_id ORDER BY o.created_at, i.position`,
  `SELECT amount_cents, request_payload, response_payload, response_status_code FROM payments ORDER BY created_at`,
  `SELECT user_id, key_hash FROM idempotency_keys`,
  `SELECT from_status, to_status, changed_by FROM order_status_transitions ORDER BY changed_at`,
  `SELECT sequence, status, state, attempts FROM notifications ORDER BY created_at`,
];

/**
 * Walks every target through the same story and compares what they answered and what they booked.
 * @throws Error naming the target and the step where one differs from the first
 */
export async function checkParity(targets: Target[], fixtures: Fixtures): Promise<void> {
  const [first, ...others] = await Promise.all(targets.map((target) => runScenario(target, fixtures)));
  for (const [index, steps] of others.entries()) {
    for (const [step, expected] of Object.entries(first ?? {})) {
      if (isDeepStrictEqual(steps[step], expected)) continue;
      const name = targets[index + 1]?.name ?? '';
      throw new Error(
        `${name} differs at "${step}":\n${JSON.stringify(steps[step])}\ninstead of\n${JSON.stringify(expected)}`,
      );
    }
  }
}

/** Checks that both serve the same menu, and nothing to whoever has it. */
export async function checkMenuParity(targets: Target[]): Promise<void> {
  const menus: { body: unknown; type: string | null; again: number }[] = [];
  for (const { servers } of targets) {
    const url = `${servers[0]?.url ?? ''}/api/v1/menu`;
    const menu = await fetch(url);
    const again = await fetch(url, { headers: { 'If-None-Match': menu.headers.get('etag') ?? '' } });
    menus.push({ body: await menu.json(), type: menu.headers.get('content-type'), again: again.status });
  }
  if (menus.some((menu) => !isDeepStrictEqual(menu, menus[0])))
    throw new Error(`Menus differ: ${JSON.stringify(menus)}`);
}

async function runScenario(
  { servers, database }: Target,
  { customer, manager, order }: Fixtures,
): Promise<Record<string, unknown>> {
  const url = `${servers[0]?.url ?? ''}/api/v1/orders`;
  const ids = new Map<string, string>();
  const known = new Set(
    JSON.stringify(await database.query('SELECT * FROM product_variations, users')).match(UUID),
  );
  /** Ids of this target's own by the order in which they appear, and times as one word. */
  const neutral = (value: unknown): unknown => {
    const text = JSON.stringify(value).replace(UUID, (id) => {
      if (known.has(id)) return id;
      if (!ids.has(id)) ids.set(id, `id ${ids.size}`);
      return ids.get(id) ?? '';
    });
    return JSON.parse(text.replace(TIME, 'time'));
  };
  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<{ status: number; body: unknown }> => {
    const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}${path}`, { method, headers: { ...type, ...headers }, body });
    return { status: answer.status, body: await answer.json() };
  };
  const shown = (answer: { status: number; body: unknown }): unknown => neutral(answer);

  const placed = await call('POST', '', customer, order);
  const id = idIn(placed.body);
  const key = { ...customer, 'Idempotency-Key': 'agreement' };
  const other = order.replace('"total_cents"', '"metadata":{"table":7},"total_cents"');
  return {
    placed: shown(placed),
    'placed with a key': shown(await call('POST', '', key, order)),
    'placed again with that key': shown(await call('POST', '', key, order)),
    'another order with that key': (await call('POST', '', key, other)).status,
    "a total that is not the menu's": (
      await call('POST', '', customer, order.replace(/"total_cents":\d+/, '"total_cents":1'))
    ).status,
    'no token': (await call('POST', '', {}, order)).status,
    'a forged token': (await call('GET', `/${id}`, { Authorization: `${customer.Authorization ?? ''}x` }))
      .status,
    read: shown(await call('GET', `/${id}`, customer)),
    'a step too far': (await call('PATCH', `/${id}/status`, manager, '{"status":"ready"}')).status,
    'not for customers': (await call('PATCH', `/${id}/status`, customer, '{"status":"preparation"}')).status,
    prepared: shown(await call('PATCH', `/${id}/status`, manager, '{"status":"preparation"}')),
    ready: shown(await call('PATCH', `/${id}/status`, manager, '{"status":"ready"}')),
    'read by the manager': shown(await call('GET', `/${id}`, manager)),
    rows: neutral(await Promise.all(ROWS.map((sql) => database.query(sql)))),
  };
}

function idIn(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
    return body.id;
  throw new Error(`No id in ${JSON.stringify(body)}`);
}

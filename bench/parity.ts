import { isDeepStrictEqual } from 'node:util';
import type { Fixtures } from './fixtures.js';
import type { Target } from './targets.js';

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:\d\d)?)/g;
const SELECT_ROWS = [
  `SELECT customer_id, status, total_cents, metadata, number, pickup_name, note FROM orders ORDER BY created_at`,
  `SELECT i.position, i.product_id, i.variation_id, i.product_name, i.variation_name, i.quantity, i.product_base_price_cents,
          i.variation_price_change_cents, i.unit_price_cents, i.line_total_cents
     FROM order_items i JOIN orders o ON o.id = i.order_id ORDER BY o.created_at, i.position`,
  `SELECT amount_cents, request_payload, response_payload, response_status_code FROM payments ORDER BY created_at`,
  `SELECT user_id, key_hash FROM idempotency_keys`,
  `SELECT from_status, to_status, changed_by FROM order_status_transitions ORDER BY changed_at`,
  `SELECT sequence, status, state, attempts FROM notifications ORDER BY created_at`,
];

/**
 * Sends the same requests to every target and compares the responses and the rows.
 * Throws an Error that names the target and the step if one differs from the first target.
 */
export async function checkParity(targets: Target[], fixtures: Fixtures): Promise<void> {
  const [first, ...others] = await Promise.all(targets.map((target) => runScenario(target, fixtures)));
  for (const [index, steps] of others.entries()) {
    for (const [step, expected] of Object.entries(first ?? {})) {
      if (isDeepStrictEqual(steps[step], expected)) continue;
      const name = targets[index + 1]?.name ?? '';
      throw new Error(
        `${name} differs at "${step}":\n${JSON.stringify(steps[step])}\nexpected:\n${JSON.stringify(expected)}`,
      );
    }
  }
}

/** Throws an Error if the targets return different menus, or different statuses for a menu that is not modified. */
export async function checkMenuParity(targets: Target[]): Promise<void> {
  const menus: { body: unknown; type: string | null; statusIfUnmodified: number }[] = [];
  for (const { servers } of targets) {
    const url = `${servers[0]?.url ?? ''}/api/v1/menu`;
    const menu = await fetch(url);
    // With its own Cache-Control, fetch asks express-hello for a complete response.
    const headers = { 'If-None-Match': menu.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
    const { status: statusIfUnmodified } = await fetch(url, { headers });
    menus.push({ body: await menu.json(), type: menu.headers.get('content-type'), statusIfUnmodified });
  }
  if (menus.some((menu) => !isDeepStrictEqual(menu, menus[0]))) {
    throw new Error(`Menus differ: ${JSON.stringify(menus)}`);
  }
}

/** Returns the result of each step by its name. */
async function runScenario(
  { servers, database }: Target,
  { customerHeaders: customer, managerHeaders: manager, orderBody }: Fixtures,
): Promise<Record<string, unknown>> {
  const url = `${servers[0]?.url ?? ''}/api/v1/orders`;
  const normalize = createNormalizer(await database.query('SELECT * FROM product_variations, users'));
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<{ status: number; body: unknown }> => {
    const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method, headers: { ...type, ...headers }, body });
    return { status: response.status, body: await response.json() };
  };
  const statusOf = async (...request: Parameters<typeof send>): Promise<number> =>
    (await send(...request)).status;

  const placed = await send('POST', '', customer, orderBody);
  const id = idOf(placed.body);
  const withKey = { ...customer, 'Idempotency-Key': 'parity' };
  const forged = { Authorization: `${customer.Authorization ?? ''}x` };
  const otherOrder = orderBody.replace('"total_cents"', '"metadata":{"table":7},"total_cents"');
  const namedOrder = orderBody.replace(
    '"total_cents"',
    '"pickup_name":"Ada","note":"Extra hot","total_cents"',
  );
  const wrongTotal = orderBody.replace(/"total_cents":\d+/, '"total_cents":1');
  const toPreparation = '{"status":"preparation"}';
  const toReady = '{"status":"ready"}';
  return {
    'place an order': normalize(placed),
    'place an order with a key': normalize(await send('POST', '', withKey, orderBody)),
    'repeat the order with the key': normalize(await send('POST', '', withKey, orderBody)),
    'place another order with the key': await statusOf('POST', '', withKey, otherOrder),
    'place an order with a name and a note': normalize(await send('POST', '', customer, namedOrder)),
    'place an order with a wrong total': await statusOf('POST', '', customer, wrongTotal),
    'place an order without a token': await statusOf('POST', '', {}, orderBody),
    'get the order with a forged token': await statusOf('GET', `/${id}`, forged),
    'get the order': normalize(await send('GET', `/${id}`, customer)),
    'skip a status': await statusOf('PATCH', `/${id}/status`, manager, toReady),
    'change the status as a customer': await statusOf('PATCH', `/${id}/status`, customer, toPreparation),
    'change the status to preparation': normalize(
      await send('PATCH', `/${id}/status`, manager, toPreparation),
    ),
    'change the status to ready': normalize(await send('PATCH', `/${id}/status`, manager, toReady)),
    'get the order as a manager': normalize(await send('GET', `/${id}`, manager)),
    rows: normalize(await Promise.all(SELECT_ROWS.map((sql) => database.query(sql)))),
  };
}

/** Replaces times by "time" and generated ids by their order of appearance. Seeded ids are equal in all databases and stay. */
function createNormalizer(seededRows: unknown[]): (value: unknown) => unknown {
  const seededIds = new Set(JSON.stringify(seededRows).match(UUID));
  const generatedIds = new Map<string, string>();
  const replaceId = (id: string): string => {
    if (seededIds.has(id)) return id;
    const replacement = generatedIds.get(id) ?? `id ${generatedIds.size}`;
    generatedIds.set(id, replacement);
    return replacement;
  };
  return (value) => JSON.parse(JSON.stringify(value).replace(UUID, replaceId).replace(TIME, 'time'));
}

function idOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
    return body.id;
  throw new Error(`No id in ${JSON.stringify(body)}`);
}

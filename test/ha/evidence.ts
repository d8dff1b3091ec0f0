import type { ChaosRun } from '../faults/chaos/chaos-run.js';
import type { Purchase } from '../faults/chaos/purchase.js';
import type { PaymentStub } from '../support/payment-stub.js';

/** What the API logs when the provider has answered a charge. */
const ANSWERED = 'The payment provider answered';

/** The purchases whose order was acknowledged to a client and is not in the database. */
export async function lostOrders({ app }: ChaosRun, purchases: readonly Purchase[]): Promise<string[]> {
  const acknowledged = purchases.flatMap(({ order }) => order?.id ?? []);
  const lost = await app.database.query<{ id: string }>(
    `SELECT id FROM unnest($1::uuid[]) AS acknowledged(id)
      WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = acknowledged.id)`,
    [acknowledged],
  );
  return lost.map(({ id }) => id);
}

/** The placements whose outcome a manager must decide. */
export async function unknownPlacements({ app }: ChaosRun): Promise<string[]> {
  const unknown = await app.database.query<{ id: string }>(
    `SELECT id FROM order_placements WHERE state = 'unknown'`,
  );
  return unknown.map(({ id }) => id);
}

/** Returns the placements for which a process has logged that the provider approved. */
export function heardApprovals({ processes }: ChaosRun): Set<string> {
  const approved = processes
    .flatMap(({ output }) => output.split('\n'))
    .filter((line) => line.includes(ANSWERED))
    .flatMap((line) => parsed(line) ?? [])
    .filter(({ status = 0 }) => status >= 200 && status < 300);
  return new Set(approved.flatMap(({ placement }) => placement ?? []));
}

/** Returns how often the provider charged for a purchase. */
export function chargesOf(purchase: Purchase, { requests, charges }: PaymentStub): number {
  const keys = keysOf(purchase, requests);
  return charges.filter(({ key }) => keys.has(key)).length;
}

/** Returns the provider keys of a purchase. The provider receives the trace of the client's request with each charge. */
export function keysOf({ traceId }: Purchase, requests: PaymentStub['requests']): Set<string> {
  const own = requests.filter(({ traceparent }) => String(traceparent).includes(traceId));
  return new Set(own.flatMap(({ key }) => key ?? []));
}

/** Returns undefined for a line that was cut when its process was killed. */
function parsed(line: string): { placement?: string; status?: number } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

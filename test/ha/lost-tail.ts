import type { ChaosRun } from '../faults/chaos/chaos-run.js';
import type { Purchase } from '../faults/chaos/purchase.js';
import { keysOf } from './evidence.js';

/** Status changes and refunds follow an order within this time. */
const WORK_FOLLOWS_WITHIN_MS = 5_000;

/** A time whose commits were lost, in ms: the only fault that breaks invariants by its nature. */
export interface LostTail {
  from: number;
  until: number;
  /** Those that cannot hold for the purchases of this time, besides I14. */
  invariants: readonly string[];
}

/** Returns the orders whose first 201 arrived in the lost time. No other may be lost. */
export function acknowledgedIn({ from, until }: LostTail, purchases: readonly Purchase[]): Set<string> {
  return new Set(
    purchases
      .filter(({ responses }) =>
        responses.some(
          ({ status, receivedAt }) => status === 201 && receivedAt >= from && receivedAt <= until,
        ),
      )
      .flatMap(({ order }) => order?.id ?? []),
  );
}

/** Returns every id by which a violation may name a purchase that was under way in the lost time. */
export async function idsUnderWayIn(
  tail: LostTail,
  { app }: ChaosRun,
  purchases: readonly Purchase[],
): Promise<string[]> {
  const underWay = purchases.filter((purchase) => isUnderWay(purchase, tail));
  const keys = underWay.flatMap((purchase) => [...keysOf(purchase, app.payments.requests)]);
  const orders = underWay.flatMap(({ order }) => order?.id ?? []);
  const rows = await app.database.query<{ ids: string[] }>(
    `SELECT array_remove(ARRAY[p.id, p.order_id, r.id], NULL)::text[] AS ids
       FROM order_placements p LEFT JOIN refunds r ON r.placement_id = p.id
      WHERE coalesce(p.provider_key, p.id) = ANY($1::uuid[]) OR p.order_id = ANY($2::uuid[])`,
    [keys, orders],
  );
  const refunds = app.refunds.refunds.filter(({ charge }) => keys.includes(charge));
  return [
    ...underWay.map(({ id }) => id),
    ...keys,
    ...orders,
    ...rows.flatMap(({ ids }) => ids),
    ...refunds.map(({ key }) => key),
  ];
}

function isUnderWay({ startedAt = Infinity, responses }: Purchase, { from, until }: LostTail): boolean {
  const finalAt = responses.find(({ status }) => status < 500)?.receivedAt ?? Infinity;
  return startedAt <= until && finalAt >= from - WORK_FOLLOWS_WITHIN_MS;
}

import { randomBytes, randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { newId, Transactions } from '#database';
import { eventually } from '../../test/support/eventually.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { ChargeOutcomesService } from './charge-outcomes.service.js';
import type { KeyClaim, NewPlacement, OpenPlacement } from './placement-attempt.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';

const LEASE_MS = 60_000;
const APPROVED = { kind: 'approved', answer: { status: 200, body: {} } } as const;

describe('a lost placement', () => {
  let app: TestApp;
  let customerId: string;
  let transitions: PlacementTransitionsRepository;

  beforeAll(async () => {
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' });
    customerId = (await app.customer()).id;
    transitions = app.api.get(PlacementTransitionsRepository, { strict: false });
  });
  afterAll(() => app.close());

  function newPlacement(providerKey: string | null = randomUUID()): NewPlacement {
    const ids = { id: newId(), orderId: newId(), paymentId: newId(), customerId, providerKey };
    return { ...ids, totalCents: 300, draft: { items: [], metadata: null }, ...TEST_CONTEXT };
  }

  function newKey(): KeyClaim {
    return { userId: customerId, hash: randomBytes(32), fingerprint: randomBytes(32) };
  }

  function begin(placement: NewPlacement, key: KeyClaim): Promise<unknown> {
    return transitions.begin(placement, LEASE_MS, null, key);
  }

  function opened(placement: NewPlacement, key: KeyClaim): OpenPlacement {
    return { ...placement, attempt: 1, number: 7, key };
  }

  function restore(
    placement: NewPlacement,
    key: KeyClaim,
    isChargedOnce = true,
  ): ReturnType<typeof transitions.restore> {
    return transitions.restore(opened(placement, key), LEASE_MS, isChargedOnce);
  }

  async function isStored({ id }: NewPlacement): Promise<boolean> {
    return (await app.database.query('SELECT FROM order_placements WHERE id = $1', [id])).length > 0;
  }

  it('is restored', async () => {
    const placement = newPlacement();

    expect(await restore(placement, newKey())).toBeUndefined();

    const sql = 'SELECT provider_key FROM order_placements WHERE id = $1';
    expect(await app.database.query(sql, [placement.id])).toEqual([{ provider_key: placement.providerKey }]);
  });

  it('leads to the placement that has claimed its key meanwhile', async () => {
    const key = newKey();
    const lost = newPlacement();
    const next = newPlacement(lost.providerKey);
    await begin(next, key);

    expect(await restore(lost, key)).toMatchObject({ id: next.id, state: 'charging' });
    expect(await isStored(lost)).toBe(false);
  });

  it.each([
    ['has another provider key', () => newPlacement(), true],
    [
      'has another total',
      ({ providerKey }: NewPlacement) => ({ ...newPlacement(providerKey), totalCents: 350 }),
      true,
    ],
    ['may have another charge', ({ providerKey }: NewPlacement) => newPlacement(providerKey), false],
  ])(
    'is restored beside a placement that has claimed its key and %s',
    async (_, successor, isChargedOnce) => {
      const [lost, key] = [newPlacement(), newKey()];
      await begin(successor(lost), key);

      expect(await restore(lost, key, isChargedOnce)).toBeUndefined();
      expect(await isStored(lost)).toBe(true);
    },
  );

  it('waits for a claim of its key that is not committed yet', async () => {
    const [lost, key] = [newPlacement(), newKey()];
    const next = newPlacement(lost.providerKey);
    const { restoring } = await app.api.get(Transactions, { strict: false }).run(async (tx) => {
      await tx.query(
        `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at,
                                       provider_key)
         VALUES ($1, $2, $3, $4, 300, '{}', 'test', 'charging', now(), $5)`,
        [next.id, next.orderId, next.paymentId, customerId, next.providerKey],
      );
      await tx.query(
        `INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, placement_id, expires_at) VALUES ($1, $2, $3, $4, now() + interval '1 day')`,
        [customerId, key.hash, key.fingerprint, next.id],
      );
      const running = restore(lost, key);
      await eventually('the wait for the claim', async () => {
        const waiting = await app.database.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting.length === 1;
      });
      return { restoring: running };
    });

    expect(await restoring).toBeUndefined();
    expect(await isStored(lost)).toBe(false);
    expect(await restore(lost, key)).toMatchObject({ id: next.id });
  });

  it('gets its order if its successor is lost, too', async () => {
    const [lost, key] = [newPlacement(), newKey()];
    const successor = newPlacement(lost.providerKey);
    await begin(successor, key);
    const restoring = transitions.restore.bind(transitions);
    jest.spyOn(transitions, 'restore').mockImplementationOnce(async (...given) => {
      const found = await restoring(...given);
      await app.database.query('DELETE FROM idempotency_keys WHERE placement_id = $1', [successor.id]);
      await app.database.query('DELETE FROM order_placements WHERE id = $1', [successor.id]);
      return found;
    });

    const outcomes = app.api.get(ChargeOutcomesService, { strict: false });
    const { order } = await outcomes.record(opened(lost, key), APPROVED);

    expect(order.id).toBe(lost.orderId);
    expect(await isStored(lost)).toBe(true);
  });
});

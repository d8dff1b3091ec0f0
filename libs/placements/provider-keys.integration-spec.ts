import { randomBytes, randomUUID } from 'node:crypto';
import { newId, Transactions } from '#database';
import { eventually } from '../../test/support/eventually.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import type { KeyClaim, NewPlacement } from './placement-attempt.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';

const LEASE_MS = 60_000;

describe('the provider key of a placement', () => {
  let app: TestApp;
  let customerId: string;
  let transitions: PlacementTransitionsRepository;

  beforeAll(async () => {
    app = await TestApp.start();
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

  /** Returns the provider key that begin returns. */
  async function begin(
    placement: NewPlacement,
    key?: KeyClaim,
    limit: number | null = null,
  ): Promise<unknown> {
    const begun = await transitions.begin(placement, LEASE_MS, limit, key);
    return typeof begun === 'string' ? begun : begun.providerKey;
  }

  async function expire({ hash }: KeyClaim): Promise<void> {
    await app.database.query('UPDATE idempotency_keys SET expires_at = now() WHERE key_hash = $1', [hash]);
  }

  function restore(
    placement: NewPlacement,
    key: KeyClaim,
    isChargedOnce = true,
  ): ReturnType<typeof transitions.restore> {
    return transitions.restore({ ...placement, attempt: 1, number: 7, key }, LEASE_MS, isChargedOnce);
  }

  async function isStored({ id }: NewPlacement): Promise<boolean> {
    return (await app.database.query('SELECT FROM order_placements WHERE id = $1', [id])).length > 0;
  }

  it.each([null, 1_000])('is the given one at first, with a limit of %s open orders', async (limit) => {
    const placement = newPlacement();

    expect(await begin(placement, newKey(), limit)).toBe(placement.providerKey);
  });

  it.each([null, 1_000])(
    'is none after the key has expired, with a limit of %s open orders',
    async (limit) => {
      const key = newKey();
      const first = newPlacement();
      await begin(first, key);
      await transitions.settleApproved(first.id, null);
      await expire(key);

      expect(await begin(newPlacement(), key, limit)).toBeNull();
    },
  );

  it('is the given one after an attempt that was not sent', async () => {
    const key = newKey();
    const [first, second] = [newPlacement(), newPlacement()];
    await begin(first, key);
    await transitions.markUnsent(first, 'ECONNREFUSED');

    expect(await begin(second, key)).toBe(second.providerKey);
  });

  it('stays if begin finds its own row', async () => {
    const [placement, key] = [newPlacement(), newKey()];
    await begin(placement, key);

    expect(await begin({ ...placement, providerKey: randomUUID() }, key)).toBe(placement.providerKey);
  });

  it('stays none if begin finds its own row', async () => {
    const [first, second, key] = [newPlacement(), newPlacement(), newKey()];
    await begin(first, key);
    await transitions.settleApproved(first.id, null);
    await expire(key);
    await begin(second, key);

    expect(await begin(second, key)).toBeNull();
  });

  it('stays if the placement is taken again', async () => {
    const placement = newPlacement();
    await begin(placement, newKey());
    await transitions.markUnknown({ id: placement.id, attempt: 1 }, 'timeout', 0);

    expect(await transitions.reclaim(placement.id, LEASE_MS)).toMatchObject({
      providerKey: placement.providerKey,
    });
  });

  describe('of a lost placement', () => {
    it('is restored', async () => {
      const placement = newPlacement();

      expect(await restore(placement, newKey())).toBeUndefined();

      const sql = 'SELECT provider_key FROM order_placements WHERE id = $1';
      expect(await app.database.query(sql, [placement.id])).toEqual([
        { provider_key: placement.providerKey },
      ]);
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
  });
});

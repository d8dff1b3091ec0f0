import { randomBytes } from 'node:crypto';
import { newId, Transactions } from '#database';
import { eventually } from '../../test/support/eventually.js';
import { TestApp } from '../../test/support/test-app.js';
import { TEST_CONTEXT } from '../../test/support/test-context.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';
import type { KeyClaim, NewPlacement } from './placement-attempt.js';
import { PlacementTransitionsRepository } from './placement-transitions.repository.js';

const LEASE_MS = 60_000;

describe('the transitions of a placement', () => {
  let app: TestApp;
  let customerId: string;
  let transitions: PlacementTransitionsRepository;
  let keys: IdempotencyKeysRepository;

  beforeAll(async () => {
    app = await TestApp.start();
    customerId = (await app.customer()).id;
    transitions = app.api.get(PlacementTransitionsRepository, { strict: false });
    keys = app.api.get(IdempotencyKeysRepository, { strict: false });
  });
  afterAll(() => app.close());

  function newPlacement(): NewPlacement {
    const ids = { id: newId(), orderId: newId(), paymentId: newId(), customerId };
    return {
      ...ids,
      providerKey: null,
      totalCents: 300,
      draft: { items: [], metadata: null },
      ...TEST_CONTEXT,
    };
  }

  function newKey(): KeyClaim {
    return { userId: customerId, hash: randomBytes(32), fingerprint: randomBytes(32) };
  }

  async function begun(key?: KeyClaim): Promise<NewPlacement> {
    const placement = newPlacement();
    expect(await transitions.begin(placement, LEASE_MS, null, key)).toHaveProperty('number');
    return placement;
  }

  async function expireLease({ id }: NewPlacement): Promise<void> {
    await app.database.query(
      `UPDATE order_placements SET lease_expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
  }

  it('renews the lease if begin finds its own row', async () => {
    const placement = await begun();
    await expireLease(placement);

    expect(await transitions.begin(placement, LEASE_MS, null)).toHaveProperty('number');

    expect(await transitions.reclaim(placement.id, LEASE_MS)).toBeUndefined();
  });

  it('returns the same number if begin finds its own row', async () => {
    const [placement, key] = [newPlacement(), newKey()];
    const first = await transitions.begin(placement, LEASE_MS, null, key);
    await begun();

    expect(await transitions.begin(placement, LEASE_MS, null, key)).toEqual(first);
  });

  it('restores a placement with its number', async () => {
    const placement = { ...newPlacement(), attempt: 1, number: 42 };

    await transitions.restore(placement, LEASE_MS, true);

    const sql = 'SELECT number FROM order_placements WHERE id = $1';
    expect(await app.database.query(sql, [placement.id])).toEqual([{ number: 42 }]);
  });

  it('does not begin a placement that another process has taken', async () => {
    const placement = await begun();
    await expireLease(placement);
    await transitions.reclaim(placement.id, LEASE_MS);

    expect(await transitions.begin(placement, LEASE_MS, null)).toBe('not_opened');
  });

  it('keeps the first reason why an outcome is unknown', async () => {
    const { id } = await begun();
    await transitions.markUnknown({ id, attempt: 1 }, 'timeout', 0);
    await transitions.reclaim(id, LEASE_MS);
    await transitions.markUnknown({ id, attempt: 2 }, 'ECONNREFUSED', 0);

    const [row] = await app.database.query('SELECT failure FROM order_placements WHERE id = $1', [id]);
    expect(row).toEqual({ failure: 'timeout' });
  });

  it('claims an expired placement with its key', async () => {
    const key = newKey();
    const [keyed, plain] = [await begun(key), await begun()];
    await Promise.all([expireLease(keyed), expireLease(plain)]);

    const claimed = await transitions.claimExpired(100, LEASE_MS, LEASE_MS);

    expect(claimed.find(({ id }) => id === keyed.id)?.key).toEqual(key);
    expect(claimed.find(({ id }) => id === plain.id)?.key).toBeUndefined();
  });

  describe('while the number of open orders is limited', () => {
    let open: number;

    beforeEach(async () => {
      await begun();
      const [row] = await app.database.query<{ open: number }>(
        `SELECT count(*)::int AS open FROM order_placements WHERE state IN ('charging', 'unknown')`,
      );
      open = row?.open ?? 0;
    });

    it.each([
      ['without a key', undefined],
      ['with a key', newKey],
    ])('begins %s only below the limit', async (_, makeKey) => {
      const [placement, key] = [newPlacement(), makeKey?.()];

      expect(await transitions.begin(placement, LEASE_MS, open, key)).toBe('no_room');
      expect(await transitions.begin(placement, LEASE_MS, open + 1, key)).toHaveProperty('number');
    });

    it('leaves the key free', async () => {
      const key = newKey();
      await transitions.begin(newPlacement(), LEASE_MS, open, key);

      expect(await keys.findPlacement(key)).toBeUndefined();
    });

    it('finds its own row, although the limit is reached by it', async () => {
      const [placement, key] = [newPlacement(), newKey()];
      const first = await transitions.begin(placement, LEASE_MS, open + 1, key);

      expect(await transitions.begin(placement, LEASE_MS, open + 1, key)).toEqual(first);
    });

    it('returns not_opened, not no_room, if another process has taken the placement', async () => {
      const placement = await begun();
      await expireLease(placement);
      await transitions.reclaim(placement.id, LEASE_MS);

      expect(await transitions.begin(placement, LEASE_MS, 1)).toBe('not_opened');
    });
  });

  describe('an unsent placement', () => {
    it('is not marked after another send', async () => {
      const placement = await begun();
      await expireLease(placement);
      await transitions.reclaim(placement.id, LEASE_MS);

      expect(await transitions.markUnsent(placement, 'ECONNREFUSED')).toBe(false);
    });

    it('frees its key', async () => {
      const key = newKey();
      expect(await transitions.markUnsent(await begun(key), 'ECONNREFUSED')).toBe(true);

      expect(await keys.findPlacement(key)).toBeUndefined();
      await begun(key);
    });

    it('cannot begin later', async () => {
      const placement = newPlacement();
      await transitions.markUnsent(placement, 'unconfirmed');

      expect(await transitions.begin(placement, LEASE_MS, null)).toBe('not_opened');
    });

    it('includes one whose begin is not committed yet', async () => {
      const placement = newPlacement();
      const { id, orderId, paymentId } = placement;
      const transactions = app.api.get(Transactions, { strict: false });
      const { marked } = await transactions.run(async (tx) => {
        await tx.query(
          `INSERT INTO order_placements (id, order_id, payment_id, customer_id, total_cents, draft, request_id, state, lease_expires_at)
           VALUES ($1, $2, $3, $4, 300, '{}', 'test', 'charging', now())`,
          [id, orderId, paymentId, customerId],
        );
        const marking = transitions.markUnsent(placement, 'unconfirmed');
        await eventually('the wait for the begin', async () => {
          const waiting = await app.database.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return waiting.length === 1;
        });
        return { marked: marking };
      });

      expect(await marked).toBe(true);
    });
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { newId } from '#database';
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

  /** Returns a key that has expired, and the placement that it stood for. */
  async function expiredKey(): Promise<{ key: KeyClaim; former: NewPlacement }> {
    const [key, former] = [newKey(), newPlacement()];
    await begin(former, key);
    await transitions.settleApproved(former.id, null);
    await expire(key);
    return { key, former };
  }

  async function expire({ hash }: KeyClaim): Promise<void> {
    await app.database.query('UPDATE idempotency_keys SET expires_at = now() WHERE key_hash = $1', [hash]);
  }

  it.each([null, 1_000])('is the given one at first, with a limit of %s open orders', async (limit) => {
    const placement = newPlacement();

    expect(await begin(placement, newKey(), limit)).toBe(placement.providerKey);
  });

  it.each([null, 1_000])(
    'is none if an expired key had it, with a limit of %s open orders',
    async (limit) => {
      const { key, former } = await expiredKey();

      expect(await begin(newPlacement(former.providerKey), key, limit)).toBeNull();
    },
  );

  it.each([null, 1_000])(
    'is the given one if an expired key had another, with a limit of %s open orders',
    async (limit) => {
      const { key } = await expiredKey();
      const placement = newPlacement();

      expect(await begin(placement, key, limit)).toBe(placement.providerKey);
    },
  );

  it('is the given one after an attempt that was not sent', async () => {
    const [key, first] = [newKey(), newPlacement()];
    await begin(first, key);
    await transitions.markUnsent(first, 'ECONNREFUSED');
    await expire(key);

    expect(await begin(newPlacement(first.providerKey), key)).toBe(first.providerKey);
  });

  it('stays if begin finds its own row', async () => {
    const [placement, key] = [newPlacement(), newKey()];
    await begin(placement, key);

    expect(await begin({ ...placement, providerKey: randomUUID() }, key)).toBe(placement.providerKey);
  });

  it('stays none if begin finds its own row', async () => {
    const { key, former } = await expiredKey();
    const second = newPlacement(former.providerKey);
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
});

import type { PlacementDto } from '../../apps/api/placements/dto/placement.dto.js';
import type { AdminRefundDto } from '../../apps/api/refunds/dto/admin-refund.dto.js';
import { eventually } from '../support/eventually.js';
import { logIn } from '../support/log-in.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';
import { FormerShop, MANAGER_ID, OTHER_MANAGER_ID, TOTAL_CENTS } from './former-shop.js';

const REFUNDS = '/api/v1/admin/refunds';
const PLACEMENTS = '/api/v1/admin/placements';

/** What managers found before the refund was due. The provider approved the last two after their decline. */
const ORIGINS: [string, Parameters<FormerShop['insertDue']>[0], requestedBy: string | null][] = [
  ['a manager', [['charged', OTHER_MANAGER_ID]], OTHER_MANAGER_ID],
  [
    'two managers',
    [
      ['charged', OTHER_MANAGER_ID],
      ['charged', MANAGER_ID],
    ],
    OTHER_MANAGER_ID,
  ],
  ['a late approval', [], null],
  ['a late approval after a manager', [['not_charged', MANAGER_ID]], null],
];

describe('A charge whose refund was due before refunds were sent', () => {
  let shop: FormerShop;
  let app: TestApp;
  let manager: Person;
  let free: string;
  /** The placements of each origin: each test takes another one. */
  const due = new Map<string, string[]>();

  beforeAll(async () => {
    shop = await FormerShop.create();
    free = await shop.insertDue([['charged', MANAGER_ID]], 0);
    for (const [origin, resolutions] of ORIGINS) {
      const ids = [];
      for (let test = 0; test < 4; test += 1) ids.push(await shop.insertDue(resolutions));
      due.set(origin, ids);
    }
    await shop.upgrade();
    // A provider that honours keys is sent the most.
    app = await TestApp.start({ PAYMENT_PROVIDER_IDEMPOTENCY: 'supported' }, shop.database);
    manager = await logIn(app.url, 'manager');
    await app.startWorker();
  });
  afterAll(() => app.close());

  /** Returns a placement that no other test uses. */
  function take(origin: string): string {
    const id = due.get(origin)?.pop();
    if (id === undefined) throw new Error(`No placement of ${origin} is left`);
    return id;
  }

  async function refundsOf(placementId: string, filter = ''): Promise<AdminRefundDto[]> {
    const { body } = await manager.get(`${REFUNDS}?limit=100${filter}`).expect(200);
    return (body as AdminRefundDto[]).filter(({ placement_id: id }) => id === placementId);
  }

  async function resolveRefund(placementId: string, outcome: string): Promise<void> {
    const [refund] = await refundsOf(placementId, '&state=unknown');
    await manager.post(`${REFUNDS}/${refund?.id}/resolve`, { outcome, note: 'in the ledger' }).expect(200);
  }

  function resolvePlacement(id: string, outcome: string): ReturnType<Person['post']> {
    return manager.post(`${PLACEMENTS}/${id}/resolve`, { outcome, note: 'in the ledger' });
  }

  async function stateOf(id: string): Promise<string> {
    return ((await manager.get(`${PLACEMENTS}/${id}`).expect(200)).body as PlacementDto).state;
  }

  describe.each(ORIGINS)('by %s', (origin, _, requestedBy) => {
    it('is on the desk with one refund of its whole total', async () => {
      const id = take(origin);

      expect(await refundsOf(id, '&state=unknown')).toMatchObject([
        {
          order_id: null,
          amount_cents: TOTAL_CENTS,
          reason: 'other',
          requested_by: requestedBy && { id: requestedBy, role: 'manager' },
          settled_at: null,
          resolutions: [],
        },
      ]);
      expect(await refundsOf(id)).toHaveLength(1);
      expect(await stateOf(id)).toBe('refund_due');
    });

    it('is closed when a manager finds that it was refunded', async () => {
      const id = take(origin);

      await resolveRefund(id, 'refunded');

      expect(await stateOf(id)).toBe('declined');
    });

    it('gets a refund that is sent when a manager finds that it was not refunded', async () => {
      const id = take(origin);
      await resolveRefund(id, 'not_refunded');

      await resolvePlacement(id, 'charged').expect(200);

      await eventually('the placement to be closed', async () => (await stateOf(id)) === 'declined');
      expect((await refundsOf(id)).map(({ state }) => state)).toEqual(['refunded', 'rejected']);
      const sent = app.refunds.requests.filter(({ body }) => body.charge === id);
      expect(sent.map(({ body }) => body.value)).toEqual([TOTAL_CENTS]);
    });
  });

  it('is not sent to the provider before a manager has resolved it', async () => {
    const id = take('a manager');
    await resolveRefund(id, 'not_refunded');
    await resolvePlacement(id, 'charged').expect(200);
    // Its new refund shows that the worker has looked for due ones.
    await eventually('the placement to be closed', async () => (await stateOf(id)) === 'declined');

    const { body } = await manager.get(`${REFUNDS}?state=unknown&limit=100`).expect(200);

    const unresolved = (body as AdminRefundDto[]).map(({ placement_id: placementId }) => placementId);
    const sent = app.refunds.requests.map(({ body: { charge } }) => charge);
    expect(unresolved).not.toEqual([]);
    expect(sent.filter((charge) => unresolved.includes(charge))).toEqual([]);
  });

  it('has no refund if its total is 0, and can be closed', async () => {
    expect(await refundsOf(free)).toEqual([]);

    await resolvePlacement(free, 'not_charged').expect(200);

    expect(await stateOf(free)).toBe('declined');
  });
});

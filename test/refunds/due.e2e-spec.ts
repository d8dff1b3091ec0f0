import type { PlacementDto } from '../../apps/api/placements/dto/placement.dto.js';
import type { AdminRefundDto } from '../../apps/api/refunds/dto/admin-refund.dto.js';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import { decline } from '../support/payment-stub.js';
import { refund, reject } from '../support/refund-stub.js';
import { RefundContext, TWO_LATTES, TWO_LATTES_CENTS, WITHOUT_KEYS } from './refund-context.js';

const PLACEMENTS = '/api/v1/admin/placements';

describe('A charge that became no order', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_KEYS);
    await context.app.startWorker();
  });
  afterAll(() => context.close());

  /** Returns the id of a placement that was declined with 502 although it was charged. */
  async function placeDeclined(): Promise<string> {
    context.app.payments.once(decline(502, 'bad gateway'));
    await context.customer.placeWithKey(await context.customer.orderFor(...TWO_LATTES)).expect(402);
    const { body } = await context.manager.get(`${PLACEMENTS}?limit=1`).expect(200);
    return (body as PlacementDto[])[0]?.id ?? '';
  }

  function resolve(id: string, outcome: string): ReturnType<typeof context.manager.post> {
    return context.manager.post(`${PLACEMENTS}/${id}/resolve`, { outcome, note: 'in the ledger' });
  }

  async function stateOf(id: string): Promise<string> {
    return ((await context.manager.get(`${PLACEMENTS}/${id}`).expect(200)).body as PlacementDto).state;
  }

  /** Waits for the refund of a placement and its state. */
  async function refundOf(placementId: string, state: string): Promise<AdminRefundDto> {
    return eventually(`the refund to be ${state}`, async () => {
      const { body } = await context.manager.get('/api/v1/admin/refunds?limit=100').expect(200);
      return (body as AdminRefundDto[]).find(
        (found) => found.placement_id === placementId && found.state === state,
      );
    });
  }

  it('is refunded and closed after a manager has resolved it as charged', async () => {
    const id = await placeDeclined();

    await resolve(id, 'charged').expect(200);

    expect(await refundOf(id, 'refunded')).toMatchObject({
      order_id: null,
      placement_id: id,
      amount_cents: TWO_LATTES_CENTS,
      reason: 'other',
      requested_by: { id: context.manager.id, role: 'manager' },
    });
    expect(await stateOf(id)).toBe('declined');
    const { key: charge } = context.app.payments.requests.at(-1)!;
    expect(context.app.refunds.requests.at(-1)?.body).toEqual({ value: TWO_LATTES_CENTS, charge });
  });

  it('is refunded and closed after a late approval', async () => {
    const held = new HeldCharge();
    context.app.payments.once(held.behaviour);
    const order = await context.customer.orderFor(...TWO_LATTES);
    const placing = context.customer.placeWithKey(order).then((response) => response);
    await held.arrived;
    await context.app.database.query(
      `UPDATE order_placements SET lease_expires_at = now() WHERE state = 'charging'`,
    );
    const { id } = await eventually('the placement to be unknown', async () => {
      const { body } = await context.manager.get(`${PLACEMENTS}?state=unknown`).expect(200);
      return (body as PlacementDto[])[0];
    });
    await resolve(id, 'not_charged').expect(200);

    held.release();

    expect((await placing).status).toBe(402);
    expect(await refundOf(id, 'refunded')).toMatchObject({ order_id: null, requested_by: null });
    expect(await stateOf(id)).toBe('declined');
  });

  it('stays due if the provider rejects its refund', async () => {
    const id = await placeDeclined();
    context.app.refunds.once(reject());

    await resolve(id, 'charged').expect(200);

    await refundOf(id, 'rejected');
    expect(await stateOf(id)).toBe('refund_due');
    await resolve(id, 'not_charged').expect(200);
    expect(await stateOf(id)).toBe('declined');
  });

  it('cannot be resolved as not charged while its refund is being sent', async () => {
    const id = await placeDeclined();
    const held = new HeldCharge(refund);
    context.app.refunds.once(held.behaviour);
    await resolve(id, 'charged').expect(200);
    await held.arrived;

    const { body } = await resolve(id, 'not_charged').expect(409);

    expect(body.code).toBe('refund_in_progress');
    expect(await stateOf(id)).toBe('refund_due');
    held.release();
    await refundOf(id, 'refunded');
  });

  it('gets no second refund when a manager repeats the word', async () => {
    const id = await placeDeclined();
    await resolve(id, 'charged').expect(200);
    await refundOf(id, 'refunded');

    await resolve(id, 'charged');

    const refunds = await context.app.database.query('SELECT id FROM refunds WHERE placement_id = $1', [id]);
    expect(refunds).toHaveLength(1);
  });

  it('is not refunded if a manager withdraws it before the send', async () => {
    const id = await placeDeclined();
    await context.app.refunds.stop();
    await resolve(id, 'charged').expect(200);

    await eventually('the withdrawal', async () => (await resolve(id, 'not_charged')).status === 200);

    await context.app.refunds.restart();
    await refundOf(id, 'rejected');
    expect(await stateOf(id)).toBe('declined');
    const { id: later } = await context.requested((await context.placeOrder()).id, 10);
    await context.waitForState('refunded', later);
    expect(context.app.refunds.refunds.filter(({ charge }) => charge === id)).toEqual([]);
  });
});

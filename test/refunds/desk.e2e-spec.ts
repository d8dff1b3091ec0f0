import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { AdminRefundDto } from '../../apps/api/refunds/dto/admin-refund.dto.js';
import { HeldCharge } from '../support/held-charge.js';
import { refund, refundAndReset, reject } from '../support/refund-stub.js';
import { RefundContext, WITHOUT_KEYS, WITHOUT_PROVIDER } from './refund-context.js';

const REFUNDS = '/api/v1/admin/refunds';

describe('A manager', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_KEYS);
    await context.app.startWorker();
  });
  afterAll(() => context.close());

  /** Returns the id of a refund whose outcome is unknown. */
  async function unknownRefund(): Promise<string> {
    const { id } = await context.requestedWhen(refundAndReset);
    await context.waitForState('unknown', id);
    return id;
  }

  it.each([
    ['refunded', 'refunded', 110, 110],
    ['not_refunded', 'rejected', 10, 10],
  ])('resolves an unknown refund as %s', async (outcome, state, refundedCents, reservedCents) => {
    const id = await unknownRefund();

    const { body } = await context.resolve(id, outcome).expect(200);

    const resolution = { outcome, note: 'seen in the dashboard', resolved_by: context.manager.id };
    expect(body).toMatchObject({ state, settled_at: expect.any(String), resolutions: [resolution] });
    expect(await context.refund(id)).toEqual(body);
    expect(await context.order(body.order_id)).toMatchObject({ refunded_cents: refundedCents });
    expect(await context.reservedOf(body.order_id)).toBe(reservedCents);
  });

  it.each(['refunded', 'not_refunded'])('repeats the resolution %s and adds a note', async (outcome) => {
    const id = await unknownRefund();
    const first = (await context.resolve(id, outcome, 'seen').expect(200)).body as AdminRefundDto;

    const again = await context.resolve(id, outcome, 'confirmed', await context.app.manager()).expect(200);

    expect(again.body.settled_at).toBe(first.settled_at);
    expect(again.body.resolutions).toMatchObject([{ note: 'seen' }, { note: 'confirmed' }]);
    expect(await context.reservedOf(first.order_id ?? '')).toBe(outcome === 'refunded' ? 110 : 10);
  });

  it.each([
    ['refunded', 'not_refunded'],
    ['not_refunded', 'refunded'],
  ])('cannot resolve a refund as %s and then as %s', async (outcome, opposite) => {
    const id = await unknownRefund();
    await context.resolve(id, outcome).expect(200);

    const { body } = await context.resolve(id, opposite).expect(409);

    expect(body.code).toBe('refund_not_resolvable');
    expect((await context.refund(id)).resolutions).toHaveLength(1);
  });

  it('gets one of two opposite words at the same time accepted', async () => {
    const id = await unknownRefund();

    const words = ['refunded', 'not_refunded'].map((outcome) => context.resolve(id, outcome));

    expect((await Promise.all(words)).map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('cannot resolve a refund that is being sent', async () => {
    const held = new HeldCharge(refund);
    const { id } = await context.requestedWhen(held.behaviour);
    await held.arrived;

    const { body } = await context.resolve(id, 'refunded').expect(409);

    expect(body.code).toBe('refund_not_resolvable');
    held.release();
    await context.waitForState('refunded', id);
  });

  it.each([
    ['refunded', 'refunded', refund],
    ['rejected', 'not_refunded', reject()],
  ])('cannot resolve what the provider has %s', async (state, outcome, behaviour) => {
    const { id } = await context.requestedWhen(behaviour);
    await context.waitForState(state, id);

    await context.resolve(id, outcome).expect(409);

    expect((await context.refund(id)).resolutions).toEqual([]);
  });

  it('does not find an unknown refund', async () => {
    const { body } = await context.resolve(randomUUID(), 'refunded').expect(404);

    expect(body.code).toBe('refund_not_found');
  });

  it.each([
    ['an unknown outcome', { outcome: 'maybe', note: 'seen' }],
    ['no note', { outcome: 'refunded' }],
    ['a blank note', { outcome: 'refunded', note: ' ' }],
  ])('cannot resolve a refund with %s', async (_, body) => {
    const id = await unknownRefund();

    await context.manager.post(`${REFUNDS}/${id}/resolve`, body).expect(422);

    expect(await context.refund(id)).toMatchObject({ state: 'unknown', resolutions: [] });
  });

  it('finds the refunds of a state', async () => {
    const id = await unknownRefund();

    const { body } = await context.manager.get(`${REFUNDS}?state=unknown&limit=100`).expect(200);

    expect((body as AdminRefundDto[])[0]).toEqual(await context.refund(id));
    expect((body as AdminRefundDto[]).every(({ state }) => state === 'unknown')).toBe(true);
    await context.manager.get(`${REFUNDS}?state=eaten`).expect(422);
  });
});

describe('The list of refunds', () => {
  let context: RefundContext;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
  });
  afterAll(() => context.close());

  it('has pages, newest first', async () => {
    const { id: orderId } = await context.placeOrder();
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift((await context.requested(orderId, 10)).id);

    const seen: string[] = [];
    let query = '?state=pending&limit=2';
    while (query !== '') {
      const page: Response = await context.manager.get(REFUNDS + query).expect(200);
      seen.push(...(page.body as AdminRefundDto[]).map(({ id }) => id));
      query = /<([^>]+)>; rel="next"/.exec(String(page.headers.link))?.[1] ?? '';
    }

    expect(seen).toEqual(ids);
  });

  it('is closed to customers', async () => {
    await context.customer.get(REFUNDS).expect(403);
  });
});

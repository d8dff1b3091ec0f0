import type { Role } from '#users';
import { RefundContext, TWO_LATTES_CENTS, WITHOUT_PROVIDER } from './refunds/refund-context.js';
import type { Person } from './support/person.js';

describe('The refund of a cancelled order', () => {
  let context: RefundContext;
  let customer: Person;

  beforeAll(async () => {
    context = await RefundContext.start(WITHOUT_PROVIDER);
    ({ customer } = context);
  });
  afterAll(() => context.close());

  /** Returns the id of an order of a product without a price. */
  async function placeFreeOrder(): Promise<string> {
    const water = { name: 'Tap Water', base_price_cents: 0, variations: [{ name: 'Glass' }] };
    await context.manager.post('/api/v1/admin/products', water).expect(201);
    return (await customer.placeOrder(['Tap Water', 'Glass'])).id;
  }

  it('is of the whole payment', async () => {
    const { id } = await context.placeOrder();

    await context.cancel(id, { note: 'too late' }).expect(200);

    const [placement] = await context.app.database.query<{ id: string }>(
      'SELECT id FROM order_placements WHERE order_id = $1',
      [id],
    );
    expect(await context.refundsOf(id)).toEqual([
      {
        id: expect.any(String),
        order_id: id,
        placement_id: placement?.id,
        amount_cents: TWO_LATTES_CENTS,
        state: 'pending',
        reason: 'other',
        note: 'too late',
        requested_by: { id: context.manager.id, role: 'manager' },
        created_at: expect.any(String),
        settled_at: null,
        response_status_code: null,
      },
    ]);
  });

  it.each<[Role, string]>([
    ['customer', 'customer_request'],
    ['barista', 'other'],
    ['manager', 'other'],
  ])('has a reason if a %s gives none: %s', async (role, reason) => {
    const { id } = await context.placeOrder();

    const { body } = await context.cancel(id, {}, context[role]).expect(200);

    expect(body.cancellation.reason).toBeNull();
    expect(await context.refundsOf(id)).toMatchObject([{ reason }]);
  });

  it('has the reason of the cancellation', async () => {
    const { id } = await context.placeOrder();

    await context.cancel(id, { reason: 'closing' }).expect(200);

    expect(await context.refundsOf(id)).toMatchObject([{ reason: 'closing' }]);
  });

  it('is of the rest if a part was refunded', async () => {
    const { id } = await context.placeOrder();
    await context.requested(id, 260);

    await context.cancel(id).expect(200);

    const amounts = (await context.refundsOf(id)).map(({ amount_cents: cents }) => cents);
    expect(amounts).toEqual([260, 600]);
  });

  it('includes what an earlier refund gave back', async () => {
    const { id } = await context.placeOrder();
    const { id: refused } = await context.requested(id, 260);
    await context.resolve(refused, 'not_refunded').expect(200);

    await context.cancel(id).expect(200);

    expect(await context.refundsOf(id)).toMatchObject([
      { amount_cents: 260, state: 'rejected' },
      { amount_cents: TWO_LATTES_CENTS, state: 'pending' },
    ]);
  });

  it('does not exist if all was refunded', async () => {
    const { id } = await context.placeOrder();
    await context.requested(id, TWO_LATTES_CENTS);

    await context.cancel(id).expect(200);

    expect(await context.refundsOf(id)).toHaveLength(1);
  });

  it('does not exist if nothing was paid', async () => {
    const id = await placeFreeOrder();

    const { body } = await context.cancel(id, {}, customer).expect(200);

    expect(body).toMatchObject({ status: 'cancelled', total_cents: 0, refunded_cents: 0 });
    expect(await context.refundsOf(id)).toEqual([]);
  });

  it('counts as refunded when the money is back', async () => {
    const { id } = await context.placeOrder();
    expect((await context.cancel(id).expect(200)).body.refunded_cents).toBe(0);
    const [refund] = await context.refundsOf(id);

    await context.resolve(refund?.id ?? '', 'refunded').expect(200);

    expect(await context.order(id)).toMatchObject({ status: 'cancelled', refunded_cents: TWO_LATTES_CENTS });
  });
});

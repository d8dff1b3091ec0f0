import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { HeldCharge } from '../support/held-charge.js';
import { chargeAndReset } from '../support/payment-stub.js';
import { NEVER_OPEN } from '../support/shop-hours.js';
import { ShopContext } from './shop-context.js';

let context: ShopContext;

beforeAll(async () => {
  context = await ShopContext.start({
    PAYMENT_PROVIDER_IDEMPOTENCY: 'supported',
    PAYMENT_TIMEOUT_MS: '5000',
  });
});
beforeEach(() => context.reset());
afterAll(() => context.close());

/** What stops orders, and what the refusal says. */
const STOPS: [title: string, stop: () => Promise<unknown>, refusal: object][] = [
  ['closed', () => context.setHours(NEVER_OPEN), { code: 'shop_closed', opens_at: null }],
  [
    'paused',
    () => context.pause({ until: '2100-01-01T00:00:00Z' }),
    { code: 'ordering_paused', paused_until: '2100-01-01T00:00:00.000Z' },
  ],
  ['full', fillUp, { code: 'shop_busy' }],
];

async function fillUp(): Promise<void> {
  expect((await context.place(context.manager)).status).toBe(201);
  await context.limit(1);
}

describe.each(STOPS)('an order while the shop is %s', (_, stop, refusal) => {
  it('is refused with 409 and without Retry-After, and nothing is charged', async () => {
    await stop();
    const charges = context.app.payments.requests.length;

    const { status, body, headers } = await context.place();

    expect(status).toBe(409);
    expect(body).toMatchObject(refusal);
    expect(headers).not.toHaveProperty('retry-after');
    expect(context.app.payments.requests).toHaveLength(charges);
  });

  it('is refused in the second process, too', async () => {
    await stop();
    const customer = context.customer.at(context.secondUrl);

    await eventually('the refusal', async () => (await context.place(customer)).status === 409);
  });

  it('leaves its key free', async () => {
    const key = randomUUID();
    await stop();
    expect((await context.place(context.customer, key)).status).toBe(409);

    await context.reset();

    expect((await context.place(context.customer, key)).status).toBe(201);
  });

  it('gets its first response again if its key was used before', async () => {
    const key = randomUUID();
    const first = await context.place(context.customer, key);
    await stop();

    const replay = await context.place(context.customer, key);

    expect([replay.status, replay.text]).toEqual([200, first.text]);
  });

  it('is continued if its key was used before and its charge is unknown', async () => {
    const key = randomUUID();
    context.app.payments.once(chargeAndReset);
    expect((await context.place(context.customer, key)).status).toBe(503);
    await stop();

    expect((await context.place(context.customer, key)).status).toBe(201);
  });

  it('is placed if it was accepted before and its charge ends now', async () => {
    const held = new HeldCharge();
    context.app.payments.once(held.behaviour);
    const placing = context.place();
    await held.arrived;
    await stop();
    held.release();

    expect((await placing).status).toBe(201);
  });
});

it('tells when the shop opens', async () => {
  const date = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await context.setHours({ weekly: {}, exceptions: [{ date, intervals: [['23:59', '00:00']] }] });

  const { body } = await context.place();

  expect(body.opens_at).toBe(`${date}T23:59:00.000Z`);
});

it('lets managers order while the shop is closed or paused', async () => {
  await context.setHours(NEVER_OPEN);
  await context.pause();

  expect((await context.place(context.manager)).status).toBe(201);
});

it('refuses managers, too, while the shop is full', async () => {
  await fillUp();

  expect((await context.place(context.manager)).body.code).toBe('shop_busy');
});

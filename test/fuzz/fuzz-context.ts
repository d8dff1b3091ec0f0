import type { Person } from '../support/person.js';
import type { PaymentStub } from '../support/payment-stub.js';
import { TestApp } from '../support/test-app.js';

/** Lets a test sign its own tokens. */
export const JWT_SECRET = 'a secret of more than 32 characters, for tests';

/** An id that no row has. */
export const UNKNOWN_ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

type OrderBody = Awaited<ReturnType<Person['orderFor']>>;

/** An app with users, products and orders from which bad requests are built. */
export interface FuzzContext {
  app: TestApp;
  customer: Person;
  manager: Person;
  otherCustomer: Person;
  /** A body that POST /orders accepts. */
  validOrder: OrderBody;
  /** An order of `customer`. */
  waitingOrderId: string;
  /** An order of `customer`. */
  deliveredOrderId: string;
  /** A refund of the delivered order, which waits for the provider. */
  refundId: string;
  product: { id: string; name: string; variations: { id: string; name: string }[] };
  withdrawnProductId: string;
  /** A body that orders the withdrawn product. */
  withdrawnProductOrder: OrderBody;
}

export async function createFuzzContext(): Promise<FuzzContext> {
  const app = await TestApp.start({ JWT_SECRET_KEY: JWT_SECRET });
  const [customer, otherCustomer, manager] = await Promise.all([
    app.customer(),
    app.customer(),
    app.manager(),
  ]);
  const validOrder = await customer.orderFor(['Latte', 'Vanilla']);
  const { id: waitingOrderId } = await customer.placeOrder(['Latte', 'Vanilla']);
  const { id: deliveredOrderId } = await customer.placeOrder(['Latte', 'Vanilla']);
  for (const status of ['preparation', 'ready', 'delivered'])
    await manager.changeStatus(deliveredOrderId, status).expect(200);
  const refund = { amount_cents: 100, reason: 'quality' };
  const { body } = await manager.post(`/api/v1/orders/${deliveredOrderId}/refunds`, refund).expect(201);
  const withdrawn = await manager
    .post('/api/v1/admin/products', {
      name: 'Cortado',
      base_price_cents: 300,
      variations: [{ name: 'Single' }],
    })
    .expect(201);
  const withdrawnProductOrder = await customer.orderFor(['Cortado', 'Single']);
  await manager.delete(`/api/v1/admin/products/${withdrawn.body.id}`).expect(204);
  const menu = await customer.get('/api/v1/menu').expect(200);
  return {
    app,
    customer,
    otherCustomer,
    manager,
    validOrder,
    waitingOrderId,
    deliveredOrderId,
    refundId: body.id,
    product: menu.body.products[0],
    withdrawnProductId: withdrawn.body.id,
    withdrawnProductOrder,
  };
}

/** Returns a digest of all tables except those that count logins and registrations, plus the number of payment requests. */
export async function snapshotState({
  app,
}: {
  app: { database: TestApp['database']; payments: PaymentStub };
}): Promise<string> {
  const tables = await app.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name NOT IN ('migrations', 'login_failures', 'known_logins', 'registration_attempts') ORDER BY 1`,
  );
  const digests = tables.map(
    ({ name }) => `(SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM ${name} t)`,
  );
  const [state] = await app.database.query<{ digest: string }>(
    `SELECT concat_ws(' ', ${digests.join(', ')}) AS digest`,
  );
  return `${state?.digest ?? ''} ${app.payments.requests.length}`;
}

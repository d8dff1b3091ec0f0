import { randomUUID } from 'node:crypto';
import fc, { type AsyncCommand } from 'fast-check';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import { decline } from '../support/payment-stub.js';
import type { Person } from '../support/person.js';
import { TestApp } from '../support/test-app.js';

/** How many histories are lived through, each of up to so many events. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 15);
const EVENTS = RUNS > 15 ? 50 : 20;
const SEED = Number(process.env.FUZZ_SEED ?? 20261123);
const FLOW = ['waiting', 'preparation', 'ready', 'delivered'];
const KEYS = 4;

/** What should be, told in as few words as possible. */
interface Model {
  priceCents: number;
  /** By key: what was asked for, and the answer that stands for ever; null where the key is free. */
  answers: ({ quantity: number; status: number; text: string } | null)[];
  /** As they should be read. */
  orders: OrderDto[];
  charges: number;
}

/** The shop under test, and the names that this history has in it. */
interface System {
  app: TestApp;
  customer: Person;
  manager: Person;
  productId: string;
  variationId: string;
  keys: string[];
  chargesBefore: number;
}

type Command = AsyncCommand<Model, System>;

function command(words: string, run: Command['run'], check: Command['check'] = () => true): Command {
  return { check, run, toString: () => words };
}

function place(key: number, quantity: number, isDeclined: boolean): Command {
  return command(
    `place ${quantity} with key ${key}${isDeclined ? ', declined' : ''}`,
    async (model, real) => {
      const earlier = model.answers[key];
      const { app, customer, productId, variationId } = real;
      if (isDeclined && !earlier) app.payments.once(decline());
      const body = { items: [{ product_id: productId, variation_id: variationId, quantity }] };
      const answer = await customer.placeWithKey(body, real.keys[key]);
      if (earlier) {
        const isSame = earlier.quantity === quantity;
        expect(answer.status).toBe(!isSame ? 422 : earlier.status === 201 ? 200 : 402);
        if (isSame) expect(answer.text).toBe(earlier.text);
        return;
      }
      expect(answer.status).toBe(isDeclined ? 402 : 201);
      model.answers[key] = { quantity, status: answer.status, text: answer.text };
      if (isDeclined) return;
      expect(answer.body.total_cents).toBe(quantity * model.priceCents);
      model.orders.push(answer.body);
      model.charges += 1;
    },
  );
}

function changeStatus(which: number, status: string): Command {
  return command(
    `move order ${which} to ${status}`,
    async (model, { manager }) => {
      const order = model.orders[which % model.orders.length]!;
      const isNext = FLOW.indexOf(status) === FLOW.indexOf(order.status) + 1;
      const answer = await manager.changeStatus(order.id, status);
      expect(answer.status).toBe(isNext ? 200 : 400);
      if (isNext) Object.assign(order, { status, updated_at: answer.body.updated_at });
    },
    ({ orders }) => orders.length > 0,
  );
}

function reprice(cents: number): Command {
  return command(`price ${cents}`, async (model, { manager, productId }) => {
    const change = { name: `Flat White ${randomUUID()}`, base_price_cents: cents };
    await manager.patch(`/api/v1/admin/products/${productId}`, change).expect(200);
    model.priceCents = cents;
  });
}

function read(which: number): Command {
  return command(
    `read order ${which}`,
    async ({ orders }, { customer, app, manager }) => {
      const order = orders[which % orders.length]!;
      expect((await customer.get(`/api/v1/orders/${order.id}`).expect(200)).body).toEqual(order);
      expect((await manager.get('/api/v1/admin/orders?limit=100').expect(200)).body).toContainEqual(order);
      await (await app.customer()).get(`/api/v1/orders/${order.id}`).expect(404);
    },
    ({ orders }) => orders.length > 0,
  );
}

const countCharges = command('count the charges', async (model, { app, chargesBefore }) => {
  expect(app.payments.charges.length - chargesBefore).toBe(model.charges);
});

describe(`any history of a shop (FUZZ_SEED=${SEED})`, () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  async function begin(): Promise<{ model: Model; real: System }> {
    const [customer, manager] = await Promise.all([app.customer(), app.manager()]);
    const product = {
      name: `Flat White ${randomUUID()}`,
      base_price_cents: 300,
      variations: [{ name: 'Oat' }],
    };
    const { body } = await manager.post('/api/v1/admin/products', product).expect(201);
    return {
      model: { priceCents: 300, answers: Array<null>(KEYS).fill(null), orders: [], charges: 0 },
      real: {
        app,
        customer,
        manager,
        productId: body.id,
        variationId: body.variations[0].id,
        keys: Array.from({ length: KEYS }, () => randomUUID()),
        chargesBefore: app.payments.charges.length,
      },
    };
  }

  it(
    'goes as the promises say: keys replay, prices are of the moment, statuses go one step at a time',
    async () => {
      const events = fc.commands(
        [
          fc
            .tuple(fc.nat(KEYS - 1), fc.integer({ min: 1, max: 2 }), fc.boolean())
            .map((one) => place(...one)),
          fc.tuple(fc.nat(9), fc.constantFrom(...FLOW)).map((one) => changeStatus(...one)),
          fc.integer({ min: 0, max: 1_000 }).map(reprice),
          fc.nat(9).map(read),
          fc.constant(countCharges),
        ],
        { maxCommands: EVENTS, size: 'max' },
      );
      await fc.assert(
        fc.asyncProperty(events, (history) => fc.asyncModelRun(begin, history)),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
    30_000 + RUNS * 5_000,
  );
});

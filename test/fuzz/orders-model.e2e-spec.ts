import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ROLES } from '#users';
import { TestApp } from '../support/test-app.js';
import {
  cancelOrder,
  changePrice,
  changeStatus,
  countCharges,
  placeOrder,
  readOrder,
  requestRefund,
  STATUSES,
  type Model,
  type System,
} from './order-commands.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 15);
const MAX_COMMANDS = RUNS > 15 ? 50 : 20;
const SEED = Number(process.env.FUZZ_SEED ?? 20261123);
const KEYS = 4;

describe(`generated sequences of requests (FUZZ_SEED=${SEED})`, () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  async function startRun(): Promise<{ model: Model; real: System }> {
    const people = [app.customer(), app.barista(), app.manager()] as const;
    const [customer, barista, manager] = await Promise.all(people);
    const product = {
      name: `Flat White ${randomUUID()}`,
      base_price_cents: 300,
      variations: [{ name: 'Oat' }],
    };
    const { body } = await manager.post('/api/v1/admin/products', product).expect(201);
    return {
      model: {
        ...{ priceCents: 300, responses: Array<null>(KEYS).fill(null), orders: [], charges: 0 },
        refundCents: new Map(),
      },
      real: {
        app,
        customer,
        barista,
        manager,
        productId: body.id,
        variationId: body.variations[0].id,
        keys: Array.from({ length: KEYS }, () => randomUUID()),
        initialCharges: app.payments.charges.length,
      },
    };
  }

  it(
    'keep the app in the state of the model',
    async () => {
      const commands = fc.commands(
        [
          fc
            .tuple(fc.nat(KEYS - 1), fc.integer({ min: 1, max: 2 }), fc.boolean())
            .map((parameters) => placeOrder(...parameters)),
          fc.tuple(fc.nat(9), fc.constantFrom(...STATUSES)).map((parameters) => changeStatus(...parameters)),
          fc.tuple(fc.nat(9), fc.constantFrom(...ROLES)).map((parameters) => cancelOrder(...parameters)),
          fc
            .tuple(fc.nat(9), fc.integer({ min: 1, max: 400 }))
            .map((parameters) => requestRefund(...parameters)),
          fc.integer({ min: 0, max: 1_000 }).map(changePrice),
          fc.nat(9).map(readOrder),
          fc.constant(countCharges),
        ],
        { maxCommands: MAX_COMMANDS, size: 'max' },
      );
      await fc.assert(
        fc.asyncProperty(commands, (sequence) => fc.asyncModelRun(startRun, sequence)),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
    30_000 + RUNS * 5_000,
  );
});

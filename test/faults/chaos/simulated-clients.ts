import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import type { Choice, Person } from '../../support/person.js';
import type { TestApp } from '../../support/test-app.js';
import type { SeededRandom } from './seeded-random.js';
import type { ManagedProcess } from './managed-process.js';
import { Purchase } from './purchase.js';

const CUSTOMERS = 4;
const PURCHASES = 14;
/** The purchases of a rush begin within this time, in ms, so that a fault meets them at different steps. */
const START_WINDOW_MS = 700;
/** How long a customer goes on asking while things go wrong, in ms. */
const RETRY_FOR_MS = 2_800;
const CHOICES: Choice[] = [
  ['Latte', 'Vanilla'],
  ['Espresso', 'Double Shot', 2],
  ['Donuts', 'Jelly', 12],
];
const NEXT_STATUS: Record<string, string | undefined> = {
  waiting: 'preparation',
  preparation: 'ready',
  ready: 'delivered',
};

/** Customers who insist on their orders, and a manager who moves them on and settles what nobody else can. */
export class SimulatedClients {
  /** The last status that each order was acknowledged to have, by its id. */
  readonly acknowledgedStatuses = new Map<string, string>();
  /** Answers that nobody should get. */
  private unexpectedResponses: string[] = [];

  private constructor(
    private readonly random: SeededRandom,
    private readonly apis: readonly ManagedProcess[],
    private readonly customers: readonly Person[],
    private readonly manager: Person,
    private readonly orders: readonly object[],
  ) {}

  static async create(
    app: TestApp,
    random: SeededRandom,
    apis: readonly ManagedProcess[],
  ): Promise<SimulatedClients> {
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => app.customer()));
    const manager = await app.manager();
    const orders = await Promise.all(CHOICES.map((choice) => manager.orderFor(choice)));
    return new SimulatedClients(random, apis, customers, manager, orders);
  }

  /** None of them may be found in a log. */
  get tokens(): string[] {
    return [...this.customers, this.manager].map(({ token = '' }) => token);
  }

  /** What they want next; now and then a customer is mistaken about the price, or sends no key. */
  nextPurchases(): Purchase[] {
    return Array.from({ length: PURCHASES }, () => {
      const order = this.random.pick(this.orders);
      const isMistaken = this.random.chance(7);
      return new Purchase(
        this.random.pick(this.customers),
        isMistaken ? { ...order, total_cents: 1 } : order,
        {
          withKey: isMistaken || this.random.chance(85),
        },
      );
    });
  }

  /** Everybody asks at any API, sometimes twice at once, until there is an answer or their patience ends. */
  async sendAll(purchases: readonly Purchase[]): Promise<void> {
    await Promise.all(
      purchases.map(async (purchase) => {
        await sleep(this.random.between(0, START_WINDOW_MS));
        await this.sendWithRetries(purchase);
      }),
    );
  }

  /** When all is calm: everybody goes on until there is an answer, and then asks each API once more. */
  async retryUntilFinished(purchases: readonly Purchase[]): Promise<void> {
    await Promise.all(
      purchases
        .filter(({ isReplayable }) => isReplayable)
        .map(async (purchase) => {
          await eventually('an answer to a purchase', async () => {
            if (!purchase.isFinished) await purchase.send(this.random.pick(this.apis).url);
            return purchase.isFinished;
          });
          for (const { url } of this.apis) await purchase.send(url);
        }),
    );
  }

  /** The manager decides about every open placement, with the provider's ledger in hand. */
  async resolvePlacements(isCharged: (placement: string) => boolean): Promise<void> {
    const open = async (state: string): Promise<{ id: string }[]> =>
      (await this.manager.get(`/api/v1/admin/placements?state=${state}&limit=100`).expect(200)).body;
    for (;;) {
      const unconfirmed = (await open('declined_unconfirmed')).filter(({ id }) => isCharged(id));
      const placements = [...(await open('unknown')), ...unconfirmed];
      if (placements.length === 0) return;
      for (const { id } of placements) {
        const outcome = isCharged(id) ? 'charged' : 'not_charged';
        await this.manager
          .post(`/api/v1/admin/placements/${id}/resolve`, { outcome, note: 'As the ledger says' })
          .expect(200);
      }
    }
  }

  /** What they complained of since the last time. */
  takeUnexpectedResponses(): string[] {
    const unexpectedResponses = this.unexpectedResponses;
    this.unexpectedResponses = [];
    return unexpectedResponses;
  }

  private async sendWithRetries(purchase: Purchase): Promise<void> {
    const deadline = Date.now() + RETRY_FOR_MS;
    do {
      const twice = purchase.key !== undefined && this.random.chance(25);
      const asks = Array.from({ length: twice ? 2 : 1 }, () =>
        purchase.send(this.random.pick(this.apis).url),
      );
      await Promise.all(asks);
      if (purchase.order) await this.advance(purchase.order.id);
      if (purchase.key === undefined) return;
      await sleep(this.random.between(20, 150));
    } while (!purchase.isFinished && Date.now() < deadline);
  }

  /** The manager moves an order on, sometimes all the way, and remembers what was acknowledged. */
  private async advance(id: string): Promise<void> {
    for (let steps = this.random.between(0, 3); steps > 0; steps -= 1) {
      const status = NEXT_STATUS[this.acknowledgedStatuses.get(id) ?? 'waiting'];
      if (status === undefined) return;
      const { url } = this.random.pick(this.apis);
      const answer = await this.manager
        .at(url)
        .changeStatus(id, status)
        .timeout(3_000)
        .catch(() => undefined);
      // 400: an earlier change was made, though its answer was lost.
      if (answer?.status === 200 || answer?.status === 400) this.acknowledgedStatuses.set(id, status);
      else if (answer && (answer.status !== 503 || !answer.headers['retry-after']))
        this.unexpectedResponses.push(`I11 moving an order was answered ${answer.status}: ${answer.text}`);
    }
  }
}

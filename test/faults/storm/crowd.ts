import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import type { Choice, Person } from '../../support/person.js';
import type { TestShop } from '../../support/shop.js';
import type { Chance } from './chance.js';
import type { Member } from './fleet.js';
import { Purchase } from './purchase.js';

const CUSTOMERS = 4;
const PURCHASES = 14;
/** The purchases of a rush begin within this time, in ms, so that a fault meets them at different steps. */
const RUSH_MS = 700;
/** How long a customer goes on asking while things go wrong, in ms. */
const PERSISTENCE_MS = 2_800;
const MENU: Choice[] = [
  ['Latte', 'Vanilla'],
  ['Espresso', 'Double Shot', 2],
  ['Donuts', 'Jelly', 12],
];
const NEXT: Record<string, string | undefined> = {
  waiting: 'preparation',
  preparation: 'ready',
  ready: 'delivered',
};

/** Customers who insist on their orders, and a manager who moves them on and settles what nobody else can. */
export class Crowd {
  /** The last status that each order was acknowledged to have, by its id. */
  readonly moved = new Map<string, string>();
  /** Answers that nobody should get. */
  private complaints: string[] = [];

  private constructor(
    private readonly chance: Chance,
    private readonly apis: readonly Member[],
    private readonly customers: readonly Person[],
    private readonly manager: Person,
    private readonly orders: readonly object[],
  ) {}

  static async gathers(shop: TestShop, chance: Chance, apis: readonly Member[]): Promise<Crowd> {
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => shop.customer()));
    const manager = await shop.manager();
    const orders = await Promise.all(MENU.map((choice) => manager.orderFor(choice)));
    return new Crowd(chance, apis, customers, manager, orders);
  }

  /** None of them may be found in a log. */
  get tokens(): string[] {
    return [...this.customers, this.manager].map(({ token = '' }) => token);
  }

  /** What they want next; now and then a customer is mistaken about the price, or sends no key. */
  wishes(): Purchase[] {
    return Array.from({ length: PURCHASES }, () => {
      const order = this.chance.of(this.orders);
      const isMistaken = this.chance.happens(7);
      return new Purchase(this.chance.of(this.customers), isMistaken ? { ...order, total_cents: 1 } : order, {
        withKey: isMistaken || this.chance.happens(85),
      });
    });
  }

  /** Everybody asks at any API, sometimes twice at once, until there is an answer or their patience ends. */
  async rushes(purchases: readonly Purchase[]): Promise<void> {
    await Promise.all(
      purchases.map(async (purchase) => {
        await sleep(this.chance.between(0, RUSH_MS));
        await this.insistsOn(purchase);
      }),
    );
  }

  /** When all is calm: everybody goes on until there is an answer, and then asks each API once more. */
  async endsUp(purchases: readonly Purchase[]): Promise<void> {
    await Promise.all(
      purchases
        .filter(({ isReplayable }) => isReplayable)
        .map(async (purchase) => {
          await eventually('an answer to a purchase', async () => {
            if (!purchase.isOver) await purchase.ask(this.chance.of(this.apis).url);
            return purchase.isOver;
          });
          for (const { url } of this.apis) await purchase.ask(url);
        }),
    );
  }

  /** The manager decides about every open placement, with the provider's ledger in hand. */
  async settles(isCharged: (placement: string) => boolean): Promise<void> {
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
  complains(): string[] {
    const complaints = this.complaints;
    this.complaints = [];
    return complaints;
  }

  private async insistsOn(purchase: Purchase): Promise<void> {
    const deadline = Date.now() + PERSISTENCE_MS;
    do {
      const twice = purchase.key !== undefined && this.chance.happens(25);
      const asks = Array.from({ length: twice ? 2 : 1 }, () => purchase.ask(this.chance.of(this.apis).url));
      await Promise.all(asks);
      if (purchase.order) await this.movesOn(purchase.order.id);
      if (purchase.key === undefined) return;
      await sleep(this.chance.between(20, 150));
    } while (!purchase.isOver && Date.now() < deadline);
  }

  /** The manager moves an order on, sometimes all the way, and remembers what was acknowledged. */
  private async movesOn(id: string): Promise<void> {
    for (let steps = this.chance.between(0, 3); steps > 0; steps -= 1) {
      const status = NEXT[this.moved.get(id) ?? 'waiting'];
      if (status === undefined) return;
      const { url } = this.chance.of(this.apis);
      const answer = await this.manager
        .at(url)
        .moves(id, status)
        .timeout(3_000)
        .catch(() => undefined);
      // 400: an earlier change was made, though its answer was lost.
      if (answer?.status === 200 || answer?.status === 400) this.moved.set(id, status);
      else if (answer && (answer.status !== 503 || !answer.headers['retry-after']))
        this.complaints.push(`I11 moving an order was answered ${answer.status}: ${answer.text}`);
    }
  }
}

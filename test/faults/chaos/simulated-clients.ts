import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import type { Choice, Person } from '../../support/person.js';
import type { TestApp } from '../../support/test-app.js';
import type { ManagedProcess } from './managed-process.js';
import { Purchase } from './purchase.js';
import type { SeededRandom } from './seeded-random.js';
import { SimulatedManager } from './simulated-manager.js';
import { SimulatedReturns } from './simulated-returns.js';

const CUSTOMERS = 4;
/** Those of a chaos run: its faults last for about a second. */
const HABITS: ClientHabits = {
  purchases: 14,
  startWindowMs: 700,
  retryForMs: 2_800,
  pauseMs: { from: 20, to: 150 },
};
const CHOICES: Choice[] = [
  ['Latte', 'Vanilla'],
  ['Espresso', 'Double Shot', 2],
  ['Donuts', 'Jelly', 12],
];

/** How the customers of a round behave. */
export interface ClientHabits {
  purchases: number;
  /** Purchases start at random times in this window, so that a fault affects different steps. */
  startWindowMs: number;
  retryForMs: number;
  /** Before a retry. */
  pauseMs: { from: number; to: number };
  /** After which a client ignores the response to an order. */
  timeoutMs?: number;
}

/** Where clients send their requests. */
export type Address = Pick<ManagedProcess, 'url'>;

/** Customers who retry and cancel their orders, and a manager. */
export class SimulatedClients {
  readonly manager: SimulatedManager;
  readonly returns: SimulatedReturns;

  private constructor(
    private readonly random: SeededRandom,
    private readonly apis: readonly Address[],
    private readonly customers: readonly Person[],
    manager: Person,
    private readonly orders: readonly object[],
    private readonly habits: ClientHabits,
  ) {
    this.manager = new SimulatedManager(random, apis, manager);
    this.returns = new SimulatedReturns(random, apis, manager);
  }

  static async create(
    app: TestApp,
    random: SeededRandom,
    apis: readonly Address[],
    habits = HABITS,
  ): Promise<SimulatedClients> {
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => app.customer()));
    const manager = await app.manager();
    const orders = await Promise.all(CHOICES.map((choice) => manager.orderFor(choice)));
    return new SimulatedClients(random, apis, customers, manager, orders, habits);
  }

  get tokens(): string[] {
    return [...this.customers.map(({ token = '' }) => token), this.manager.token];
  }

  /** Returns the next purchases. Some have a wrong total, and some have no key. */
  nextPurchases(): Purchase[] {
    const { purchases, timeoutMs } = this.habits;
    return Array.from({ length: purchases }, () => {
      const order = this.random.pick(this.orders);
      const isWrong = this.random.chance(7);
      const customer = this.random.pick(this.customers);
      const withKey = isWrong || this.random.chance(85);
      return new Purchase(customer, isWrong ? { ...order, total_cents: 1 } : order, {
        withKey,
        timeoutMs,
      });
    });
  }

  /** Sends each purchase to random APIs until it is finished or its time is over. */
  async sendAll(purchases: readonly Purchase[]): Promise<void> {
    await Promise.all(
      purchases.map(async (purchase) => {
        await sleep(this.random.between(0, this.habits.startWindowMs));
        await this.sendWithRetries(purchase);
      }),
    );
  }

  /** Sends each purchase until it is finished, and then once more to each API. */
  async retryUntilFinished(purchases: readonly Purchase[]): Promise<void> {
    await Promise.all(
      purchases
        .filter(({ isReplayable }) => isReplayable)
        .map(async (purchase) => {
          await eventually('a final response to a purchase', async () => {
            if (!purchase.isFinished) await purchase.send(this.random.pick(this.apis).url);
            return purchase.isFinished;
          });
          for (const { url } of this.apis) await purchase.send(url);
        }),
    );
  }

  private async sendWithRetries(purchase: Purchase): Promise<void> {
    const deadline = Date.now() + this.habits.retryForMs;
    do {
      const isSentTwice = purchase.key !== undefined && this.random.chance(25);
      const requests = Array.from({ length: isSentTwice ? 2 : 1 }, () =>
        purchase.send(this.random.pick(this.apis).url),
      );
      await Promise.all(requests);
      if (purchase.order)
        await Promise.all([
          this.manager.advance(purchase.order.id),
          this.returns.giveBack(purchase.order.id, purchase.customer),
        ]);
      if (purchase.key === undefined) return;
      await sleep(this.random.between(this.habits.pauseMs.from, this.habits.pauseMs.to));
    } while (!purchase.isFinished && Date.now() < deadline);
  }
}

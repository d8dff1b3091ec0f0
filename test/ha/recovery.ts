import { setTimeout as sleep } from 'node:timers/promises';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import type { OrderDto } from '../../apps/api/orders/dto/order.dto.js';
import type { ChaosRun } from '../faults/chaos/chaos-run.js';
import { Purchase } from '../faults/chaos/purchase.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/person.js';
import { FAILOVER_MS } from './cluster/cluster-files.js';

const GIVE_UP_AFTER_MS = 120_000;
const RETRY_AFTER_MS = 500;
const LISTENS_WITHIN_MS = 10_000;
const PRICE_SHOWS_WITHIN_MS = 1_000;
const SIGNAL_LOSS = /No notifications arrive from the database/g;

/** How strict the limits are. */
export interface Pace {
  /** How long no signal may be lost, in ms. */
  quietMs: number;
  /** How long the product and the balancers may need after Patroni has a new primary, in ms. */
  recoveryMs: number;
  /** Multiplies the other limits: other suites use the machine at the same time. */
  slowness: number;
}

/** Watches how two APIs and two workers come back after a fault. */
export class Recovery {
  /** Prices of a latte that no earlier round has used. */
  private cents = 1_000;

  /**
   * @param url of the balancer
   * @param order what the customer can order
   */
  constructor(
    private readonly run: ChaosRun,
    private readonly url: string,
    private readonly manager: Person,
    private readonly customer: Person,
    private readonly order: object,
    private readonly pace: Pace,
  ) {}

  /**
   * Waits for the first order that was requested after `injectedAt`. Also sends a purchase, because the clients may have finished.
   * Returns when the order was acknowledged, in ms.
   */
  async firstOrder(injectedAt: number): Promise<number> {
    const purchase = new Purchase(this.customer, this.order, { withKey: true });
    return eventually(
      'an order after the fault',
      async () => {
        if (!purchase.isFinished) await purchase.send(this.url);
        const found = [...this.run.purchases, purchase]
          .flatMap(({ responses }) => responses)
          .find(({ status, sentAt }) => status === 201 && sentAt > injectedAt);
        if (!found) await sleep(RETRY_AFTER_MS);
        return found?.receivedAt;
      },
      GIVE_UP_AFTER_MS,
    );
  }

  /** Returns the violations of I16 to I18, which take the time in which no signal may be lost. */
  async violations(injectedAt: number, recoveredAt: number): Promise<string[]> {
    const tookMs = recoveredAt - injectedAt;
    const limitMs = FAILOVER_MS + this.pace.recoveryMs;
    const found = await Promise.all([this.priceViolations(), this.signalViolations(recoveredAt)]);
    return [
      ...(tookMs > limitMs ? [`I16 the first order came ${tookMs} ms after the fault`] : []),
      ...found.flat(),
    ];
  }

  /** Changes a price. Every API must show it, and sell at it. */
  private async priceViolations(): Promise<string[]> {
    const cents = (this.cents += 1);
    const latte = await eventually('the menu', () => this.latteAt(this.manager));
    await eventually('a new price', async () => {
      const change = await this.manager.patch(`/api/v1/admin/products/${latte.id}`, {
        base_price_cents: cents,
      });
      return change.status === 200;
    });
    const withinMs = PRICE_SHOWS_WITHIN_MS * this.pace.slowness;
    const checks = this.run.apis.map(async ({ url }) => {
      const found: string[] = [];
      const shows = async (): Promise<boolean> =>
        (await this.latteAt(this.customer.at(url)))?.base_price_cents === cents;
      await eventually('the new price', shows, withinMs).catch(() =>
        found.push(`I18 ${url} does not show a price ${withinMs} ms after its change`),
      );
      const item = { product_id: latte.id, variation_id: latte.variations[0]?.id, quantity: 1 };
      const purchase = new Purchase(this.customer, { items: [item] }, { withKey: true });
      await eventually('an order at the new price', async () => {
        await purchase.send(url);
        return purchase.isFinished;
      });
      const sold = JSON.parse(purchase.responses.at(-1)?.text ?? '') as OrderDto;
      const expected = cents + (latte.variations[0]?.price_change_cents ?? 0);
      if (sold.total_cents !== expected)
        found.push(`I18 ${url} sold for ${sold.total_cents} instead of ${expected}`);
      return found;
    });
    return (await Promise.all(checks)).flat();
  }

  private async signalViolations(recoveredAt: number): Promise<string[]> {
    // The API in the process of the test listens, too.
    const expected = this.run.processes.length + 1;
    const untilMs = recoveredAt + LISTENS_WITHIN_MS * this.pace.slowness - Date.now();
    const isComplete = async (): Promise<boolean> => (await this.listeningSessions()) === expected;
    const isInTime = await eventually('listening sessions', isComplete, untilMs).catch(() => false);
    const losses = this.signalLosses();
    await sleep(this.pace.quietMs);
    const sessions = await this.listeningSessions();
    return [
      ...(isInTime ? [] : [`I17 ${expected} sessions did not listen in time`]),
      ...(sessions === expected ? [] : [`I17 ${sessions} sessions listen instead of ${expected}`]),
      ...this.signalLosses().flatMap((count, index) =>
        count === losses[index]
          ? []
          : [`I17 ${this.run.processes[index]?.kind ?? ''} lost its signals again`],
      ),
    ];
  }

  private async listeningSessions(): Promise<number> {
    const [listening] = await this.run.app.database.query<{ sessions: number }>(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'coffee-shop signals'`,
    );
    return listening?.sessions ?? 0;
  }

  private signalLosses(): number[] {
    return this.run.processes.map(({ output }) => output.match(SIGNAL_LOSS)?.length ?? 0);
  }

  /** Returns undefined if there is no menu now. */
  private async latteAt(person: Person): Promise<MenuDto['products'][number] | undefined> {
    const { status, body } = await person.get('/api/v1/menu');
    return status === 200 ? (body as MenuDto).products.find(({ name }) => name === 'Latte') : undefined;
  }
}
